using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;
using Undersigned.Model;

namespace Undersigned.BrowserTests.Stories;

/// <summary>The grid as a sheet, by keyboard.</summary>
public sealed class GridStory(OpenSite open) : IClassFixture<OpenSite>
{
    // A machine that has much else to do is slow; nothing here is about time.
    static GridStory() => Assertions.SetDefaultExpectTimeout(30_000);

    private Site Site => open.Site;

    [Fact]
    public async Task An_editor_edits_in_place_fills_down_and_takes_it_back_by_keyboard_alone()
    {
        var letter = await StoryLetter.BeginAsync(Site);
        await letter.StandAsync("Ada Lockwood", "Bela Weir", "Cato Sluice");
        var page = await OpenAsync(letter);
        var grid = page.GetByRole(AriaRole.Grid);
        await page.CheckAsync();
        await page.PictureAsync("grid");
        await page.SetViewportSizeAsync(390, 844);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.CheckAsync();
        await page.PictureAsync("grid-dark");
        await page.SetViewportSizeAsync(1280, 900);
        await page.PictureAsync("grid-dark");

        // Newest first: Cato, Bela, Ada.
        await grid.FocusAsync();
        await page.Keyboard.PressAsync("F2");
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync("-Lindt");
        await page.Keyboard.PressAsync("Enter");
        await SavedAsync(letter, s => s.Name == "Cato Sluice-Lindt");
        await page.Keyboard.PressAsync("ArrowUp");
        for (var i = 0; i < 2; i++)
            await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.TypeAsync("Weir Office");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.TypeAsync("Weir Office");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await SavedAsync(letter, s => s.Name == "Cato Sluice-Lindt" && s.Posts[0].Organization == "Weir Office");
        await page.Keyboard.PressAsync("Control+d");
        await SavedAsync(letter, s => s.Posts[0].Organization == "Weir Office", 3);
        await SaysAsync(page, "Filled down: 2 lines.");
        await OnThePageAsync(letter, "Cato Sluice-Lindt", "Weir Office", 3);

        await page.Keyboard.PressAsync("Control+z");
        await SavedAsync(letter, s => s.Posts[0].Organization == "Weir Office");
        await page.Keyboard.PressAsync("Control+z");
        await SavedAsync(letter, s => s.Posts[0].Organization == "Weir Office", 0);
        await SaysAsync(page, "Undone on 1 line.");
        await page.CheckAsync();
    }

    [Fact]
    public async Task From_a_line_one_key_leads_to_all_about_it()
    {
        var letter = await StoryLetter.BeginAsync(Site, isPublic: false);
        var id = (await letter.ConfirmedAsync("Ada Lockwood"))[0];
        var page = await OpenAsync(letter);
        await page.GetByRole(AriaRole.Grid).FocusAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForURLAsync($"**{letter.Desk}/signatures/{id}");
        await page.ReadsAsync("Ada Lockwood");
    }

