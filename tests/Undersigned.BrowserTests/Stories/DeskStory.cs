using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;
using Undersigned.Model;

namespace Undersigned.BrowserTests.Stories;

/// <summary>Two small things of the desk, at a phone and at a desk.</summary>
public sealed class DeskStory(OpenSite open) : IClassFixture<OpenSite>
{
    private Site Site => open.Site;

    [Fact]
    public async Task A_message_without_a_line_is_filed_to_the_one_that_a_search_finds()
    {
        var letter = await StoryLetter.BeginAsync(Site, isPublic: false);
        await letter.ConfirmedAsync("Marguerite Oladottir", "Ansgar Holtz");
        await letter.WriteAsync(db => db.Inquiries.Add(new Inquiry
        {
            LetterId = letter.Id,
            Kind = InquiryKind.Reply,
            State = InquiryState.Waiting,
            EmailDomain = "paper.example",
            SubmittedAt = DateTimeOffset.UnixEpoch.AddYears(56),
            DueAt = DateTimeOffset.UnixEpoch.AddYears(56).AddDays(1),
            Email = "author@paper.example",
            Text = "Please write my name\nwith its accent.",
        }));
        var page = await Site.DeskAsync();
        await letter.EnterAsync(page, StaffRole.Editor, "Hyacinth Moravcová-Dube");
        await page.GotoAsync(letter.Desk + "/requests");
        await page.GetByLabel("Name or number of the line").FillAsync("oladottir");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await EverywhereAsync(page, "request-without-line");

        await page.GetByRole(AriaRole.Button, new() { Name = "It is about this line" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("The line stands beside it now.");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Correct and answer" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Spellings_are_told_apart_and_that_is_taken_back()
    {
        var letter = await StoryLetter.BeginAsync(Site, isPublic: false);
        var (ada, bela) = await letter.ConfirmedAsync("Ada Lockwood", "Bela Weir") is [var a, var b] ? (a, b) : default;
        await letter.WriteAsync(db =>
        {
            db.Signatures.Single(s => s.Id == ada).Posts = [new Post("Inspector", "Inspectorate of Dams and Locks", null)];
            db.Signatures.Single(s => s.Id == bela).Posts = [new Post("Inspector", "Inspectorate of Dams and Lochs", null)];
        });
        var page = await Site.DeskAsync();
        await letter.EnterAsync(page, StaffRole.Editor, "Hyacinth Moravcová-Dube");
        await page.GotoAsync(letter.Desk + "/spellings");
        await EverywhereAsync(page, "spellings");
        await page.GetByRole(AriaRole.Button, new() { Name = "Different, checked" }).ClickAsync();
        await Assertions.Expect(page.GetByText("2 spellings stay apart")).ToBeVisibleAsync();
        await EverywhereAsync(page, "spellings-apart");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Different, checked" })).ToBeVisibleAsync();
    }

    private static async Task EverywhereAsync(IPage page, string picture)
    {
        foreach (var (width, height) in new[] { (1280, 900), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.CheckAsync();
            await page.PictureAsync(picture);
        }
        await page.SetViewportSizeAsync(1280, 900);
    }
}
