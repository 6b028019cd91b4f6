using System.Net;
using System.Net.Http.Headers;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Shared;

public sealed class AnswersTests : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestApp app = null!;
    private SeededLetter letter = null!;
    private HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        letter = await SeededLetter.PublishAsync(app, "weirs");
        await letter.SignAsync(new Undersigned.Model.ShownLine("Ottoline Brandt-Okonjo", "Chief Inspector of Dams", null, null, null));
        visitor = app.Client();
        visitor.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Every_public_answer_keeps_to_itself_and_sets_no_cookie()
    {
        foreach (var path in Public)
        {
            using var answer = await visitor.GetAsync(path, Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.StartsWith("default-src 'none';", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(answer.Headers.Contains("Set-Cookie"), path);
            Assert.False(answer.Headers.Contains("Server"), path);
        }
    }

    [Fact]
    public async Task HEAD_is_answered_like_GET_without_a_body()
    {
        foreach (var path in Public.Append("/nothing-here").Append("/undersigned.css"))
        {
            using var get = await visitor.GetAsync(path, Ct);
            using var head = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Ct);
            Assert.Equal(get.StatusCode, head.StatusCode);
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
        }
    }

    [Fact]
    public async Task A_page_holds_no_inline_style_or_script_and_loads_nothing_from_elsewhere()
    {
        foreach (var path in Public.Where(p => !p.EndsWith(".json", StringComparison.Ordinal) && !p.EndsWith(".txt", StringComparison.Ordinal)))
        {
            var page = await visitor.GetStringAsync(path, Ct);
            Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotMatch("""(?:src|<link rel="(?:icon|stylesheet)"[^>]*href)="https?:""", page);
        }
    }

    [Fact]
    public async Task An_address_that_does_not_exist_and_a_letter_that_is_not_public_answer_alike()
    {
        await app.QueryAsync(async db =>
        {
            var draft = SeededLetter.Some("draft");
            draft.State = Undersigned.Model.LetterState.Private;
            db.Letters.Add(draft);
            return await db.SaveChangesAsync(Ct);
        });
        foreach (var path in new[] { "", "/signatories", "/signatories/1", "/signatories/all", "/signatories.json", ".json", "/sign", "/verify", "/log/checkpoint", "/embed", "/embed/counter", "/card.png" })
        {
            using var hidden = await visitor.GetAsync("/letters/draft" + path, Ct);
            using var unknown = await visitor.GetAsync("/letters/nosuch" + path, Ct);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
            Assert.Equal(await unknown.Content.ReadAsStringAsync(Ct), await hidden.Content.ReadAsStringAsync(Ct));
        }
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_in_words()
    {
        using var answer = await visitor.PostAsync("/letters/weirs/sign", new StringContent(new string('a', 70_000)), Ct);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("This is more than a form may hold", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_behind_tokens_are_never_stored_nor_told_to_another_site()
    {
        using var answer = await visitor.GetAsync("/private/1-nothing", Ct);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task Search_engines_are_kept_out_of_what_stands_behind_tokens_and_sign_in()
    {
        var robots = await visitor.GetStringAsync("/robots.txt", Ct);
        Assert.Contains("Disallow: /desk\n", robots, StringComparison.Ordinal);
        Assert.Contains("Disallow: /confirm\n", robots, StringComparison.Ordinal);
        Assert.DoesNotContain("Disallow: /letters", robots, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stylesheet_is_kept_for_good_under_its_fingerprint()
    {
        var page = await visitor.GetStringAsync("/", Ct);
        var address = System.Text.RegularExpressions.Regex.Match(page, "href=\"([^\"]*undersigned.css[^\"]*)\"").Groups[1].Value;
        using var answer = await visitor.GetAsync(address, Ct);
        Assert.Equal("text/css", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_a_base_path_every_link_stays_below_it()
    {
        await using var below = await TestApp.StartAsync(i => i with { PublicUrl = new Uri("http://example.example/open") });
        var seeded = await SeededLetter.PublishAsync(below, "weirs");
        using var client = below.Client();
        foreach (var path in new[] { "", "/letters/weirs", "/letters/weirs/signatories" })
        {
            var page = await client.GetStringAsync("/open" + path, Ct);
            Assert.All(System.Text.RegularExpressions.Regex.Matches(page, "(?:href|action|src)=\"(/[^\"]*)\""), m => Assert.StartsWith("/open", m.Groups[1].Value, StringComparison.Ordinal));
        }
        Assert.Equal("weirs", seeded.Slug);
    }

    private static string[] Public =>
        ["/", "/letters/weirs", "/letters/weirs.json", "/letters/weirs/signatories", "/letters/weirs/signatories/1", "/letters/weirs/signatories/all", "/letters/weirs/signatories.json", "/letters/weirs/embed/names", "/robots.txt"];
}
