using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;
using Undersigned.Model;

namespace Undersigned.BrowserTests.Stories;

/// <summary>"This is not me, or this is wrong", from the list to the answer; and the work that a browser does under suspicion.</summary>
public sealed class ReportStory(OpenSite open) : IClassFixture<OpenSite>
{
    private Site Site => open.Site;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_reports_a_line_and_an_editor_corrects_it(bool phone)
    {
        var letter = await StoryLetter.BeginAsync(Site);
        await letter.StandAsync("Teodor Ravensworth");
        var page = await Site.VisitAsync(phone);
        var email = $"reader{(phone ? "" : ".two")}@paper.example";

        await page.GotoAsync(letter.Path + "/signatories");
        await page.GetByRole(AriaRole.Link, new() { Name = "Report signature 1" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "This is not me, or this is wrong" }).WaitForAsync();
        await page.GetByLabel("This is wrong").CheckAsync();
        await page.GetByLabel("What is wrong, and what is right?").FillAsync("It was 1986, not 1985.");
        await page.GetByLabel("Your e-mail address").FillAsync(email);
        await page.PictureAsync("report");
        await page.PressAsync("Send me the six digits");
        await page.GetByLabel("The six digits in our mail").FillAsync(await Site.App.Inbox(email).CodeAsync());
        await page.PressAsync("Send the report");
        await page.ReadsAsync("We have your report");

        var editor = await Site.DeskAsync(script: false);
        await letter.EnterAsync(editor, StaffRole.Editor, "Perpetua Lindqvaist-Oyelaran");
        await editor.GotoAsync(letter.Desk + "/requests");
        await editor.ReadsAsync("It was 1986, not 1985.");
        await editor.PictureAsync("requests");
        await editor.GetByLabel("First year").First.FillAsync("1986");
        await editor.PressAsync("Correct and answer");
        await editor.ReadsAsync("Corrected; it is on the page within a moment.");
        await page.GotoAsync(letter.Path + "/signatories");
        await page.ReloadUntilItReadsAsync("1986–2010");
        await StoryLetter.UntilAsync(async () =>
        {
            await page.ReloadAsync();
            return (await page.Locator("footer").InnerTextAsync()).Contains("0 open, 0 answered and the line stands, 1 corrected, 0 removed", StringComparison.Ordinal);
        });
        await page.AssertNoCookieAsync();
    }

    [Fact]
    public async Task Under_suspicion_the_browser_works_and_the_signer_signs_as_ever()
    {
        var letter = await StoryLetter.BeginAsync(Site, with: l => l.Limits = new SigningLimits { AskForWork = true });
        var page = await Site.PhoneAsync();
        await page.GotoAsync(letter.Path + "/sign");
        await page.GetByLabel("Your name").FillAsync("Marguerite Óladóttir");
        await page.GetByLabel("Your e-mail address").FillAsync("m.works@post.example");
        await page.GetByLabel("I have read").CheckAsync();
        await page.PressAsync("Send me the six digits");
        await page.ReadsAsync("Look in your inbox: we have written to");
        Assert.False((await letter.SignaturesAsync()).Single().IsSuspect);
    }
}
