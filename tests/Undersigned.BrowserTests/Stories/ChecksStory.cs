using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.BrowserTests.Stories;

public sealed class ChecksStory(OpenSite open) : IClassFixture<OpenSite>
{
    private Site Site => open.Site;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_people_who_are_known_vouch_for_a_third_from_their_own_pages(bool phone)
    {
        var letter = await StoryLetter.BeginAsync(Site);
        await letter.StandAsync("Ottoline Marchetti-Dahl", "Teodor Ravensworth", "Zoë Müllerová");
        var signatures = await letter.SignaturesAsync();
        Signature Of(string name) => signatures.Single(s => s.Name == name);
        var (one, two, third) = (Of("Ottoline Marchetti-Dahl"), Of("Teodor Ravensworth"), Of("Zoë Müllerová"));
        await letter.WriteAsync(db => db.Evidence.AddRange(new[] { one, two }.Select(s => Evidence.Of(EvidenceKind.Known, s, s.SubmittedAt, "Called at the published number"))));
        var page = phone ? await Site.PhoneAsync() : await Site.DeskAsync();

        await page.GotoAsync(Own(third));
        await page.GetByText("Ask others to vouch for you").ClickAsync();
        var link = await page.Locator("details pre.all").InnerTextAsync();
        await page.CheckAsync();
        await page.PictureAsync("own-page-more");
        await page.GotoAsync(link);
        await page.ReadsAsync("Somebody asks you to vouch for them");
        await page.CheckAsync();
        await VouchAsync(page, one, $"№ {third.Number}");
        await VouchAsync(page, two, link);
        await page.PictureAsync("vouching");

        await page.GotoAsync($"{letter.Path}/signatories/{third.Number}");
        await page.ReloadUntilItReadsAsync("Two checked signatories know them.");
        await page.CheckAsync();
        await page.PictureAsync("checked");
        await page.GotoAsync(Own(third) + "/accounts");
        await page.ReadsAsync("Sign in at ORCID");
        await page.CheckAsync();
        await page.PictureAsync("accounts");
        await page.AssertNoCookieAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_editor_lists_a_domain_and_takes_a_roster(bool phone)
    {
        var letter = await StoryLetter.BeginAsync(Site);
        await letter.StandAsync("Ottoline Marchetti-Dahl");
        var page = phone ? await Site.PhoneAsync() : await Site.DeskAsync();
        await letter.EnterAsync(page, StaffRole.Editor);

        await page.GotoAsync(letter.Desk + "/checks");
        foreach (var (domain, controller, addressee) in new[] { ("dams.example", "Inspectorate of Dams and Locks", false), ("ministry.example", "Ministry of Waterways", true) })
        {
            await page.GetByLabel("Domain", new() { Exact = true }).FillAsync(domain);
            await page.GetByLabel("Who can create addresses there").FillAsync(controller);
            await page.GetByLabel("The addressee controls it").SetCheckedAsync(addressee);
            await page.PressAsync("List the domain");
            await page.ReadsAsync("Listed. No line changed.");
        }
        await page.CheckAsync();
        await page.PictureAsync("checks");

        await page.GotoAsync(letter.Desk + "/roster");
        await page.GetByLabel("A sheet").SetInputFilesAsync(new FilePayload
        {
            Name = "members.csv",
            MimeType = "text/csv",
            Buffer = "Name,Address\nAda Lockwood,ada@dams.example\nBela Weir,bela at dams\n"u8.ToArray(),
        });
        await page.PressAsync("See how it is read");
        await page.ReadsAsync("1 good row, 1 to mend");
        await page.CheckAsync();
        await page.PictureAsync("roster");
        await page.PressAsync("Take the 1 good row");
        await page.ReadsAsync("1 address is on the roster now.");
        await page.CheckAsync();
    }

    private string Own(Signature signature) => "/signature/" + Site.App.Get<InstanceKeys>().Token(TokenPurpose.Own, signature.Id);

    private async Task VouchAsync(IPage page, Signature voucher, string who)
    {
        await page.GotoAsync(Own(voucher));
        await page.FollowAsync("Vouch for somebody");
        await page.GetByLabel("Their № on the list").FillAsync(who);
        await page.PressAsync("Show me the line");
        await page.ReadsAsync("Zoë Müllerová");
        await page.GetByLabel("I know this person").CheckAsync();
        await page.CheckAsync();
        await page.PressAsync("Vouch for them");
        await page.ReadsAsync("You vouched for");
    }
}
