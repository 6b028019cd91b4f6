using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;
using Undersigned.Model;
using Undersigned.Verifier;

namespace Undersigned.BrowserTests.Stories;

public sealed class SignerStory(OpenSite open) : IClassFixture<OpenSite>
{
    private const string Name = "Marguerite Óladóttir-Vance";
    private const string Served = "Senior inspector, Inspectorate of Dams and Locks 1994–2017; legal trainee, Ministry of Waterways 1991–93";

    private Site Site => open.Site;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_signer_signs_keeps_the_receipt_corrects_the_line_and_withdraws(bool phone)
    {
        var letter = await StoryLetter.BeginAsync(Site);
        var page = await Site.VisitAsync(phone);
        var email = $"m.oladottir{(phone ? "" : ".vance")}@post.example";

        await page.GotoAsync(letter.Path);
        await page.ReadsAsync("Nobody has signed yet");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign this letter" }).Last.ClickAsync();
        await FillAsync(page, email);
        await ConfirmAsync(page, email);
        await page.ReadsAsync("It is confirmed, and waits for a first look by a person.");
        var own = page.Url;

        await letter.GlanceAsync();
        await page.ReloadUntilItReadsAsync("It stands on the list as № 1");
        await page.PictureAsync("own-page");
        await KeepReceiptAsync(page, letter);
        await CorrectAsync(page, letter);

        await page.GotoAsync(own);
        await page.FollowAsync("Withdraw my signature");
        await page.ReadsAsync("Earlier copies will show that you signed and that you withdrew.");
        await page.PressAsync("Withdraw my signature");
        await page.ReadsAsync("You withdrew it");
        await page.GotoAsync(letter.Path);
        await page.ReloadUntilItReadsAsync("Nobody has signed yet");
        await page.AssertNoCookieAsync();
    }

    private static async Task FillAsync(IPage page, string email)
    {
        await page.GetByLabel("Your name").FillAsync(Name);
        await page.GetByLabel("Your e-mail address").FillAsync(email);
        await page.GetByLabel("As you would write it").FillAsync(Served);
        await page.GetByLabel("Place", new() { Exact = true }).FillAsync("Lindenmoor");
        await page.PressAsync("Preview my line first");
        await page.GetByLabel("Position").Nth(1).WaitForAsync();

        Assert.Equal("Senior inspector", await page.GetByLabel("Position").Nth(0).InputValueAsync());
        Assert.Equal("Ministry of Waterways", await page.GetByLabel("Organization").Nth(1).InputValueAsync());
        Assert.Equal(("1991", "1993"), (await page.GetByLabel("First year").Nth(1).InputValueAsync(), await page.GetByLabel("Last year").Nth(1).InputValueAsync()));
        var line = await page.Locator("#line .line").InnerTextAsync();
        Assert.Contains(Name, line, StringComparison.Ordinal);
        Assert.Contains("legal trainee, Ministry of Waterways, 1991–1993", line, StringComparison.Ordinal);
        await page.PictureAsync("sign");
        await page.GetByLabel("I have read").CheckAsync();
    }

    private async Task ConfirmAsync(IPage page, string email)
    {
        await page.PressAsync("Send me the six digits");
        await page.ReadsAsync("Look in your inbox: we have written to");
        await page.ReadsAsync(Name);
        await page.PictureAsync("confirmation");
        await page.GetByLabel("The six digits in our mail").FillAsync(await Site.App.Inbox(email).CodeAsync());
        await page.PressAsync("Confirm my signature");
    }

    private static async Task KeepReceiptAsync(IPage page, StoryLetter letter)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.FollowAsync("Download the receipt"));
        Assert.Equal("signature-1.tlog-proof", download.SuggestedFilename);
        var key = await (await page.APIRequest.GetAsync(letter.Path + "/log/key")).TextAsync();

        using var said = new StringWriter();
        var status = await Verify.RunAsync(["receipt", await download.PathAsync(), "--key", key.TrimEnd('\n')], said, said);
        Assert.True(status == 0, said.ToString());
        Assert.Contains("Signatory 1 is entry 1", said.ToString(), StringComparison.Ordinal);
        Assert.Contains(Name, said.ToString(), StringComparison.Ordinal);
    }

    private async Task CorrectAsync(IPage page, StoryLetter letter)
    {
        await page.FollowAsync("Correct a spelling, a title or a year");
        await page.GetByLabel("Your name").FillAsync("Marguerite Óladóttir");
        await page.PressAsync("Ask for this correction");
        await page.ReadsAsync("The line stands as it was until a person has looked at it.");

        var editor = await Site.DeskAsync(script: false);
        await letter.EnterAsync(editor, StaffRole.Editor, "Perpetua Lindqvaist-Oyelaran");
        await editor.GotoAsync(letter.Desk + "/review");
        await editor.ReadsAsync("A correction that the signer of № 1 asks for");
        await editor.PressAsync("Admit");
        await page.ReloadUntilItReadsAsync("Your correction was let in.");
        await page.FollowAsync("See it on the list");
        await page.ReloadUntilItReadsAsync("Marguerite Óladóttir № 1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mistake_in_the_form_stands_beside_its_field_and_costs_nothing_that_was_typed(bool phone)
    {
        var letter = await StoryLetter.BeginAsync(Site);
        var page = await Site.VisitAsync(phone);

        await page.GotoAsync(letter.Path + "/sign");
        await page.GetByLabel("Your name").FillAsync(Name);
        await page.GetByLabel("Your e-mail address").FillAsync("marguerite.post.example");
        await page.GetByLabel("As you would write it").FillAsync("Inspector, Inspectorate of Dams and Locks 2017–1994");
        await page.GetByLabel("Place", new() { Exact = true }).FillAsync("Lindenmoor");
        await page.PressAsync("Send me the six digits");

        await page.ReadsAsync("This address lacks the @.");
        await page.ReadsAsync("The last year, 1994, comes before the first, 2017. Which is right?");
        await page.ReadsAsync("Tick this to sign the letter as it stands.");
        Assert.Equal(Name, await page.GetByLabel("Your name").InputValueAsync());
        Assert.Equal("marguerite.post.example", await page.GetByLabel("Your e-mail address").InputValueAsync());
        Assert.Equal("Inspector", await page.GetByLabel("Position").InputValueAsync());
        Assert.Equal("2017", await page.GetByLabel("First year").InputValueAsync());
        Assert.Equal("Lindenmoor", await page.GetByLabel("Place", new() { Exact = true }).InputValueAsync());
        await page.PictureAsync("sign-mistakes");
        Assert.Empty(await letter.SignaturesAsync());
    }
}
