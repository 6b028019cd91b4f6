using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.PasteIn;

public sealed class PasteInTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private const string Two = "Ada Lockwood, Inspector, Inspectorate of Dams, 1985–2010, ada@post.example\nBela Weir, Lock-keeper";

    [Fact]
    public async Task Reading_changes_nothing_and_taking_makes_admitted_signatures()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        var read = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/paste-in"), "See how they are read", ("Text", Two + "\nCato Sluice, 1994–1987"));
        Assert.Empty(await room.ReadAllAsync());
        Assert.Equal("2 good lines, 1 to mend", StaffBrowser.Words(read.QuerySelector("#read")));
        Assert.Equal("3 Cato Sluice, 1994–1987 The last year, 1987, comes before the first, 1994.", StaffBrowser.Words(read.QuerySelector("tr.differs")));
        var taken = await editor.PressAsync(read, "Take the 2 good lines");

        Assert.Contains("2 lines are taken and let in, since nobody else is on this letter’s desk", StaffBrowser.Words(taken.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Equal("Cato Sluice, 1994–1987", ((IHtmlTextAreaElement)taken.QuerySelector("textarea")!).Value.Trim());
        var all = await room.ReadAllAsync();
        Assert.All(all, s => Assert.Equal((SignatureState.Admitted, SignatureSource.Import, SignatureLevel.Imported, 1), (s.State, s.Source, s.Level, s.Revision)));
        Assert.Equal(["ada@post.example", null], all.Select(s => s.Email));
        Assert.Equal(2, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.LetterId == room.LetterId && c.Kind == ChangeKind.Sign)));
        Assert.All(await room.DoneAsync(), a => Assert.Equal(("paste-in", "2 imported, let in by the only member of staff", "Admitted"), (a.What, a.Detail, a.ToState)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_lets_in_their_own_paste_while_somebody_else_could(bool known)
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.GlanceRequired = false);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer, "Anselm Quarterman");
        var read = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/paste-in"), "See how they are read", ("Text", Two), ("Level", known ? "known" : "imported"), ("How", "Called by the academy"));

        var taken = await editor.PressAsync(read, "Take the 2 good lines");

        Assert.Contains("wait at the glance for somebody other than you", StaffBrowser.Words(taken.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.All(await room.ReadAllAsync(), s => Assert.Equal((SignatureState.Confirmed, editor.AccountId, known ? SignatureLevel.Known : SignatureLevel.Imported), (s.State, s.ImportedBy, s.Level)));
        Assert.Equal(known ? 2 : 0, await fixture.App.QueryAsync(db => db.Evidence.CountAsync(e => e.LetterId == room.LetterId && e.AccountId == editor.AccountId)));
        Assert.DoesNotContain((await editor.OpenAsync(room.Desk + "/glance")).QuerySelectorAll("main button").Select(StaffBrowser.Words), b => b.StartsWith("Take", StringComparison.Ordinal));
        var glance = await reviewer.PressAsync(await reviewer.OpenAsync(room.Desk + "/glance"), "Take 2 lines");
        Assert.Contains("Pasted in; has not confirmed", StaffBrowser.Words(glance.QuerySelector("ul.glance")), StringComparison.Ordinal);
        await reviewer.PressAsync(glance, "Let the unticked in");
        Assert.All(await room.ReadAllAsync(), s => Assert.Equal((SignatureState.Admitted, reviewer.AccountId), (s.State, s.DecidedBy)));
    }

    [Fact]
    public async Task A_paste_is_taken_back_and_may_be_pasted_again()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        using var other = await room.EnterAsync(StaffRole.Reviewer, "Anselm Quarterman");
        var read = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/paste-in"), "See how they are read", ("Text", Two));
        var taken = await editor.PressAsync(read, "Take the 2 good lines");
        var bela = (await room.ReadAllAsync()).Single(s => s.Name == "Bela Weir");
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == bela.Id).State = SignatureState.InReview);

        var undone = await editor.PressAsync(taken, "Undo");

        Assert.Equal("1 pasted line is taken back. What was on the page already leaves it. 1 line has been decided since, and stays as it is.", StaffBrowser.Words(undone.QuerySelector("[role=status]")));
        Assert.Equal([("Ada Lockwood", SignatureState.Declined), ("Bela Weir", SignatureState.InReview)], (await room.ReadAllAsync()).Select(s => (s.Name, s.State)));
        Assert.Equal("undo-paste-in", (await room.ActsAsync())[^1].What);
        var again = await editor.PressAsync(undone, "See how they are read", ("Text", Two));
        Assert.Equal("1 good line, 1 to mend", StaffBrowser.Words(again.QuerySelector("#read")));
    }

    [Fact]
    public async Task Known_needs_how_and_keeps_everything_typed()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        var refused = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/paste-in"), "See how they are read", ("Text", Two), ("Level", "known"));
        Assert.Contains("Say how you know these people", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal(Two, ((IHtmlTextAreaElement)refused.QuerySelector("textarea")!).Value.Trim());
        var read = await editor.PressAsync(refused, "See how they are read", ("How", "On the academy's roll, each called"));
        await editor.PressAsync(read, "Take the 2 good lines");

        Assert.All(await room.ReadAllAsync(), s => Assert.Equal(SignatureLevel.Known, s.Level));
        var evidence = await fixture.App.QueryAsync(db => db.Evidence.AsNoTracking().Where(e => e.LetterId == room.LetterId).ToListAsync());
        Assert.Equal(2, evidence.Count);
        Assert.All(evidence, e => Assert.Equal((EvidenceKind.Known, "On the academy's roll, each called", (long?)editor.AccountId), (e.Kind, e.What, e.AccountId)));
    }

    [Fact]
    public async Task The_same_form_posted_twice_takes_nothing_twice_also_at_the_same_moment()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var read = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/paste-in"), "See how they are read", ("Text", Two));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => editor.PressAsync(read, "Take")));
        var again = await editor.PressAsync(read, "Take");

        Assert.Contains("taken already, by the same form", StaffBrowser.Words(again.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Equal(2, (await room.ReadAllAsync()).Count);
        Assert.Equal(2, (await room.DoneAsync()).Count);
    }

    [Fact]
    public async Task Repeats_and_addresses_that_stand_or_want_no_mail_are_named()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var stands = await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => s.Number = 1402);
        var waits = await room.SignAsync("Bela Weir");
        var left = await room.SignAsync("Gil Race", SignatureState.Withdrawn);
        var unconfirmed = await room.SignAsync("Hal Leat", SignatureState.Submitted);
        var unaddressed = await room.SignAsync("Ina Dyke", SignatureState.Admitted, s => (s.Email, s.AddressTag) = (null, null));
        await room.WriteAsync(db => db.BlockedAddresses.Add(new BlockedAddress { LetterId = room.LetterId, AddressTag = left.AddressTag!, At = fixture.Time.GetUtcNow() }));
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var text = string.Join('\n',
            $"Ada Lockwood, {stands.Email!.ToUpperInvariant()}",
            $"Bela Weir, {waits.Email}",
            $"Gil Race, {left.Email}",
            $"Hal Leat, {unconfirmed.Email}",
            "Cato Sluice, cato@post.example",
            "Cato Sluice, cato@post.example",
            "Dora Mill, Cato+weir@post.example",
            "Emil Ford, Inspector",
            "Emil  Ford , Inspector",
            "Ina Dyke, Inspector, Inspectorate of Dams and Locks, 1985–2010");

        var read = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/paste-in"), "See how they are read", ("Text", text));

        Assert.Equal(
            [
                "1: This address stands already, as № 1,402.",
                "2: This address has signed already.",
                "3: Whoever reads this address said “this was not me” and wants no mail about this letter.",
                "6: The same as line 5.",
                "7: The same address as in line 5.",
                "9: The same as line 8.",
                "10: This line stands already.",
            ],
            read.QuerySelectorAll("tr.differs").Select(tr => $"{StaffBrowser.Words(tr.Children[0])}: {StaffBrowser.Words(tr.Children[2])}"));
        Assert.Equal("3 good lines, 7 to mend", StaffBrowser.Words(read.QuerySelector("#read")));
        Assert.NotNull(unaddressed);
    }

    [Fact]
    public async Task Ten_thousand_lines_with_37_bad_ones_name_the_37_and_take_the_rest_at_once()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var bad = Enumerable.Range(0, 37).Select(i => 100 + i * 263).ToHashSet();
        var text = string.Join('\n', Enumerable.Range(1, 10_000).Select(i => bad.Contains(i)
            ? $"Signer {Letters(i)}, Inspector, Inspectorate of Dams, 2010–1985, s{i}@post.example"
            : $"Signer {Letters(i)}, Inspector, Inspectorate of Dams, 1985–2010, s{i}@post.example"));

        var read = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/paste-in"), "See how they are read", ("Text", text));
        Assert.Equal("9,963 good lines, 37 to mend", StaffBrowser.Words(read.QuerySelector("#read")));
        Assert.Equal(bad.Order().Select(n => n.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)), read.QuerySelectorAll("tr.differs th").Select(StaffBrowser.Words));
        var taken = await editor.PressAsync(read, "Take the 9,963 good lines");

        Assert.Contains("9,963 lines are taken", StaffBrowser.Words(taken.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Equal(9_963, await fixture.App.QueryAsync(db => db.Signatures.CountAsync(s => s.LetterId == room.LetterId && s.State == SignatureState.Admitted)));
        Assert.Equal(9_963, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.LetterId == room.LetterId)));
        Assert.Equal(37, ((IHtmlTextAreaElement)taken.QuerySelector("textarea")!).Value.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task Too_much_at_once_is_refused_as_a_whole_and_nothing_typed_is_lost()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/paste-in");

        var lines = await editor.PressAsync(page, "See how they are read", ("Text", string.Join('\n', Enumerable.Repeat("Ada Lockwood", 10_001))));
        var empty = await editor.PressAsync(page, "See how they are read", ("Text", " \n "));

        Assert.Contains("10,001 lines are too many at once", StaffBrowser.Words(lines.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal(10_001, ((IHtmlTextAreaElement)lines.QuerySelector("textarea")!).Value.Trim().Split('\n').Length);
        Assert.Contains("Paste at least one line.", StaffBrowser.Words(empty.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Empty(await room.ReadAllAsync());
    }

    [Fact]
    public async Task A_letter_that_closes_takes_no_names_and_a_reviewer_cannot_paste()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        var read = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/paste-in"), "See how they are read", ("Text", Two));
        await room.WriteAsync(db => db.Letters.Single(l => l.Id == room.LetterId).State = LetterState.Closing);

        var closed = await editor.PressAsync(read, "Take");

        Assert.Contains("takes no new names any more", StaffBrowser.Words(closed.QuerySelector("main")), StringComparison.Ordinal);
        Assert.Empty(await room.ReadAllAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await reviewer.GetAsync(room.Desk + "/paste-in")).StatusCode);
    }

    private static string Letters(int number) =>
        string.Concat(number.ToString("D5", System.Globalization.CultureInfo.InvariantCulture).Select(c => (char)('a' + (c - '0'))));
}
