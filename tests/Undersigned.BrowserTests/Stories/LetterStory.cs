using System.Globalization;
using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;
using Undersigned.Model;

namespace Undersigned.BrowserTests.Stories;

public sealed class LetterStory(OpenSite open) : IClassFixture<OpenSite>
{
    private static readonly string Fifty = string.Join('\n', Enumerable.Range(1, 50).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "Ottoline" : "Teodor")} {Spelled(i)}, Inspector, Inspectorate of Dams and Locks, {1940 + i}–{1970 + i}, pasted{i}@post.example")));

    private Site Site => open.Site;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_organiser_goes_from_an_empty_page_to_a_private_link_fifty_pasted_names_and_publication(bool phone)
    {
        var page = await Site.VisitAsync(phone);
        await (await StoryLetter.BeginAsync(Site, isPublic: false)).EnterAsync(page, StaffRole.Owner, "Perpetua Lindqvaist-Oyelaran", isOperator: true);
        var slug = phone ? "weirs-phone" : "weirs-desk";
        var desk = await WriteAsync(page, slug);

        await SignPrivatelyAsync(page, desk, phone);
        await PasteAsync(page, desk);
        await page.GotoAsync(desk + "/publication");
        await page.ReadsAsync("50 names stand under the letter");
        await page.ReadsAsync("1 name stays out: nobody has looked at it");
        await page.PressAsync("Publish now");

        var visitor = await Site.VisitAsync(phone);
        await visitor.GotoAsync("/letters/" + slug);
        await visitor.ReloadUntilItReadsAsync("50 more are on the maintainers’ own list");
        await page.GotoAsync(desk);
        Assert.Equal(("50", "1"), (await FigureAsync(page, "standing"), await FigureAsync(page, "glance")));
        await page.PictureAsync("today");
        await HoldAsync(page, desk, visitor, "/letters/" + slug);
        await visitor.AssertNoCookieAsync();
    }

    /// <returns>The address of the letter's desk.</returns>
    private static async Task<string> WriteAsync(IPage page, string slug)
    {
        await page.GotoAsync("/desk");
        await page.FollowAsync("Begin a letter");
        await page.GetByLabel("Title").FillAsync("Open the weirs to their inspectors");
        await page.GetByLabel("Organiser").FillAsync("Weirkeepers");
        await page.GetByLabel("Its address").FillAsync(slug);
        await page.PressAsync("Begin");
        await page.WaitForURLAsync("**/text*");
        var desk = new Uri(page.Url).AbsolutePath.Replace("/text", "", StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync("Let us in.[^1]\n\n[^1]: Section 4 of the statute.");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true }).FillAsync("The Minister of Waterways");
        await page.GetByLabel("What you ask for").FillAsync("open the gates;\nreturn the keys.");
        await page.GetByLabel("Who may sign").FillAsync("Whoever inspected a weir.");
        await page.GetByLabel("In the foot of each mail").FillAsync("Weirkeepers, Box 12, Lindenmoor");
        await page.PressAsync("Preview");
        await Assertions.Expect(page.Locator("[data-preview]")).ToContainTextAsync("Section 4 of the statute.");
        await page.PictureAsync("text");
        await page.PressAsync("Save");
        await page.ReadsAsync("Saved.");
        return desk;
    }

    private async Task SignPrivatelyAsync(IPage page, string desk, bool phone)
    {
        await page.GotoAsync(desk + "/private-link");
        await page.PressAsync("Make the private link");
        var link = (await page.Locator("#link").InnerTextAsync()).Trim();
        await page.PictureAsync("private-link");

        var signer = await Site.VisitAsync(phone);
        var email = $"first.{(phone ? "phone" : "desk")}@post.example";
        await signer.GotoAsync(link);
        await signer.ReadsAsync("This letter is not public.");
        await signer.GetByRole(AriaRole.Link, new() { Name = "Sign this letter" }).First.ClickAsync();
        await signer.GetByLabel("Your name").FillAsync("Brónagh Pilkington");
        await signer.GetByLabel("Your e-mail address").FillAsync(email);
        await signer.GetByLabel("I have read").CheckAsync();
        await signer.PressAsync("Send me the six digits");
        await signer.GetByLabel("The six digits in our mail").FillAsync(await Site.App.Inbox(email).CodeAsync());
        await signer.PressAsync("Confirm my signature");
        await signer.ReadsAsync("It is confirmed");
        await page.ReloadAsync();
        await page.ReadsAsync("Signed and confirmed 1");
    }

    private static async Task PasteAsync(IPage page, string desk)
    {
        await page.GotoAsync(desk + "/paste-in");
        await page.GetByLabel("Names, one a line").FillAsync(Fifty + "\n???");
        await page.PressAsync("See how they are read");
        await page.ReadsAsync("50 good lines, 1 to mend");
        await page.PictureAsync("paste-in");
        await page.PressAsync("Take the 50 good lines");
        await page.ReadsAsync("50 lines are taken");
        Assert.Equal("???", await page.GetByLabel("Names, one a line").InputValueAsync());
    }

    private static async Task HoldAsync(IPage page, string desk, IPage visitor, string letter)
    {
        await page.GotoAsync(desk + "/switches");
        await page.PressAsync("Hold signing");
        await visitor.GotoAsync(letter);
        await visitor.ReloadUntilItReadsAsync("Signing is paused.");
        Assert.Equal(0, await visitor.GetByRole(AriaRole.Link, new() { Name = "Sign this letter" }).CountAsync());
        await page.PressAsync("Hold publishing");
        await visitor.ReloadUntilItReadsAsync("The number is paused while we look at something.");
        await page.PressAsync("Lift signing");
        await page.PressAsync("Lift publishing");
        await StoryLetter.UntilAsync(async () =>
        {
            await visitor.ReloadAsync();
            return !(await visitor.WordsAsync()).Contains("paused", StringComparison.Ordinal);
        });
    }

    private static Task<string> FigureAsync(IPage page, string figure) => page.Locator($"[data-figure={figure}]").InnerTextAsync();

    private static string Spelled(int i) => new[] { "Ravens", "Pilking", "Lock", "Weir", "Marsh", "Quarter", "Hather", "Linden", "Under", "Over" }[i % 10]
        + new[] { "worth", "ton", "field", "moor", "wood", "dale" }[i / 10];
}
