using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;

namespace Undersigned.BrowserTests.Stories;

/// <summary>A newspaper's page, at another origin, shows the letter in a frame.</summary>
public sealed class EmbedStory(Chromium chromium, OpenSite open) : IClassFixture<OpenSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_paper_shows_the_number_and_its_readers_get_to_the_form(bool script)
    {
        var letter = await StoryLetter.BeginAsync(open.Site);
        await letter.StandAsync("Teodor Ravensworth", "Наталья Воробьёва");
        using var http = new HttpClient { BaseAddress = new Uri(open.Site.Url) };
        var told = JsonDocument.Parse(await http.GetStringAsync("/oembed?url=" + Uri.EscapeDataString(letter.Address), Ct)).RootElement;
        await using var paper = await PaperAsync($"<h1>The Lowland Courier</h1>{told.GetProperty("html").GetString()}<iframe id=whole src=\"{letter.Address}\"></iframe>");
        await using var reader = await chromium.Browser.NewContextAsync(new() { JavaScriptEnabled = script });
        var page = await reader.NewPageAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.GotoAsync(paper.Urls.First());

        var frame = page.FrameLocator("iframe >> nth=0");
        await Assertions.Expect(frame.Locator("main")).ToContainTextAsync("people have signed");
        await Assertions.Expect(frame.Locator("strong")).ToHaveTextAsync("2");
        await Assertions.Expect(frame.Locator("code")).ToHaveTextAsync(open.Site.App.Get<Undersigned.Data.PublishedLetters>().Find(letter.Slug)!.Fingerprint);
        // The letter itself stays out of frames.
        await Assertions.Expect(page.FrameLocator("#whole").Locator("main")).ToHaveCountAsync(0);
        Assert.Empty(await reader.CookiesAsync());
        Assert.All(asked, a => Assert.True(a.StartsWith(open.Site.Url, StringComparison.Ordinal) || a.StartsWith(paper.Urls.First(), StringComparison.Ordinal), a));

        var form = await reader.RunAndWaitForPageAsync(() => frame.GetByRole(AriaRole.Link, new() { Name = "Sign this letter" }).ClickAsync());
        Assert.Equal(letter.Address + "/sign", form.Url);
        await page.PictureAsync("embed-in-a-paper");
    }

    private static async Task<WebApplication> PaperAsync(string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var paper = builder.Build();
        paper.Run(http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            return http.Response.WriteAsync("<!doctype html><title>Courier</title>" + (http.Request.Path == "/" ? body : ""));
        });
        await paper.StartAsync(Ct);
        return paper;
    }
}
