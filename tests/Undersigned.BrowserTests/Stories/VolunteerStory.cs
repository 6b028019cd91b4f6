using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;
using Undersigned.Model;

namespace Undersigned.BrowserTests.Stories;

public sealed class VolunteerStory(OpenSite open) : IClassFixture<OpenSite>
{
    private Site Site => open.Site;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_volunteer_takes_forty_ticks_what_is_odd_lets_in_the_rest_and_takes_it_back(bool phone)
    {
        // Private: nothing is on a page yet, so that everything taken back waits as before.
        var letter = await StoryLetter.BeginAsync(Site, isPublic: false);
        await letter.ConfirmedAsync(["MARGARETHE VON STEIN", "Minister Ada Lockwood", "Plato", .. People(42)]);
        var page = await Site.VisitAsync(phone);
        await letter.EnterAsync(page, StaffRole.Reviewer);

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Desk" }).GetByRole(AriaRole.Link, new() { Name = "Glance" }).ClickAsync();
        await page.ReadsAsync("45 names wait for a first look");
        await page.PressAsync("Take 40 lines");
        Assert.Equal(40, await page.GetByRole(AriaRole.Checkbox).CountAsync());
        await page.PictureAsync("glance");
        var second = await OtherAsync(letter, phone);
        Assert.Empty((await NamesAsync(page)).Intersect(await NamesAsync(second)));
        await AssertOddAsync(page, "MARGARETHE VON STEIN", "All in capitals");
        await AssertOddAsync(page, "Minister Ada Lockwood", "A title of office in the name");
        await AssertOddAsync(page, "Plato", "One word only");

        await page.GetByRole(AriaRole.Checkbox).Nth(7).CheckAsync();
        await page.Locator(".decide .button").First.ClickAsync();
        await page.ReadsAsync("36 let in, 4 set aside.");
        Assert.Equal(36, await CountAsync(letter, SignatureState.Admitted));
        await page.PressAsync("Undo");
        await page.ReadsAsync("40 decisions undone.");
        Assert.Equal(45, await CountAsync(letter, SignatureState.Confirmed));
    }

    private async Task<IPage> OtherAsync(StoryLetter letter, bool phone)
    {
        var page = await Site.VisitAsync(phone);
        await letter.EnterAsync(page, StaffRole.Reviewer, "Anselm Quarterman");
        await page.GotoAsync(letter.Desk + "/glance");
        await page.PressAsync("Take 5 lines");
        return page;
    }

    private static async Task AssertOddAsync(IPage page, string name, string reason)
    {
        var line = page.Locator(".glance li").Filter(new() { HasText = name });
        Assert.True(await line.GetByRole(AriaRole.Checkbox).IsCheckedAsync());
        Assert.Contains(reason, await line.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_volunteer_admits_one_that_was_set_aside_and_declines_another_with_a_reason(bool phone)
    {
        var letter = await StoryLetter.BeginAsync(Site);
        await letter.ConfirmedAsync("Plato", "KAZIMIERA ALL-CAPITALS");
        var page = await Site.VisitAsync(phone);
        await letter.EnterAsync(page, StaffRole.Reviewer);
        await page.GotoAsync(letter.Desk + "/glance");
        await page.PressAsync("Take 2 lines");
        await page.PressAsync("Set all aside");
        await page.ReadsAsync("0 let in, 2 set aside.");

        await page.GotoAsync(letter.Desk + "/review");
        await page.ReadsAsync("One word only");
        await page.PictureAsync("review");
        Assert.Equal(["Admit", "Decline", "Ask for more", "Hold"], await InReachAsync(page));
        await page.PressAsync("Admit");
        await page.ReadsAsync("Admitted. It is on its way to the page.");
        await page.ReadsAsync("All in capitals");
        await page.PressAsync("Decline");
        await page.ReadsAsync("Choose the reason for declining, then decline.");
        await page.GetByText("Not eligible").ClickAsync();
        await page.PressAsync("Decline");
        await page.ReadsAsync("Declined.");
        await page.ReadsAsync("Nothing waits.");

        var visitor = await Site.VisitAsync(phone);
        await visitor.GotoAsync(letter.Path + "/signatories");
        await visitor.ReloadUntilItReadsAsync("Plato");
        await visitor.ReadsNotAsync("KAZIMIERA");
        var acts = await Site.App.QueryAsync(db => db.Acts.Where(a => a.LetterId == letter.Id && (a.What == "admit" || a.What == "decline") && a.FromState == "InReview").OrderBy(a => a.Id).ToListAsync());
        Assert.Equal([("admit", null), ("decline", "not-eligible")], acts.Select(a => (a.What, a.Detail)));
        Assert.Single(acts.Select(a => a.AccountId).Distinct());
    }

    /// <summary>The decisions that a finger finds as the page opens: in sight, with nothing over them.</summary>
    private static async Task<IReadOnlyList<string>> InReachAsync(IPage page) => await page.EvaluateAsync<string[]>("""
        () => [...document.querySelectorAll(".verdicts button")].filter(b => {
          const r = b.getBoundingClientRect();
          return b.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2));
        }).map(b => b.firstChild.textContent.trim())
        """);

    private static async Task<IReadOnlyList<string>> NamesAsync(IPage page) => await page.Locator(".glance b").AllInnerTextsAsync();

    private static async Task<int> CountAsync(StoryLetter letter, SignatureState state) => (await letter.SignaturesAsync()).Count(s => s.State == state);

    private static IEnumerable<string> People(int count)
    {
        string[] first = ["Ottoline", "Teodor", "Wilhelmina", "Ismail", "Brónagh", "Casimir", "Yevgenia"];
        string[] last = ["Marchetti-Dahl", "Ravensworth", "Nakagawa", "Pilkington", "Østergaard", "Quintanilha"];
        return Enumerable.Range(0, count).Select(i => $"{first[i % first.Length]} {last[i / first.Length]}");
    }
}
