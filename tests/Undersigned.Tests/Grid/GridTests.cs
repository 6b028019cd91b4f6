using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Grid;

/// <summary>The grid as a browser without script has it: a paged table with forms.</summary>
public sealed class GridTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task Pages_follow_each_other_in_every_order_and_no_row_is_passed_over()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Enumerable.Range(0, 230).Select(i => $"Ada Weir{Letters(i)}"), with: s => s.Location = s.Name.EndsWith('a') ? "Lindenmoor" : null);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        foreach (var sort in new[] { "Signed", "Name", "Organization", "Years", "Place", "State", "Number", "Domain" })
            foreach (var down in new[] { false, true })
            {
                var names = new List<string>();
                for (var page = await editor.OpenAsync($"{room.Desk}/grid?sort={sort}&down={down}"); ;)
                {
                    names.AddRange(Names(page));
                    if (page.QuerySelectorAll("[data-pages] a").LastOrDefault(a => StaffBrowser.Words(a).StartsWith("The next", StringComparison.Ordinal)) is not { } next)
                        break;
                    page = await editor.OpenAsync(next.GetAttribute("href")!);
                }
                Assert.Equal(230, names.Distinct().Count());
                Assert.Equal(230, names.Count);
                if (sort == "Name")
                    Assert.Equal(down ? names.OrderDescending(StringComparer.Ordinal) : names.Order(StringComparer.Ordinal), names);
            }
    }

    [Fact]
    public async Task Filters_and_search_find_by_state_level_domain_office_note_call_day_number_and_address()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => (s.Number, s.Level) = (1402, SignatureLevel.Known));
        var bela = await room.SignAsync("Béla Weir", with: s => (s.Note, s.PressMayCall) = ("asked to be called after six", true));
        var cato = await room.SignAsync("Cato Sluice", with: s => (s.EmailDomain, s.Posts) = ("minwater.example", [new Post("Counsel", "Ministry of Waterways", null)]));
        await room.SignAsync("Dora Mill", with: s => s.SubmittedAt = fixture.Time.GetUtcNow().AddDays(-9));
        using var editor = await room.EnterAsync(StaffRole.Editor);

        foreach (var (query, found) in new[]
        {
            ("state=Listed", "Ada Lockwood"), ("level=Known", "Ada Lockwood"), ("q=1,402", "Ada Lockwood"), ("q=bela", "Béla Weir"), ("noted=true", "Béla Weir"), ("press=true", "Béla Weir"),
            ("domain=@minwater.example", "Cato Sluice"), ("organization=waterways", "Cato Sluice"), ("q=counsel", "Cato Sluice"), ($"q={Uri.EscapeDataString(ada.Email!)}", "Ada Lockwood"),
        })
            Assert.Equal((query, found), (query, string.Join(", ", Names(await editor.OpenAsync($"{room.Desk}/grid?{query}")))));
        Assert.Equal(3, Names(await editor.OpenAsync($"{room.Desk}/grid?since=2026-02-25")).Count);
        Assert.Contains("Nobody fits all of these", StaffBrowser.Words((await editor.OpenAsync($"{room.Desk}/grid?q=habakuk")).QuerySelector("main")), StringComparison.Ordinal);
        Assert.NotEqual(bela.Id, cato.Id);
    }

    [Fact]
    public async Task A_column_is_written_into_the_ticked_lines_and_undone()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => s.Number = 1);
        var bela = await room.SignAsync("Bela Weir");
        var cato = await room.SignAsync("Cato Sluice", SignatureState.Submitted);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/grid");

        var after = await editor.PressAsync(page, "Write it into all", [.. Ticks(page), ("column", "Organization"), ("value", " Inspectorate  of Dams "), ("reason", "update")]);

        Assert.Contains("Cato Sluice: Not confirmed yet", StaffBrowser.Words(after.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal("Edited: 2 lines. 1 line was left as it is.", StaffBrowser.Words(after.QuerySelector("[role=status]")));
        Assert.Equal(["Inspectorate of Dams", "Inspectorate of Dams", "Inspectorate of Dams and Locks"], (await room.ReadAllAsync()).Select(s => s.Posts[0].Organization));
        var change = await fixture.App.QueryAsync(db => db.Changes.SingleAsync(c => c.LetterId == room.LetterId));
        Assert.Equal((ada.Id, ChangeKind.Amend, "update"), (change.SignatureId, change.Kind, change.Reason));

        var undone = await editor.PressAsync(after, "Undo");
        Assert.Equal("Undone on 2 lines.", StaffBrowser.Words(undone.QuerySelector("[role=status]")));
        Assert.All(await room.ReadAllAsync(), s => Assert.Equal("Inspectorate of Dams and Locks", s.Posts[0].Organization));
        Assert.Equal(["edit", "edit", "undo-edit", "undo-edit"], (await room.DoneAsync()).Select(a => a.What));
        Assert.NotEqual(bela.Id, cato.Id);
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_left_and_said()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        using var other = await room.EnterAsync(StaffRole.Editor, "Anselm Quarterman");
        var (mine, theirs) = (await editor.OpenAsync($"{room.Desk}/grid/{ada.Id}"), await other.OpenAsync($"{room.Desk}/grid/{ada.Id}"));

        await other.PressAsync(theirs, "Write the line", ("cell[Name]", "Ada N. Lockwood"));
        var refused = await editor.PressAsync(mine, "Write the line", ("cell[Name]", "Ada Lockwood-Weir"));

        Assert.Contains("The line as it is now: Ada N. Lockwood", StaffBrowser.Words(refused.QuerySelector("main")), StringComparison.Ordinal);
        Assert.Equal("Ada Lockwood-Weir", ((IHtmlInputElement)refused.QuerySelector("#cell_Name")!).Value);
        Assert.Equal("Ada N. Lockwood", (await room.ReadAsync(ada)).Name);
        await editor.PressAsync(refused, "Write the line");
        Assert.Equal(("Ada Lockwood-Weir", "ada lockwood weir"), ((await room.ReadAsync(ada)).Name, (await room.ReadAsync(ada)).FoldedName));
    }

    [Fact]
    public async Task A_cell_that_cannot_stand_says_why_and_keeps_what_was_typed()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood", with: s => s.Posts = [new Post("Inspector", "Dams", new YearSpan(1985, 1990)), new Post("Counsel", "Ministry", new YearSpan(1990, null))]);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync($"{room.Desk}/grid/{ada.Id}");
        Assert.Equal("1985–1990; 1990–", ((IHtmlInputElement)page.QuerySelector("#cell_Years")!).Value);

        var wrong = await editor.PressAsync(page, "Write the line",
            ("cell[Name]", "www.weir.example"), ("cell[Position]", "Inspector"), ("cell[Years]", "1985–1984; 1990–"), ("cell[Place]", "Lindenmoor"));

        Assert.Equal(
            ["A name cannot contain a web or mail address.", "The line has 2 offices: write 2 parts divided by semicolons, “–” where one is missing. These are 1.", "The last year, 1984, comes before the first, 1985."],
            wrong.QuerySelectorAll(".field .error").Select(StaffBrowser.Words));
        Assert.Equal("1985–1984; 1990–", ((IHtmlInputElement)wrong.QuerySelector("#cell_Years")!).Value);
        var row = await room.ReadAsync(ada);
        Assert.Equal(("Ada Lockwood", "Lindenmoor", 1990), (row.Name, row.Location, row.Posts[0].Years!.Value.To));
        await editor.PressAsync(wrong, "Write the line", ("cell[Name]", "Ada Lockwood"), ("cell[Position]", "Inspector; –"), ("cell[Years]", "1985–1991; 1991"));
        row = await room.ReadAsync(ada);
        Assert.Equal([("Inspector", 1991), (null, 1991)], row.Posts.Select(p => (p.Position, p.Years!.Value.To!.Value)));
    }

    [Fact]
    public async Task Acts_on_ticked_lines_let_in_decline_remove_set_aside_put_back_and_leave_a_note()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var waiting = await room.SignAsync("Ada Lockwood");
        var listed = await room.SignAsync("Bela Weir", SignatureState.Listed, s => s.Number = 2);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        async Task<SignatureState> PressAsync(Signature s, string button, params (string, string)[] typed)
        {
            var page = await editor.OpenAsync(room.Desk + "/grid");
            await editor.PressAsync(page, button, [.. Ticks(page).Where(t => t.Value.StartsWith($"{s.Id}.", StringComparison.Ordinal)), .. typed]);
            return (await room.ReadAsync(s)).State;
        }

        Assert.Equal(SignatureState.InReview, await PressAsync(waiting, "Set aside"));
        Assert.Equal(SignatureState.Admitted, await PressAsync(waiting, "Let in"));
        Assert.Equal(SignatureState.Declined, await PressAsync(waiting, "Decline or remove", ("why", "duplicate"), ("act", "remove")));
        Assert.Equal(SignatureState.Removed, await PressAsync(listed, "Decline or remove", ("why", "impersonation"), ("act", "remove")));
        Assert.Equal(SignatureState.Admitted, await PressAsync(listed, "Put back"));
        Assert.Equal(SignatureState.Admitted, await PressAsync(listed, "Write the note", ("note", "asked to be called after six")));
        Assert.Equal("asked to be called after six", (await room.ReadAsync(listed)).Note);
        Assert.Equal(["set-aside", "admit", "decline", "remove", "reinstate", "note"], (await room.DoneAsync()).Select(a => a.What));

        var list = await editor.OpenAsync(room.Desk + "/acts");
        Assert.Equal(["Wrote a note: 1 line", "Put back: 1 line", "Removed: 1 line", "Declined: 1 line", "Let in: 1 line", "Set aside: 1 line"], list.QuerySelectorAll(".tasks b").Select(StaffBrowser.Words));
        Assert.Equal(["Bela Weir", "Ada Lockwood"], list.QuerySelectorAll(".tasks p bdi:first-child").Select(StaffBrowser.Words).Distinct());
        await editor.PressAsync(list, "Undo");
        Assert.Null((await room.ReadAsync(listed)).Note);
    }

    [Fact]
    public async Task Where_two_people_decide_the_bar_counts_as_one_of_them_and_its_undo_takes_that_back()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var plain = await room.SignAsync("Ada Lockwood");
        var risky = await room.SignAsync("Bela Weir", SignatureState.InReview, s => (s.LooksNeeded, s.ReviewReasons) = (2, [Oddity.Title]));
        using var one = await room.EnterAsync(StaffRole.Editor);
        using var other = await room.EnterAsync(StaffRole.Editor, "Casimir Østergaard");

        var page = await one.OpenAsync(room.Desk + "/grid");
        var done = await one.PressAsync(page, "Let in", [.. Ticks(page)]);
        Assert.Equal("Let in: 1 line. 1 line needs two people: yours is kept as one of the two decisions.", StaffBrowser.Words(done.QuerySelector("[role=status]")));
        Assert.Equal((SignatureState.Admitted, SignatureState.InReview), ((await room.ReadAsync(plain)).State, (await room.ReadAsync(risky)).State));
        Assert.Equal(["admit", "first-look"], (await room.DoneAsync()).Select(a => a.What));

        // The same person is not the other one too.
        page = await one.OpenAsync(room.Desk + "/grid?state=InReview");
        done = await one.PressAsync(page, "Let in", [.. Ticks(page)]);
        Assert.Contains("You have decided already", StaffBrowser.Words(done.QuerySelector("[role=alert]")), StringComparison.Ordinal);

        var act = await fixture.App.QueryAsync(db => db.BulkActs.SingleAsync(a => a.LetterId == room.LetterId));
        await one.PressAsync(await one.OpenAsync($"{room.Desk}/grid?did={act.Id}"), "Undo");
        Assert.Empty(await LooksAsync(room));
        Assert.Equal(SignatureState.Confirmed, (await room.ReadAsync(plain)).State);

        foreach (var editor in new[] { one, other })
        {
            page = await editor.OpenAsync(room.Desk + "/grid?state=InReview");
            await editor.PressAsync(page, "Let in", [.. Ticks(page)]);
        }
        Assert.Equal((SignatureState.Admitted, 2), ((await room.ReadAsync(risky)).State, (await LooksAsync(room)).Count));
        Assert.Equal(other.AccountId, (await room.ReadAsync(risky)).DecidedBy);
    }

    [Fact]
    public async Task An_office_written_into_a_cell_is_ruled_on_before_one_person_can_let_it_in()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        await room.EnterAsync(StaffRole.Editor, "Casimir Østergaard");
        await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/grid/{ada.Id}"), "Write the line", ("cell[Position]", "Prime Minister"));
        var row = await room.ReadAsync(ada);
        Assert.Equal((SignatureState.InReview, 2, "Prime Minister"), (row.State, row.LooksNeeded, row.Posts[0].Position));

        var page = await editor.OpenAsync(room.Desk + "/grid");
        await editor.PressAsync(page, "Let in", [.. Ticks(page)]);
        Assert.Equal(SignatureState.InReview, (await room.ReadAsync(ada)).State);
        Assert.Single(await LooksAsync(room));
    }

    [Fact]
    public async Task Two_people_who_decide_otherwise_in_the_grid_leave_it_to_an_owner()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var risky = await room.SignAsync("Bela Weir", SignatureState.InReview, s => (s.LooksNeeded, s.ReviewReasons) = (2, [Oddity.Title]));
        using var one = await room.EnterAsync(StaffRole.Editor);
        using var other = await room.EnterAsync(StaffRole.Editor);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var page = await one.OpenAsync(room.Desk + "/grid");
        await one.PressAsync(page, "Let in", [.. Ticks(page)]);
        await other.PressAsync(await other.OpenAsync(room.Desk + "/grid"), "Decline or remove", [.. Ticks(page), ("why", "impersonation"), ("act", "remove")]);
        Assert.Contains(Oddity.Disagreement, (await room.ReadAsync(risky)).ReviewReasons);

        var refused = await other.PressAsync(await other.OpenAsync(room.Desk + "/grid"), "Let in", [.. Ticks(page)]);
        Assert.Contains("An owner decides", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        await owner.PressAsync(await owner.OpenAsync(room.Desk + "/grid"), "Decline or remove", [.. Ticks(page), ("why", "impersonation"), ("act", "remove")]);
        Assert.Equal((SignatureState.Declined, owner.AccountId), ((await room.ReadAsync(risky)).State, (await room.ReadAsync(risky)).DecidedBy));
    }

    [Fact]
    public async Task What_somebody_else_has_on_screen_at_the_glance_is_left_to_them_and_counted()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood");
        using var volunteer = await room.EnterAsync(StaffRole.Reviewer);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var screen = await volunteer.PressAsync(await volunteer.OpenAsync(room.Desk + "/glance"), "Take");
        var bela = await room.SignAsync("Bela Weir");

        foreach (var (button, typed) in new (string, (string, string)[])[] { ("Set aside", []), ("Decline or remove", [("why", "duplicate"), ("act", "remove")]), ("Let in", []) })
        {
            var page = await editor.OpenAsync(room.Desk + "/grid?state=Confirmed");
            var lines = button == "Let in" ? Ticks(page) : Ticks(page).Where(t => t.Value.StartsWith($"{ada.Id}.", StringComparison.Ordinal));
            var done = await editor.PressAsync(page, button, [.. lines, .. typed]);
            Assert.Contains("1 line was left to somebody else, who has it on screen at the glance.", StaffBrowser.Words(done.QuerySelector("[role=status]")), StringComparison.Ordinal);
            Assert.Equal(SignatureState.Confirmed, (await room.ReadAsync(ada)).State);
        }
        Assert.Equal(SignatureState.Admitted, (await room.ReadAsync(bela)).State);
        await volunteer.PressAsync(screen, "Let the unticked in");
        Assert.Equal(SignatureState.Admitted, (await room.ReadAsync(ada)).State);
    }

    private Task<List<Look>> LooksAsync(StaffRoom room) => fixture.App.QueryAsync(db => db.Looks.AsNoTracking().Where(l => l.LetterId == room.LetterId).ToListAsync());

    [Fact]
    public async Task Known_needs_how_and_raises_the_level_by_evidence_and_its_undo_ends_it()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => s.Number = 1);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/grid");

        var refused = await editor.PressAsync(page, "Mark as known", [.. Ticks(page)]);
        Assert.Contains("Say how they are known", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.True(((IHtmlInputElement)refused.QuerySelector("[name=pick]")!).IsChecked);
        var done = await editor.PressAsync(refused, "Mark as known", ("how", "Reached by a published number"));

        Assert.Equal(SignatureLevel.Known, (await room.ReadAsync(ada)).Level);
        var evidence = await fixture.App.QueryAsync(db => db.Evidence.SingleAsync(e => e.SignatureId == ada.Id));
        Assert.Equal((EvidenceKind.Known, editor.AccountId, "Reached by a published number"), (evidence.Kind, evidence.AccountId, evidence.What));
        await editor.PressAsync(done, "Undo");
        Assert.Equal(SignatureLevel.Email, (await room.ReadAsync(ada)).Level);
    }

    [Fact]
    public async Task Everything_that_fits_the_filter_is_taken_at_once()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Enumerable.Range(0, 150).Select(i => $"Ada Weir{Letters(i)}"), with: s => s.EmailDomain = "pranks.example");
        var other = await room.SignAsync("Bela Weir");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/grid?domain=pranks.example");

        var done = await editor.PressAsync(page, "Decline or remove", ("all", "true"), ("why", "not-eligible"), ("act", "remove"));

        Assert.Equal("Declined: 150 lines.", StaffBrowser.Words(done.QuerySelector("[role=status]")));
        Assert.Equal(SignatureState.Confirmed, (await room.ReadAsync(other)).State);
        await editor.PressAsync(done, "Undo");
        Assert.All(await room.ReadAllAsync(), s => Assert.Equal((SignatureState.Confirmed, null), (s.State, s.DecisionReason)));
    }

    [Fact]
    public async Task Nobody_lets_in_or_marks_as_known_what_they_pasted_in_themselves()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        using var other = await room.EnterAsync(StaffRole.Editor, "Anselm Quarterman");
        var pasted = await room.SignAsync("Ada Lockwood", with: s => (s.Source, s.ImportedBy, s.ConfirmedAt, s.Level) = (SignatureSource.Import, editor.AccountId, null, SignatureLevel.Imported));
        var page = await editor.OpenAsync(room.Desk + "/grid");

        Assert.Contains("You pasted it in yourself", StaffBrowser.Words((await editor.PressAsync(page, "Let in", [.. Ticks(page)])).QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Contains("You pasted it in yourself", StaffBrowser.Words((await editor.PressAsync(page, "Mark as known", [.. Ticks(page), ("how", "I know them")])).QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal((SignatureState.Confirmed, SignatureLevel.Imported), ((await room.ReadAsync(pasted)).State, (await room.ReadAsync(pasted)).Level));
        await other.PressAsync(await other.OpenAsync(room.Desk + "/grid"), "Let in", [.. Ticks(page)]);
        Assert.Equal(SignatureState.Admitted, (await room.ReadAsync(pasted)).State);
    }

    [Fact]
    public async Task A_reviewer_and_an_auditor_read_it_and_change_nothing()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var form = await editor.OpenAsync(room.Desk + "/grid");
        foreach (var role in new[] { StaffRole.Reviewer, StaffRole.Auditor })
        {
            using var reader = await room.EnterAsync(role);
            var page = await reader.OpenAsync(room.Desk + "/grid");
            Assert.Equal(["Ada Lockwood"], Names(page));
            Assert.DoesNotContain(ada.Email!, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("[data-bar]"));
            Assert.Contains((await reader.PostAsync(form, "Let in", [.. Ticks(form)])).StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
            Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"{room.Desk}/grid/{ada.Id}")).StatusCode);
        }
        Assert.Equal(SignatureState.Confirmed, (await room.ReadAsync(ada)).State);
    }

    [Fact]
    public async Task Enter_in_a_field_decides_nothing()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync("Ada Lockwood");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/grid");

        var first = page.QuerySelectorAll("form[data-grid] button")[0];
        var after = await editor.PressAsync(page, StaffBrowser.Words(first), [.. Ticks(page)]);

        Assert.Equal("Choose what to do.", StaffBrowser.Words(after.QuerySelector("[role=alert]")));
        Assert.Empty(await room.ActsAsync());
    }

    private static IReadOnlyList<string> Names(IHtmlDocument page) => [.. page.QuerySelectorAll("[data-table] tbody th :is(a, bdi)").Where(e => e.ParentElement!.LocalName == "th").Select(StaffBrowser.Words)];

    [Fact]
    public async Task An_auditor_comes_from_the_grid_to_the_page_of_one_signature_and_a_reviewer_is_led_nowhere()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => s.Number = 1);
        using var auditor = await room.EnterAsync(StaffRole.Auditor);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        var link = (await auditor.OpenAsync(room.Desk + "/grid")).QuerySelector("tbody th a")!.GetAttribute("href")!;
        Assert.Equal($"{room.Desk}/signatures/{ada.Id}", link);
        await auditor.OpenAsync(link);
        var page = await reviewer.OpenAsync(room.Desk + "/grid");
        Assert.Empty(page.QuerySelectorAll("tbody a"));
        Assert.Equal("", page.QuerySelector("form[data-grid]")!.GetAttribute("data-about"));
    }

    private static IEnumerable<(string Name, string Value)> Ticks(IHtmlDocument page) =>
        page.QuerySelectorAll("[name=pick]").Select(p => ("pick", p.GetAttribute("value")!));

    private static string Letters(int number) =>
        string.Concat(number.ToString("D3", System.Globalization.CultureInfo.InvariantCulture).Select(c => (char)('a' + (c - '0'))));
}
