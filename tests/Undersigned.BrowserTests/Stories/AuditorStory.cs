using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.BrowserTests.Stories;

/// <summary>An auditor on a phone without JavaScript: from the announcement to the statement on the page for the press.</summary>
public sealed class AuditorStory(Chromium chromium)
{
    [Fact]
    public async Task An_auditor_draws_a_sample_asks_each_and_publishes_what_was_found()
    {
        var clock = new LaterClock();
        await using var site = await Site.OpenAsync(chromium, configure: b => b.Services.AddSingleton<TimeProvider>(clock));
        var letter = await StoryLetter.BeginAsync(site);
        await letter.StandAsync("Teodor Ravensworth", "Zoë Müllerová", "Ada Lockwood");
        var page = await site.PhoneAsync(script: false);
        await letter.EnterAsync(page, StaffRole.Auditor, "Ismail Ravensworth");

        await page.GotoAsync(letter.Desk + "/sample");
        await page.GetByLabel("How many lines").FillAsync("2");
        await page.GetByLabel("The public value that decides").FillAsync("State lottery, Saturday’s six numbers");
        await page.GetByLabel("When it will be known (UTC)").FillAsync(clock.GetUtcNow().AddMinutes(7).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
        await page.GetByLabel("How it is written down").FillAsync("Six numbers, rising, one space between");
        await page.PictureAsync("sample-new");
        await page.PressAsync("Announce the draw");
        await page.ReloadUntilItReadsAsync("Come back once the value is known.");
        await page.PictureAsync("sample-announced");
        var stranger = await site.PhoneAsync();
        await stranger.GotoAsync(letter.Path + "/press");
        await stranger.ReloadUntilItReadsAsync("An auditor checks 2 lines of this list.");

        clock.Later = TimeSpan.FromMinutes(7);
        await page.GotoAsync(letter.Desk + "/sample");
        await page.GetByLabel("The value, as it is written down").FillAsync("3 11 19 24 37 41");
        await page.GetByLabel("The same once more, from the source").FillAsync("3 11 19 24 37 41");
        await page.PressAsync("Draw");
        await page.ReadsAsync("0 of 2 marked");
        await page.PictureAsync("sample-drawn");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open №" }).First.ClickAsync();
        await page.ReadsAsync("@post.example");
        await page.PictureAsync("sample-line");
        await page.GetByLabel("Reached, and confirmed").CheckAsync();
        await page.PressAsync("Keep, and open the next");
        await page.GetByLabel("Not reached").CheckAsync();
        await page.PressAsync("Keep, and open the next");
        await page.ReadsAsync("Every drawn line is marked.");
        await page.PictureAsync("sample-statement");
        await page.GetByLabel("Who states it").FillAsync("Audit Chamber of Lindenmoor");
        await page.PressAsync("Publish the statement");
        await page.ReadsAsync("stated: at most 97.5 % false");
        await stranger.ReloadUntilItReadsAsync("Of 2 signatures drawn, 1 were reached");
        await stranger.PictureAsync("press-sample");
        await stranger.AssertNoCookieAsync();
    }

    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Later;
    }
}