    [Fact]
    public async Task An_error_stands_beside_the_cell_and_the_text_stays()
    {
        var letter = await StoryLetter.BeginAsync(Site, isPublic: false);
        await letter.ConfirmedAsync("Ada Lockwood");
        var page = await OpenAsync(letter);
        await page.GetByRole(AriaRole.Grid).FocusAsync();

        await page.Keyboard.TypeAsync("www.weir.example");
        await page.Keyboard.PressAsync("Enter");
        var cell = page.Locator(".gridcell.faulty");
        await Assertions.Expect(cell).ToContainTextAsync("www.weir.example");
        await Assertions.Expect(cell).ToContainTextAsync("A name cannot contain a web or mail address.");
        await page.CheckAsync();
        await page.PictureAsync("grid-fault");

        await page.Keyboard.PressAsync("F2");
        Assert.Equal("www.weir.example", await page.Locator(".grid input").InputValueAsync());
        await page.Keyboard.TypeAsync("Ada Weir");
        await page.Keyboard.PressAsync("Enter");
        await SavedAsync(letter, s => s.Name == "Ada Weir");
        await Assertions.Expect(cell).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Two_editors_see_each_other_and_neither_overwrites_the_other_unknowingly()
    {
        var letter = await StoryLetter.BeginAsync(Site, isPublic: false);
        await letter.ConfirmedAsync("Ada Lockwood", "Bela Weir");
        var one = await OpenAsync(letter, "Perpetua Lindqvaist");
        var two = await OpenAsync(letter, "Anselm Quarterman");
        await one.GetByRole(AriaRole.Grid).FocusAsync();
        await two.GetByRole(AriaRole.Grid).FocusAsync();
        await Assertions.Expect(one.Locator("abbr[title='Anselm Quarterman']")).ToHaveTextAsync("AQ");

        // Both begin to edit Bela; the second is done first.
        await one.Keyboard.PressAsync("F2");
        await one.Keyboard.TypeAsync("Bela Weir-Holm");
        await two.Keyboard.PressAsync("F2");
        await two.Keyboard.TypeAsync("Béla Weir");
        await two.Keyboard.PressAsync("Enter");
        await SavedAsync(letter, s => s.Name == "Béla Weir");
        await one.Keyboard.PressAsync("Enter");

        var fault = one.Locator(".gridcell.faulty");
        await Assertions.Expect(fault).ToContainTextAsync("Bela Weir-Holm");
        await Assertions.Expect(fault).ToContainTextAsync("Somebody else changed this line meanwhile. It is now: Béla Weir");
        await SavedAsync(letter, s => s.Name == "Béla Weir");
        await one.Keyboard.PressAsync("ArrowUp");
        await one.Keyboard.PressAsync("Enter");
        await one.Keyboard.PressAsync("Enter");
        await SavedAsync(letter, s => s.Name == "Bela Weir-Holm");
        await Assertions.Expect(two.GetByRole(AriaRole.Rowheader, new() { Name = "Bela Weir-Holm" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ten_thousand_rows_are_scrolled_searched_and_sorted_with_some_dozens_in_the_page()
    {
        var letter = await StoryLetter.BeginAsync(Site, isPublic: false);
        await letter.WriteAsync(db => db.Signatures.AddRange(Enumerable.Range(1, 10_000).Select(i => new Signature
        {
            LetterId = letter.Id,
            Revision = 1,
            State = SignatureState.Confirmed,
            Name = $"Signer {Letters(i)}",
            FoldedName = $"signer {Letters(i)}",
            Posts = [new Post("Inspector", i % 3 == 0 ? "Inspectorate of Dams" : "Weir Office", new YearSpan(1980 + i % 30, null))],
            CodeExpiresAt = DateTimeOffset.UnixEpoch.AddYears(80),
        })));
        var page = await OpenAsync(letter);
        var grid = page.GetByRole(AriaRole.Grid);
        await Assertions.Expect(grid).ToHaveAttributeAsync("aria-rowcount", "10001");

        await grid.FocusAsync();
        await AssertFewAsync(page);
        await page.Keyboard.PressAsync("Control+End");
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = $"Signer {Letters(1)}", Exact = true })).ToBeVisibleAsync();
        for (var i = 0; i < 20; i++)
            await page.Keyboard.PressAsync("PageUp");
        await AssertFewAsync(page);
        await grid.EvaluateAsync("grid => grid.scrollTop = grid.scrollHeight / 2");
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = $"Signer {Letters(5_000)}", Exact = true })).ToBeVisibleAsync();
        await AssertFewAsync(page);

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync($"signer {Letters(7_777)}");
        await SaysAsync(page, "1 of 10,000 signatures fit");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Control+Home");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Name ↑" })).ToHaveAttributeAsync("aria-sort", "ascending");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Rowheader)).ToHaveTextAsync($"Signer {Letters(1)}");
        await AssertFewAsync(page);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_acts_below_work_with_the_sheet_and_without_script(bool phone)
    {
        var letter = await StoryLetter.BeginAsync(Site, isPublic: false);
        await letter.ConfirmedAsync("Ada Lockwood", "Bela Weir");
        var page = await Site.VisitAsync(phone);
        await letter.EnterAsync(page, StaffRole.Editor);
        await page.GotoAsync(letter.Desk + "/grid");
        await page.PictureAsync("grid-" + (phone ? "plain" : "sheet"));
        if (phone)
            await page.GetByRole(AriaRole.Checkbox, new() { Name = "Bela Weir" }).CheckAsync();
        else
        {
            await Loaded(page);
            await page.GetByRole(AriaRole.Grid).FocusAsync();
            await page.Keyboard.PressAsync("Space");
        }

        await page.Locator("summary").Filter(new() { HasText = "Known" }).ClickAsync();
        await page.GetByLabel("How they are known").FillAsync("Reached by a published number");
        await page.PressAsync("Mark as known");
        await SaysAsync(page, "Marked as known: 1 line.");
        await SavedAsync(letter, s => s.Name == "Bela Weir" && s.Level == SignatureLevel.Known);
        await page.PressAsync("Undo");
        await SaysAsync(page, "Undone on 1 line.");
        await SavedAsync(letter, s => s.Level == SignatureLevel.Known, 0);
    }

    private async Task<IPage> OpenAsync(StoryLetter letter, string name = "Hyacinth Moravcová-Dube")
    {
        var page = await Site.DeskAsync();
        await letter.EnterAsync(page, StaffRole.Editor, name);
        await page.GotoAsync(letter.Desk + "/grid");
        await Loaded(page);
        return page;
    }

    private static Task Loaded(IPage page) => Assertions.Expect(page.GetByRole(AriaRole.Grid)).ToHaveAttributeAsync("data-loaded", "yes");

    private static async Task AssertFewAsync(IPage page) =>
        Assert.InRange(await page.GetByRole(AriaRole.Row).CountAsync(), 5, 80);

    private static Task SaysAsync(IPage page, string words) => Assertions.Expect(page.Locator("main")).ToContainTextAsync(words);

    private static Task SavedAsync(StoryLetter letter, Func<Signature, bool> isSo, int count = 1) =>
        StoryLetter.UntilAsync(async () => (await letter.SignaturesAsync()).Count(isSo) == count);

    private async Task OnThePageAsync(StoryLetter letter, string name, string organization, int times)
    {
        await StoryLetter.UntilAsync(async () => await Site.App.QueryAsync(db => db.Changes.CountAsync(c => c.LetterId == letter.Id)) == 0);
        var page = await Site.DeskAsync();
        await StoryLetter.UntilAsync(async () =>
        {
            await page.GotoAsync(letter.Path + "/signatories");
            var text = await page.Locator("main").InnerTextAsync();
            return text.Contains(name, StringComparison.Ordinal) && text.Split(organization).Length - 1 >= times;
        });
    }

    private static string Letters(int number) =>
        string.Concat(number.ToString("D5", CultureInfo.InvariantCulture).Select(c => (char)('a' + (c - '0'))));
}
