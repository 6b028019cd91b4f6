using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Undersigned.Model;
using Undersigned.Shared;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Shared;

/// <summary>What an address says of its language, and that nothing else decides it.</summary>
public sealed class TongueTests(TongueTests.Letters running) : IClassFixture<TongueTests.Letters>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly TestApp app = running.App;

    /// <summary>A letter in English, one in Spanish and one in a language that the interface does not speak.</summary>
    public sealed class Letters : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await TestApp.StartAsync();
            var weirs = await SeededLetter.PublishAsync(App, "weirs");
            await weirs.SignAsync([.. Enumerable.Range(0, 3).Select(i => ShownLine.Of($"Teodor Ravensworth {(char)('A' + i)}", [], null))]);
            await SeededLetter.PublishAsync(App, "presas", l => (l.Language, l.Title) = ("es", "Dejen que los inspectores publiquen"));
            await SeededLetter.PublishAsync(App, "diques", l => (l.Language, l.Title) = ("pt-BR", "Deixem os inspetores publicar"));
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    [Theory]
    [InlineData("/letters/weirs", "en", "ltr", "Sign this letter")]
    [InlineData("/en/letters/weirs", "en", "ltr", "Sign this letter")]
    [InlineData("/es/letters/weirs", "es", "ltr", null)]
    [InlineData("/ar/letters/weirs", "ar", "rtl", null)]
    [InlineData("/letters/presas", "es", "ltr", null)]
    [InlineData("/letters/presas/signatories", "es", "ltr", null)]
    [InlineData("/en/letters/presas", "en", "ltr", "Sign this letter")]
    [InlineData("/letters/diques", "en", "ltr", "Sign this letter")]
    [InlineData("/ar", "ar", "rtl", null)]
    [InlineData("/", "en", "ltr", null)]
    public async Task An_address_speaks_its_prefix_else_its_letters_language_else_English(string path, string language, string direction, string? says)
    {
        var page = await PageAsync(path);
        Assert.Equal((language, direction), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        Assert.Equal(language, page.QuerySelector(".tongues [aria-current]")!.GetAttribute("lang"));
        if (says is not null)
            Assert.Contains(says, page.Body!.TextContent, StringComparison.Ordinal);
        else if (language != "en")
            Assert.DoesNotContain("Sign this letter", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_letters_own_words_say_their_language_where_the_page_speaks_another()
    {
        var arabic = await PageAsync("/ar/letters/weirs");
        foreach (var words in new[] { "h1", "article.letter" })
            Assert.Equal(("en", "ltr"), (arabic.QuerySelector(words)!.GetAttribute("lang"), arabic.QuerySelector(words)!.GetAttribute("dir")));
        Assert.Equal("ar", arabic.QuerySelector("#demands")!.GetAttribute("lang"));
        Assert.Equal("pt-BR", (await PageAsync("/letters/diques")).QuerySelector("h1")!.GetAttribute("lang"));
        Assert.Null((await PageAsync("/letters/weirs")).QuerySelector("h1")!.GetAttribute("lang"));
    }

    [Fact]
    public async Task Links_carry_the_language_on_and_addresses_for_the_world_do_not()
    {
        var page = await PageAsync("/es/letters/weirs");
        Assert.All(page.QuerySelectorAll("main a[href^='/'], nav:not(.tongues) a[href^='/']").Select(a => a.GetAttribute("href")!), href => Assert.StartsWith("/es/", href, StringComparison.Ordinal));
        Assert.Equal(["/letters/weirs", "/es/letters/weirs", "/fr/letters/weirs", "/de/letters/weirs", "/ar/letters/weirs"], page.QuerySelectorAll(".tongues a").Select(a => a.GetAttribute("href")));
        Assert.Equal("http://letters.example/letters/weirs", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal(["en", "es", "fr", "de", "ar", "x-default"], page.QuerySelectorAll("link[hreflang]").Select(l => l.GetAttribute("hreflang")));
        Assert.Equal("http://letters.example/de/letters/weirs", page.QuerySelector("link[hreflang=de]")!.GetAttribute("href"));
        Assert.Equal("http://letters.example/letters/weirs", page.QuerySelector("meta[property='og:url']")!.GetAttribute("content"));
        Assert.StartsWith("/undersigned.css?", page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href"), StringComparison.Ordinal);
        var press = (await PageAsync("/ar/letters/weirs/press")).QuerySelector("#cite-now")!.TextContent;
        Assert.Contains("http://letters.example/letters/weirs/", press, StringComparison.Ordinal);
        // The switch keeps what was asked.
        Assert.Equal("/de/letters/weirs/signatories?level=email", (await PageAsync("/ar/letters/weirs/signatories?level=email")).QuerySelector(".tongues a[lang=de]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_demo_says_that_it_is_one_in_the_language_of_the_page()
    {
        await using var demo = await TestApp.StartAsync(i => i with { IsDemo = true });
        using var visitor = demo.Client();
        var banner = new HtmlParser().ParseDocument(await visitor.GetStringAsync(new Uri("ar", UriKind.Relative), Ct)).QuerySelector("[data-live]")!;
        Assert.Equal(("ar", "rtl"), (banner.GetAttribute("lang"), banner.GetAttribute("dir")));
        Assert.StartsWith("عرض تجريبي:", banner.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/es/letters/weirs/log/checkpoint", "/letters/weirs/log/checkpoint")]
    [InlineData("/es/letters/weirs.json", "/letters/weirs.json")]
    [InlineData("/ar/api/v1/letters/weirs", "/api/v1/letters/weirs")]
    [InlineData("/ar/letters/weirs/signatories.csv?level=email", "/letters/weirs/signatories.csv?level=email")]
    [InlineData("/de/letters/weirs/feed.atom", "/letters/weirs/feed.atom")]
    [InlineData("/fr/letters/weirs/card.png", "/letters/weirs/card.png")]
    [InlineData("/fr/undersigned.css", "/undersigned.css")]
    [InlineData("/fr/desk", "/desk")]
    [InlineData("/es/sign-in", "/sign-in")]
    public async Task What_is_the_same_in_all_languages_has_one_address(string path, string to)
    {
        using var answer = await GetAsync(path);
        Assert.Equal((HttpStatusCode.PermanentRedirect, to), (answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("/it/letters/weirs")]
    [InlineData("/ES/letters/weirs")]
    [InlineData("/es-MX/letters/weirs")]
    [InlineData("/es/es/letters/weirs")]
    [InlineData("/es/no-such-page")]
    public async Task A_prefix_that_is_no_language_is_an_address_that_does_not_exist(string path)
    {
        using var answer = await GetAsync(path, ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await ParseAsync(answer);
        Assert.Equal(path.StartsWith("/es/", StringComparison.Ordinal) ? "es" : "en", page.DocumentElement.GetAttribute("lang"));
        Assert.Null(page.QuerySelector(".tongues"));
    }

    [Fact]
    public async Task Pages_that_are_kept_are_kept_by_language_and_nobody_is_guessed()
    {
        foreach (var _ in Enumerable.Range(0, 2))
            foreach (var (path, language) in new[] { ("/letters/weirs", "en"), ("/ar/letters/weirs", "ar"), ("/de/letters/weirs", "de"), ("/letters/presas", "es"), ("/en/letters/presas", "en") })
            {
                using var answer = await GetAsync(path, ("Accept-Language", "fr"));
                Assert.Equal(language, (await ParseAsync(answer)).DocumentElement.GetAttribute("lang"));
                Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
                Assert.False(answer.Headers.Contains("Set-Cookie"));
            }
    }

    [Fact]
    public async Task What_programs_read_off_a_page_is_the_same_in_every_language()
    {
        foreach (var path in new[] { "/letters/weirs", "/letters/weirs/signatories", "/letters/weirs/press", "/letters/weirs/embed/counter" })
        {
            var marks = await Task.WhenAll(Tongue.All.Select(async t => string.Join('\n', (await PageAsync($"/{t}{path}")).All
                .SelectMany(e => e.Attributes).Where(a => a.Name.StartsWith("data-undersigned", StringComparison.Ordinal) || a.Name == "datetime").Select(a => $"{a.Name}={a.Value}"))));
            Assert.NotEqual("", marks[0]);
            Assert.Single(marks.Distinct());
        }
    }

    [Fact]
    public async Task Robots_are_kept_from_tokens_in_every_language()
    {
        using var answer = await GetAsync("/robots.txt");
        var robots = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains("Disallow: /ar/signature\n", robots, StringComparison.Ordinal);
        Assert.DoesNotContain("/ar/desk", robots, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_the_front_speaks_the_language_that_all_letters_share()
    {
        await using var other = await TestApp.StartAsync();
        await SeededLetter.PublishAsync(other, "sudud", l => l.Language = "ar");
        using var client = other.Client();
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", await client.GetStringAsync("/", Ct), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"de\" dir=\"ltr\">", await client.GetStringAsync("/de", Ct), StringComparison.Ordinal);
        // The picture of link previews and the feed speak as the letter does.
        Assert.Contains("xml:lang=\"ar\"", await client.GetStringAsync("/letters/sudud/feed.atom", Ct), StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("<subtitle>[^<]*[Ss]ignator"), await client.GetStringAsync("/letters/sudud/feed.atom", Ct));
    }

    [Fact]
    public async Task Below_a_base_path_the_language_follows_it()
    {
        await using var other = await TestApp.StartAsync(i => i with { PublicUrl = new Uri("http://letters.example/open") });
        await SeededLetter.PublishAsync(other, "weirs");
        using var client = other.Client();
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync("/open/fr/letters/weirs", Ct));
        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.NotNull(page.QuerySelector("a[href='/open/fr/letters/weirs/sign']"));
        Assert.Equal("/open/ar/letters/weirs", page.QuerySelector(".tongues a[lang=ar]")!.GetAttribute("href"));
        Assert.StartsWith("/open/undersigned.css", page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href"), StringComparison.Ordinal);
        using var moved = await client.GetAsync("/open/fr/robots.txt", Ct);
        Assert.Equal("/open/robots.txt", moved.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("en", "1,143", "12,345", "1 March 2026, 09:05 UTC", "16 February 2026", "16 Feb")]
    [InlineData("es", "1143", "12\u202f345", "1 de marzo de 2026, 09:05 UTC", "16 de febrero de 2026", "16 feb")]
    [InlineData("fr", "1\u202f143", "12\u202f345", "1er mars 2026, 09:05 UTC", "16 février 2026", "16 févr.")]
    [InlineData("de", "1.143", "12.345", "1. März 2026, 09:05 UTC", "16. Februar 2026", "16. Feb")]
    [InlineData("ar", "1,143", "12,345", "1 مارس 2026، 09:05 UTC", "16 فبراير 2026", "16 فبراير")]
    public void Numbers_and_days_are_printed_as_the_language_has_them_and_for_machines_as_ever(string language, string number, string longer, string moment, string day, string shortDay)
    {
        var (first, other) = (new DateTimeOffset(2026, 3, 1, 9, 5, 0, TimeSpan.Zero), new DateTimeOffset(2026, 2, 16, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal((number, longer), Tongue.In(language, () => (Printed.Number(1_143), Printed.Number(12_345))));
        Assert.Equal((moment, day), Tongue.In(language, () => (Printed.Moment(first), Printed.Day(other))));
        Assert.StartsWith(shortDay, Tongue.In(language, () => Printed.ShortDay(other)), StringComparison.Ordinal);
        Assert.Equal("2026-03-01T09:05:00Z", Tongue.In(language, () => Printed.Machine(first)));
        Assert.Equal("0", Tongue.In(language, () => Printed.Number(0)));
    }

    [Fact]
    public void What_the_loop_around_it_speaks_is_as_it_was_before()
    {
        var before = CultureInfo.CurrentUICulture;
        Assert.Throws<InvalidOperationException>(() => Tongue.In<int>("ar", () => throw new InvalidOperationException(Tongue.Current)));
        Assert.Same(before, CultureInfo.CurrentUICulture);
    }

    private async Task<IHtmlDocument> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ParseAsync(answer);
    }

    private static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));

    private async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var client = app.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, Ct);
    }
}
