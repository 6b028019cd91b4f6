using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Shared;

public sealed class PageCacheTests : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly AskedDatabase database = new();
    private TestApp app = null!;
    private SeededLetter letter = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(configure: database.Configure);
        letter = await SeededLetter.PublishAsync(app, "weirs");
        await letter.SignAsync(Ann);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static ShownLine Ann => new("Ann Öhrström", null, null, null, null);

    [Fact]
    public async Task A_page_that_is_kept_asks_the_database_nothing()
    {
        using var client = app.Client();
        database.Take();
        await client.GetStringAsync("/letters/weirs", Ct);
        Assert.InRange(database.Take(), 1, 2);
        await client.GetStringAsync("/letters/weirs", Ct);
        Assert.Equal(0, database.Take());
    }

    [Fact]
    public async Task Many_who_ask_at_once_make_one_page()
    {
        using var client = app.Client();
        database.Take();
        var gate = database.HoldNext();
        var asking = Enumerable.Range(0, 20).Select(_ => client.GetStringAsync("/letters/weirs/signatories/1", Ct)).ToList();
        await database.Held;
        gate.SetResult();
        Assert.Single((await Task.WhenAll(asking)).Distinct());
        // The line, and what speaks for it.
        Assert.Equal(2, database.Take());
    }

    [Fact]
    public async Task A_page_that_was_slow_to_draw_while_the_list_grew_is_not_shown_again()
    {
        using var client = app.Client();
        var gate = database.HoldNext();
        var slow = client.GetStringAsync("/letters/weirs", Ct);
        await database.Held;
        await letter.SignAsync(new ShownLine("Bo Vesterhavsgård", null, null, null, null));
        gate.SetResult();
        Assert.Contains("data-undersigned-standing=\"1\"", await slow, StringComparison.Ordinal);
        Assert.Contains("data-undersigned-standing=\"2\"", await client.GetStringAsync("/letters/weirs", Ct), StringComparison.Ordinal);
        Assert.Contains("\"standing\":2", await client.GetStringAsync("/letters/weirs.json", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_has_the_page_is_told_so_until_the_list_or_a_switch_changes()
    {
        using var client = app.Client();
        using var first = await client.GetAsync("/letters/weirs", Ct);
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync());
        await letter.SwitchAsync(l => l.HoldSigning = true);
        Assert.Equal(HttpStatusCode.OK, await AgainAsync());

        async Task<HttpStatusCode> AgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/letters/weirs");
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var answer = await client.SendAsync(request, Ct);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_compressed_answer_is_the_same_page()
    {
        using var client = app.Client();
        var plain = await client.GetStringAsync("/letters/weirs", Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/letters/weirs");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var answer = await client.SendAsync(request, Ct);
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        using var reader = new StreamReader(new BrotliStream(await answer.Content.ReadAsStreamAsync(Ct), CompressionMode.Decompress));
        Assert.Equal(plain, await reader.ReadToEndAsync(Ct));
    }

    [Fact]
    public async Task The_letter_with_its_stylesheet_is_three_requests_and_at_most_14_kB()
    {
        await letter.SignAsync([.. Enumerable.Range(0, 12).Select(i => new ShownLine($"Theodora Quillfeather-Lunt {(char)('A' + i)}", "Senior inspector of spillways", "Inspectorate of Dams and Locks", [new YearSpan(1990 + i, 2017)], null))]);
        using var client = app.Client();
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        var page = await client.GetStringAsync("/letters/weirs", Ct);
        using var plain = app.Client();
        var html = await plain.GetStringAsync("/letters/weirs", Ct);
        var loaded = System.Text.RegularExpressions.Regex.Matches(html, "<(?:link rel=\"(?:icon|stylesheet)\"|script|img)[^>]*(?:href|src)=\"([^\"]*)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.InRange(1 + loaded.Count, 1, 3);
        var bytes = (await client.GetByteArrayAsync("/letters/weirs", Ct)).Length;
        foreach (var address in loaded)
            bytes += (await client.GetByteArrayAsync(address, Ct)).Length;
        Assert.InRange(bytes, 1, 14_000);
        Assert.NotEqual(html, page);
    }
}
