using Microsoft.Playwright;
using MimeKit;
using Undersigned.BrowserTests.Harness;
using Undersigned.Model;

namespace Undersigned.BrowserTests.Stories;

/// <summary>A letter that follows another: begun at the desk, and signed with one button by somebody who stands on the earlier one.</summary>
public sealed class FollowUpStory(OpenSite open) : IClassFixture<OpenSite>
{
    private Site Site => open.Site;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_owner_asks_once_and_a_signer_signs_with_one_button(bool phone)
    {
        var earlier = await StoryLetter.BeginAsync(Site, with: l => l.Imprint = "Weirkeepers, Box 12, Lindenmoor");
        await earlier.StandAsync("Marguerite Oladottir");
        var email = (await earlier.SignaturesAsync()).Single().Email!;
        var owner = await Site.VisitAsync(phone);
        await earlier.EnterAsync(owner, StaffRole.Owner, "Perpetua Lindqvaist-Oyelaran");
        await AskAsync(owner, earlier, phone);

        MimeMessage? mail = null;
        await StoryLetter.UntilAsync(() => Task.FromResult((mail = Site.App.MailServer.To(email).Select(m => m.Parse()).FirstOrDefault(m => m.Subject!.StartsWith("Will you sign this too?", StringComparison.Ordinal))) is not null));
        var signer = await Site.VisitAsync(phone);
        await signer.GotoAsync(mail!.TextBody!.Split('\n').Select(l => l.Trim()).First(l => l.Contains("/follow-up/", StringComparison.Ordinal)));
        await signer.ReadsAsync("Nine reports are outstanding.");
        await signer.ReadsAsync("Marguerite Oladottir");
        if (!phone)
            await signer.CheckAsync();
        await signer.PictureAsync("follow-up");
        await signer.GetByLabel("I have read").CheckAsync();
        await signer.PressAsync("Sign this letter too");
        await signer.ReadsAsync("It is confirmed, and waits for a first look by a person.");
        await signer.AssertNoCookieAsync();
    }

    private static async Task AskAsync(IPage owner, StoryLetter earlier, bool phone)
    {
        await owner.GotoAsync(earlier.Desk + "/follow-up");
        if (!phone)
            await owner.CheckAsync();
        await owner.PictureAsync("begin-follow-up");
        await owner.GetByLabel("Title").FillAsync("Publish the other nine");
        await owner.PressAsync("Begin the draft");
        await owner.WaitForURLAsync("**/text*");
        var desk = new Uri(owner.Url).AbsolutePath.Replace("/text", "", StringComparison.Ordinal);
        await owner.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync("Nine reports are outstanding.");
        await owner.GetByLabel("What you ask for").FillAsync("publish the nine.");
        await owner.PressAsync("Save");
        await owner.ReadsAsync("Saved.");
        await owner.GotoAsync(desk + "/ask-earlier");
        await owner.ReadsAsync("They can be asked once the letter can be signed");
        await owner.GotoAsync(desk + "/private-link");
        await owner.PressAsync("Make the private link");
        await owner.ReadsAsync("Make a new link");
        await owner.GotoAsync(desk + "/ask-earlier");
        await owner.GetByLabel("What you say to them").FillAsync("Two of eleven have appeared.");
        await owner.PressAsync("Preview");
        await owner.ReadsAsync("Two of eleven have appeared.");
        if (!phone)
            await owner.CheckAsync();
        await owner.PictureAsync("ask-earlier");
        await owner.PressAsync("Write to 1 person, once");
        await owner.ReadsAsync("The mails are on their way.");
    }
}
