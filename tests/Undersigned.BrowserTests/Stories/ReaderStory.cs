using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;

namespace Undersigned.BrowserTests.Stories;

public sealed class ReaderStory(OpenSite open) : IClassFixture<OpenSite>
{
    private static readonly string[] People =
    [
        "Ottoline Marchetti-Dahl", "Teodor Ravensworth", "Zoë Müllerová", "Wilhelmina Nakagawa", "Наталья Воробьёва", "سلمى الخطيب",
        "Brónagh Pilkington", "Casimir Østergaard", "Yevgenia Quintanilha", "Ismail Ravensworth-Ito",
    ];

    private Site Site => open.Site;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_sees_the_number_finds_a_name_and_how_to_check_it_and_the_number_moves_after_a_glance(bool phone)
    {
        var letter = await StoryLetter.BeginAsync(Site);
        await letter.StandAsync(People);
        var page = await Site.VisitAsync(phone);

        await page.GotoAsync("/");
        await page.ReadsAsync("10 people have signed");
        await page.GotoAsync(letter.Path);
        await page.ReadsAsync("10 people have signed");
        await page.ReadsAsync("list maintained by Weirkeepers");
        await page.PictureAsync("letter");
        await page.FollowAsync("All 10 signatories");
        await page.PictureAsync("signatories");
        await FindAsync(page, letter);
        await ReadWholeListAsync(page, letter);
        await VerifyAsync(page, letter, 10);

        await letter.ConfirmedAsync("Perpetua Lindqvaist-Oyelaran");
        await letter.GlanceAsync();
        await page.GotoAsync(letter.Path);
        await page.ReloadUntilItReadsAsync("11 people have signed");
        await page.GotoAsync(letter.Path + "/signatories");
        await page.ReadsAsync("Perpetua Lindqvaist-Oyelaran");
        await VerifyAsync(page, letter, 11);
        await page.AssertNoCookieAsync();
    }

    private static async Task FindAsync(IPage page, StoryLetter letter)
    {
        await SearchAsync(page, "mullerova");
        await page.ReadsAsync("Zoë Müllerová");
        await page.ReadsNotAsync("Teodor Ravensworth");
        await SearchAsync(page, "Ravensworht");
        await page.ReadsAsync("Teodor Ravensworth");
        await page.ReadsAsync("Ismail Ravensworth-Ito");
        await SearchAsync(page, "Habakuk Nobody");
        await page.ReadsNotAsync("Teodor Ravensworth");
        await SearchAsync(page, "воробьева");
        await page.FollowAsync("Наталья Воробьёва");
        // One batch is numbered in an order that tells nothing.
        Assert.Matches($"{letter.Path}/signatories/[0-9]+$", page.Url);
        await page.ReadsAsync("Address only");
        await page.PictureAsync("signatory");
    }

    private static async Task SearchAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Searchbox).FillAsync(name);
        await page.PressAsync("Search");
    }

    private static async Task ReadWholeListAsync(IPage page, StoryLetter letter)
    {
        await page.GotoAsync(letter.Path + "/signatories/all");
        foreach (var name in People)
            await page.ReadsAsync(name);
        await page.PictureAsync("all");
    }

    private static async Task VerifyAsync(IPage page, StoryLetter letter, int standing)
    {
        await page.GotoAsync(letter.Path);
        await page.GetByRole(AriaRole.Link, new() { Name = "Verify", Exact = true }).First.ClickAsync();
        await page.ReadsAsync($"verify list {letter.Address}");
        Assert.Equal(standing.ToString(System.Globalization.CultureInfo.InvariantCulture), await page.Locator(".ledger dt.sum").First.InnerTextAsync());
        await page.PictureAsync("verify");
    }
}
