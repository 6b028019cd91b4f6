using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Embeds;

public sealed class EmbedTests : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // The lines of a seeded letter stand since minutes after 06:00 on 16 February.
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 2, 16, 20, 10, 0, TimeSpan.Zero));
    private TestApp app = null!;
    private SeededLetter letter = null!;
    private HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(clock));
        letter = await SeededLetter.PublishAsync(app, "weirs");
        await letter.SignAsync(new ShownLine("Ottoline Brandt-Okonjo", "Chief Inspector of Dams", "Inspectorate of Dams and Locks", null, null), new ShownLine("سُهى الواديّاني", null, null, null, null));
        visitor = app.Client();
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData("counter")]
    [InlineData("names")]
    [InlineData("button")]
    public async Task A_frame_prints_number_time_size_and_root_and_other_sites_may_show_it(string kind)
    {
        var json = JsonDocument.Parse(await visitor.GetStringAsync("/letters/weirs.json", Ct)).RootElement;
        // The second time it comes from the cache.
        for (var i = 0; i < 2; i++)
        {
            using var answer = await visitor.GetAsync("/letters/weirs/embed/" + kind, Ct);
            Assert.EndsWith("frame-ancestors *", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("X-Frame-Options"));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            var page = await answer.Content.ReadAsStringAsync(Ct);
            Assert.Contains($"data-undersigned-tree-size=\"{json.GetProperty("treeSize")}\" data-undersigned-root=\"{json.GetProperty("root")}\" data-undersigned-time=\"{json.GetProperty("time")}\" data-undersigned-standing=\"2\"", page, StringComparison.Ordinal);
            var main = new HtmlParser().ParseDocument(page).QuerySelector("main")!.TextContent;
            foreach (var printed in new[] { "2", "people have signed", "16 February 2026, 06:03 UTC", "3 entries", json.GetProperty("root").GetString()! })
                Assert.Contains(printed, main, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("counter")]
    [InlineData("names")]
    [InlineData("button")]
    public async Task Imported_names_stand_beside_the_number_of_a_frame_and_not_in_it(string kind)
    {
        await letter.SignAsync(SignatureLevel.Imported, new ShownLine("Bo Ekelund", null, null, null, null));
        var main = new HtmlParser().ParseDocument(await visitor.GetStringAsync("/letters/weirs/embed/" + kind, Ct)).QuerySelector("main")!;
        Assert.Equal("2", main.QuerySelector(".sum strong")!.TextContent);
        Assert.Equal("1 more is on the maintainers’ own list", main.QuerySelector(".beside")!.TextContent);
    }

    [Fact]
    public async Task Nothing_else_may_be_shown_in_a_frame()
    {
        foreach (var path in new[] { "/", "/letters/weirs", "/letters/weirs", "/letters/weirs/sign", "/letters/weirs/embed", "/sign-in" })
        {
            using var answer = await visitor.GetAsync(path, Ct);
            Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        }
    }

    [Fact]
    public async Task A_name_is_in_the_frame_only_when_it_has_stood_for_a_day()
    {
        Assert.DoesNotContain("Ottoline", await visitor.GetStringAsync("/letters/weirs/embed/names", Ct), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromHours(10));
        Assert.DoesNotContain("Ottoline", await visitor.GetStringAsync("/letters/weirs/embed/names", Ct), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromHours(1));
        var names = Names(await visitor.GetStringAsync("/letters/weirs/embed/names", Ct));
        Assert.Equal(["سُهى الواديّاني", "Ottoline Brandt-Okonjo"], names);
        await letter.WithdrawAsync(2);
        Assert.Equal(["Ottoline Brandt-Okonjo"], Names(await visitor.GetStringAsync("/letters/weirs/embed/names", Ct)));
    }

    private static IEnumerable<string> Names(string page) => new HtmlParser().ParseDocument(page).QuerySelectorAll("li a").Select(a => a.TextContent);

    [Fact]
    public async Task A_letter_that_cannot_be_signed_offers_to_read_it()
    {
        await letter.SwitchAsync(l => l.State = LetterState.Closed);
        var page = await visitor.GetStringAsync("/letters/weirs/embed/button", Ct);
        Assert.Contains("Read this letter", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/letters/weirs/sign\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_letter_leads_to_its_frame_by_oEmbed_in_JSON_and_in_XML()
    {
        var head = new HtmlParser().ParseDocument(await visitor.GetStringAsync("/letters/weirs", Ct)).Head!;
        string Found(string type) => new Uri(head.QuerySelector($"link[rel=alternate][type='{type}']")!.GetAttribute("href")!).PathAndQuery;

        using var answer = await visitor.GetAsync(Found("application/json+oembed"), Ct);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
        Assert.Equal("1.0", json.GetProperty("version").GetString());
        Assert.Equal("rich", json.GetProperty("type").GetString());
        Assert.Contains("src=\"http://letters.example/letters/weirs/embed/counter\"", json.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal("http://letters.example/letters/weirs/card.png?size=3", json.GetProperty("thumbnail_url").GetString());

        using var xml = await visitor.GetAsync(Found("text/xml+oembed"), Ct);
        Assert.Equal("text/xml", xml.Content.Headers.ContentType?.MediaType);
        var root = XDocument.Parse(await xml.Content.ReadAsStringAsync(Ct)).Root!;
        Assert.Equal("oembed", root.Name.LocalName);
        Assert.Equal(json.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.ToString()), root.Elements().ToDictionary(e => e.Name.LocalName, e => e.Value));
    }

    [Fact]
    public async Task OEmbed_stays_within_the_size_that_is_asked_for()
    {
        var json = await OEmbedAsync("http://letters.example/letters/weirs/embed/names?theme=dark", "&maxwidth=300&maxheight=250");
        Assert.Equal(300, json.GetProperty("width").GetInt32());
        Assert.Equal(250, json.GetProperty("height").GetInt32());
        Assert.Contains("/embed/names\"", json.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("width=\"300\" height=\"250\"", json.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.False(json.TryGetProperty("thumbnail_url", out _));
        // Where the number with its title is too high, the button.
        Assert.Contains("/embed/button\"", (await OEmbedAsync("http://letters.example/letters/weirs/", "&maxheight=180")).GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> OEmbedAsync(string url, string more) =>
        JsonDocument.Parse(await visitor.GetStringAsync($"/oembed?url={Uri.EscapeDataString(url)}{more}", Ct)).RootElement;

    [Theory]
    [InlineData("url=http%3A%2F%2Fletters.example%2Fletters%2Fweirs&format=yaml", HttpStatusCode.NotImplemented)]
    [InlineData("url=http%3A%2F%2Fletters.example%2Fletters%2Fweirs&maxwidth=wide", HttpStatusCode.BadRequest)]
    [InlineData("url=http%3A%2F%2Fletters.example%2Fletters%2Fnosuch", HttpStatusCode.NotFound)]
    [InlineData("url=http%3A%2F%2Fletters.example%2Fletters%2Fdraft", HttpStatusCode.NotFound)]
    [InlineData("url=http%3A%2F%2Fletters.example%2Fletters%2Fweirs%2Fsign", HttpStatusCode.NotFound)]
    [InlineData("url=http%3A%2F%2Fpaper.example%2Fletters%2Fweirs", HttpStatusCode.NotFound)]
    [InlineData("url=weirs", HttpStatusCode.NotFound)]
    [InlineData("format=json", HttpStatusCode.NotFound)]
    public async Task OEmbed_says_what_it_has_no_answer_for(string query, HttpStatusCode expected)
    {
        await DraftAsync();
        using var answer = await visitor.GetAsync("/oembed?" + query, Ct);
        Assert.Equal(expected, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task The_map_for_search_engines_names_public_letters_alone()
    {
        await DraftAsync();
        Assert.Contains("Sitemap: http://letters.example/sitemap.xml\n", await visitor.GetStringAsync("/robots.txt", Ct), StringComparison.Ordinal);
        XNamespace names = "http://www.sitemaps.org/schemas/sitemap/0.9";
        var map = XDocument.Parse(await visitor.GetStringAsync("/sitemap.xml", Ct));
        var pages = map.Root!.Elements(names + "url").Select(u => u.Element(names + "loc")!.Value).ToList();
        Assert.Contains("http://letters.example/letters/weirs", pages);
        Assert.DoesNotContain(pages, p => p.Contains("draft", StringComparison.Ordinal));
        foreach (var page in pages)
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(new Uri(page).PathAndQuery, Ct)).StatusCode);
    }

    [Fact]
    public async Task The_letter_says_itself_in_the_words_of_link_previews_and_schema_org()
    {
        var evil = await SeededLetter.PublishAsync(app, "evil", l => l.Title = "</script><b>\"Inspectors\" & others");
        await evil.SignAsync(new ShownLine("Bo Ek", null, null, null, null));
        var page = new HtmlParser().ParseDocument(await visitor.GetStringAsync("/letters/evil", Ct));
        var data = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement;
        Assert.Equal("</script><b>\"Inspectors\" & others", data.GetProperty("headline").GetString());
        Assert.Equal(1, data.GetProperty("interactionStatistic").GetProperty("userInteractionCount").GetInt32());
        Assert.Equal("2026-02-16T06:02:00Z", data.GetProperty("dateModified").GetString());
        Assert.Equal("</script><b>\"Inspectors\" & others", Property("og:title"));
        Assert.Equal("http://letters.example/letters/evil/card.png?size=2", Property("og:image"));

        string? Property(string name) => page.QuerySelector($"meta[property='{name}']")?.GetAttribute("content");
    }

    [Fact]
    public async Task The_page_for_other_sites_offers_what_oEmbed_answers()
    {
        var page = new HtmlParser().ParseDocument(await visitor.GetStringAsync("/letters/weirs/embed", Ct));
        foreach (var kind in new[] { "counter", "names", "button" })
        {
            var html = (await OEmbedAsync("http://letters.example/letters/weirs/embed/" + kind, "")).GetProperty("html").GetString();
            Assert.Contains(html, page.QuerySelectorAll("pre").Select(p => p.TextContent));
            Assert.Contains("/letters/weirs/embed/" + kind, page.QuerySelectorAll("iframe").Select(f => f.GetAttribute("src")));
        }
    }

    private Task DraftAsync() => app.QueryAsync(async db =>
    {
        var draft = SeededLetter.Some("draft");
        draft.State = LetterState.Private;
        db.Letters.Add(draft);
        return await db.SaveChangesAsync(Ct);
    });
}
