using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Undersigned.Grid;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Grid;

public sealed class SpellingsTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    [Theory]
    [InlineData("Inspectorate of Dams", "inspectorate of dams.", "case and signs")]
    [InlineData("Dams Inspectorate", "Inspectorate of Dams", "the same words")]
    [InlineData("Southern District of New York", "SDNY", "initials")]
    [InlineData("Southern District of New York", "S.D.N.Y.", "initials")]
    [InlineData("Department of Justice", "DoJ", "initials")]
    [InlineData("Civil Division", "Civil Div.", "shortened words")]
    [InlineData("Department of Waterways", "Dept. of Waterways", "shortened words")]
    [InlineData("Inspectorate of Dams and Locks", "Inspectorat of Dams & Locks", "a slip of the pen")]
    [InlineData("Waterway Office", "Water Way Office", "spaces")]
    public void Spellings_that_may_mean_the_same_stand_together(string most, string other, string why)
    {
        var cluster = Assert.Single(Spellings.Clusters([new(other, 2), new(most, 40), new("Lindenmoor Lock Company", 9)]));
        Assert.Equal([most, other], cluster.Spellings.Select(s => s.Text));
        Assert.Equal((most, why, 42), (cluster.Suggested, cluster.Why, cluster.Offices));
    }

    [Theory]
    [InlineData("First Army", "Second Army")]
    [InlineData("District 4", "District 5")]
    [InlineData("Ministry of Waterways", "Ministry of Railways")]
    [InlineData("Dams", "Dame")]
    [InlineData("Civil Division", "Criminal Division")]
    public void Different_bodies_do_not(string one, string other) => Assert.Empty(Spellings.Clusters([new(one, 3), new(other, 3)]));

    [Fact]
    public void Thousands_of_spellings_that_differ_in_one_short_word_are_different_bodies()
    {
        var spellings = Enumerable.Range(0, 3_000).Select(i => new Spelling($"Office X{(char)('A' + i % 26)}{(char)('a' + i / 26 % 26)}{(char)('a' + i / 676)} of the waterways", 1));
        Assert.Empty(Spellings.Clusters(spellings));
    }

    [Fact]
    public void Two_that_were_told_apart_stand_in_no_group_together_also_not_by_way_of_a_third()
    {
        Spelling[] spellings = [new("Inspectorate of Bridges", 9), new("Inspectorate of Brigdes", 5), new("Inspectorate of Bridge", 2)];
        Assert.Equal(3, Assert.Single(Spellings.Clusters(spellings)).Spellings.Count);
        var cluster = Assert.Single(Spellings.Clusters(spellings, (a, b) =>
            (a, b) is ("Inspectorate of Brigdes", "Inspectorate of Bridge") or ("Inspectorate of Bridge", "Inspectorate of Brigdes")));
        Assert.Equal(["Inspectorate of Bridges", "Inspectorate of Brigdes"], cluster.Spellings.Select(s => s.Text));
    }

    [Fact]
    public async Task Spellings_that_a_person_tells_apart_are_never_suggested_again_until_that_is_taken_back()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync("Ada Lockwood", with: s => s.Posts = [new Post("Inspector", "Inspectorate of Dams and Lochs", null)]);
        await room.SignAsync("Bela Weir");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        using var other = await room.EnterAsync(StaffRole.Editor);

        var (page, theirs) = (await editor.OpenAsync(room.Desk + "/spellings"), await other.OpenAsync(room.Desk + "/spellings"));
        var refused = await editor.PressAsync(page, "Different, checked", ("c[0].From", "Inspectorate of Dams and Locks"));
        Assert.Contains("Tick at least two", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        var told = await editor.PressAsync(page, "Different, checked");
        Assert.Contains("2 spellings stay apart", StaffBrowser.Words(told.QuerySelector("[role=status]")), StringComparison.Ordinal);
        // A second press, of another who had the page open, changes nothing.
        await other.PressAsync(theirs, "Different, checked");

        var later = await other.OpenAsync(room.Desk + "/spellings");
        Assert.Empty(later.QuerySelectorAll(".spelling"));
        Assert.Contains("Inspectorate of Dams and Lochs · Inspectorate of Dams and Locks", StaffBrowser.Words(later.QuerySelector(".tasks")), StringComparison.Ordinal);
        Assert.Equal("organization: 2 spellings", (await room.DoneAsync())[0].Detail);

        var back = await other.PressAsync(later, "Take back");
        Assert.Single(back.QuerySelectorAll(".spelling"));
        Assert.Equal(["spellings-apart", "spellings-apart", "spellings-together"], (await room.DoneAsync()).Select(a => a.What));
    }

    [Fact]
    public async Task A_merge_is_one_act_that_amends_what_stands_and_can_be_undone()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => (s.Number, s.Posts) = (1, [new Post("Inspector", "Insp. of Dams and Locks", new YearSpan(1985, 1990)), new Post("Counsel", "Ministry", new YearSpan(1990, null))]));
        await room.SignAsync(["Bela Weir", "Cato Sluice"]);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        var page = await editor.OpenAsync(room.Desk + "/spellings");
        Assert.Equal("Inspectorate of Dams and Locks", ((IHtmlInputElement)page.QuerySelector("#to0")!).Value);
        var done = await editor.PressAsync(page, "Merge these", ("c[0].To", "Inspectorate of Dams"));

        Assert.Equal("Merged spellings: 3 lines.", StaffBrowser.Words(done.QuerySelector("[role=status]")));
        Assert.All(await room.ReadAllAsync(), s => Assert.Equal("Inspectorate of Dams", s.Posts[0].Organization));
        Assert.Equal("Ministry", (await room.ReadAsync(ada)).Posts[1].Organization);
        var change = await fixture.App.QueryAsync(db => db.Changes.SingleAsync(c => c.LetterId == room.LetterId));
        Assert.Equal((ada.Id, ChangeKind.Amend, "typo"), (change.SignatureId, change.Kind, change.Reason));
        await editor.PressAsync(done, "Undo");
        Assert.Equal(["Insp. of Dams and Locks", "Inspectorate of Dams and Locks", "Inspectorate of Dams and Locks"], (await room.ReadAllAsync()).Select(s => s.Posts[0].Organization));
    }

    [Fact]
    public async Task Two_thousand_lines_are_merged_in_one_act_and_undone_in_one()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var number = 0;
        await room.SignAsync(Enumerable.Range(0, 2_000).Select(i => $"Ada Weir{(char)('a' + i % 26)}{(char)('a' + i / 26 % 26)}{(char)('a' + i / 676)}"), SignatureState.Listed,
            s => (s.Number, s.Posts) = (++number, [new Post("Inspector", number % 2 == 0 ? "Inspectorate of Dams" : "Inspectorate of Dams.", null)]));
        using var editor = await room.EnterAsync(StaffRole.Editor);

        var done = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/spellings"), "Merge these", ("c[0].To", "Dams Inspectorate"));

        Assert.Equal("Merged spellings: 2,000 lines.", StaffBrowser.Words(done.QuerySelector("[role=status]")));
        Assert.Equal(2_000, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.LetterId == room.LetterId && c.Kind == ChangeKind.Amend)));
        var undone = await editor.PressAsync(done, "Undo");
        Assert.Equal("Undone on 2,000 lines.", StaffBrowser.Words(undone.QuerySelector("[role=status]")));
        Assert.Equal(1_000, (await room.ReadAllAsync()).Count(s => s.Posts[0].Organization == "Inspectorate of Dams."));
    }

    [Fact]
    public async Task What_is_unticked_stays_and_a_refusal_keeps_what_was_typed()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync("Ada Lockwood", with: s => s.Posts = [new Post("Inspector", "Inspectorate of Dams & Locks", null)]);
        await room.SignAsync(["Bela Weir", "Cato Sluice"]);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/spellings");

        var refused = await editor.PressAsync(page, "Merge these", ("c[0].To", "see www.dams.example"));
        Assert.Contains("cannot contain a web address", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal("see www.dams.example", ((IHtmlInputElement)refused.QuerySelector("#to0")!).Value);
        await editor.PressAsync(page, "Merge these", ("c[0].From", "Inspectorate of Dams and Locks"), ("c[0].To", "Dams and Locks"));

        Assert.Equal(["Inspectorate of Dams & Locks", "Dams and Locks", "Dams and Locks"], (await room.ReadAllAsync()).Select(s => s.Posts[0].Organization));
    }
}
