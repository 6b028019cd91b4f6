using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Review;

public sealed class TwoPeopleTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task Two_who_agree_let_it_in_and_the_first_is_seen_only_by_who_has_decided()
    {
        var (room, claim) = await ProminentAsync();
        using var anselm = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        using var hyacinth = await room.EnterAsync(StaffRole.Reviewer);

        var first = await anselm.PressAsync(await anselm.OpenAsync(Path(room, claim)), "Admit");
        Assert.Contains("You are the first of two", Status(first), StringComparison.Ordinal);
        Assert.Equal(SignatureState.InReview, (await room.ReadAsync(claim)).State);

        var page = await hyacinth.OpenAsync(Path(room, claim));
        var words = StaffBrowser.Words(page.QuerySelector("main"));
        Assert.Contains("you would be the second", StaffBrowser.Words(page.QuerySelector(".queue")), StringComparison.Ordinal);
        Assert.Contains("you have decided", StaffBrowser.Words((await anselm.OpenAsync(Path(room, claim))).QuerySelector(".queue")), StringComparison.Ordinal);
        Assert.Contains("On the organiser’s list: Leopoldine Ravn-Achterberg, Chief Engineer until 2012.", words, StringComparison.Ordinal);
        Assert.Contains("A first person decided at", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Anselm", words, StringComparison.Ordinal);

        var second = await hyacinth.PressAsync(page, "Admit");
        Assert.Contains("Admitted. It is on its way to the page. Anselm had decided: admit.", Status(second), StringComparison.Ordinal);
        var row = await room.ReadAsync(claim);
        Assert.Equal((SignatureState.Admitted, hyacinth.AccountId), (row.State, row.DecidedBy));
        Assert.Equal(["first-look", "admit"], (await room.ActsAsync()).Select(a => a.What));
    }

    [Fact]
    public async Task The_record_of_acts_does_not_tell_what_the_first_said()
    {
        var (room, claim) = await ProminentAsync();
        using var anselm = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        await anselm.PressAsync(await anselm.OpenAsync(Path(room, claim)), "Decline", ("why", "impersonation"));
        var act = Assert.Single(await room.ActsAsync());
        Assert.Equal(("first-look", null, "InReview"), (act.What, act.Detail, act.ToState));
    }

    [Fact]
    public async Task The_same_person_cannot_be_both()
    {
        var (room, claim) = await ProminentAsync();
        using var anselm = await room.EnterAsync(StaffRole.Owner, "Anselm");
        var page = await anselm.OpenAsync(Path(room, claim));
        await anselm.PressAsync(page, "Admit");

        var again = await anselm.PressAsync(page, "Admit");

        Assert.Contains("You have decided already", StaffBrowser.Words(again.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Empty(again.QuerySelectorAll("form.decide"));
        Assert.Equal(SignatureState.InReview, (await room.ReadAsync(claim)).State);
        Assert.Contains("you have decided", StaffBrowser.Words(again.QuerySelector(".queue")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_disagrees_leaves_it_to_an_owner_who_has_not_looked()
    {
        var (room, claim) = await ProminentAsync();
        using var anselm = await room.EnterAsync(StaffRole.Owner, "Anselm");
        using var hyacinth = await room.EnterAsync(StaffRole.Reviewer);
        using var wilhelmina = await room.EnterAsync(StaffRole.Owner, "Wilhelmina Carrowgate");
        await anselm.PressAsync(await anselm.OpenAsync(Path(room, claim)), "Admit");
        var second = await hyacinth.PressAsync(await hyacinth.OpenAsync(Path(room, claim)), "Decline", ("why", "impersonation"));
        Assert.Contains("The two of you do not agree. An owner decides. Anselm had decided: admit.", Status(second), StringComparison.Ordinal);
        Assert.Empty((await hyacinth.OpenAsync(Path(room, claim))).QuerySelectorAll("form.decide"));

        var tried = await anselm.PressAsync(await anselm.OpenAsync(Path(room, claim)), "Admit");
        Assert.Contains("one who has looked already cannot let it in", StaffBrowser.Words(tried.QuerySelector("[role=alert]")), StringComparison.Ordinal);

        var page = await wilhelmina.OpenAsync(Path(room, claim));
        Assert.Contains("They do not agree: Anselm, admit; Hyacinth Moravcová-Dube, decline (impersonation). As an owner you decide.", StaffBrowser.Words(page.QuerySelector("main")), StringComparison.Ordinal);
        await wilhelmina.PressAsync(page, "Decline", ("why", "impersonation"));
        Assert.Equal((SignatureState.Declined, wilhelmina.AccountId), ((await room.ReadAsync(claim)).State, (await room.ReadAsync(claim)).DecidedBy));
    }

    [Fact]
    public async Task Of_many_who_press_at_once_one_is_first_and_one_second_and_it_is_let_in_once()
    {
        var (room, claim) = await ProminentAsync();
        var pages = new List<(StaffBrowser Browser, IHtmlDocument Page)>();
        for (var i = 0; i < 6; i++)
        {
            var browser = await room.EnterAsync(StaffRole.Reviewer, $"Reviewer {i}");
            pages.Add((browser, await browser.OpenAsync(Path(room, claim))));
        }

        await Task.WhenAll(pages.Select(p => p.Browser.PressAsync(p.Page, "Admit")));

        Assert.Equal(SignatureState.Admitted, (await room.ReadAsync(claim)).State);
        Assert.Equal(["first-look", "admit"], (await room.ActsAsync()).Select(a => a.What));
        Assert.Equal(2, await fixture.App.QueryAsync(db => db.Looks.Where(l => l.SignatureId == claim.Id).Select(l => l.AccountId).Distinct().CountAsync()));
        Assert.Equal(1, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.SignatureId == claim.Id)));
        pages.ForEach(p => p.Browser.Dispose());
    }

    [Fact]
    public async Task Another_line_needs_another_look()
    {
        var (room, claim) = await ProminentAsync();
        using var anselm = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        using var hyacinth = await room.EnterAsync(StaffRole.Reviewer);
        await anselm.PressAsync(await anselm.OpenAsync(Path(room, claim)), "Admit");
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == claim.Id).Location = "Lindenmoor");

        var second = await hyacinth.PressAsync(await hyacinth.OpenAsync(Path(room, claim)), "Admit");

        Assert.Contains("You are the first of two", Status(second), StringComparison.Ordinal);
        Assert.Equal(SignatureState.InReview, (await room.ReadAsync(claim)).State);
    }

    [Fact]
    public async Task Left_unticked_at_the_glance_it_has_one_look_and_waits_for_another()
    {
        var (room, claim) = await ProminentAsync(SignatureState.Confirmed);
        using var anselm = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        using var hyacinth = await room.EnterAsync(StaffRole.Reviewer);
        var screen = await anselm.PressAsync(await anselm.OpenAsync(room.Desk + "/glance"), "Take");
        Assert.Contains("Prominent name: two people decide", StaffBrowser.Words(screen.QuerySelector(".differs small")), StringComparison.Ordinal);

        await anselm.PressAsync(screen, "Let the unticked in", ("odd", ""));
        Assert.Equal((SignatureState.InReview, 2), ((await room.ReadAsync(claim)).State, (await room.ReadAsync(claim)).LooksNeeded));
        await hyacinth.PressAsync(await hyacinth.OpenAsync(room.Desk + "/review"), "Admit");

        Assert.Equal(SignatureState.Admitted, (await room.ReadAsync(claim)).State);
    }

    [Fact]
    public async Task Nobody_lets_in_what_they_pasted_in()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        using var other = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        var claim = await room.SignAsync("Fenella Drystone", SignatureState.InReview, s => s.ImportedBy = editor.AccountId);

        var refused = await editor.PressAsync(await editor.OpenAsync(Path(room, claim)), "Admit");
        Assert.Contains("You pasted this name in yourself", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        await other.PressAsync(await other.OpenAsync(Path(room, claim)), "Admit");

        Assert.Equal((SignatureState.Admitted, other.AccountId), ((await room.ReadAsync(claim)).State, (await room.ReadAsync(claim)).DecidedBy));
    }

    [Fact]
    public async Task A_decision_is_undone_within_the_hour_by_who_made_it()
    {
        var (room, claim) = await ProminentAsync();
        using var anselm = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        using var hyacinth = await room.EnterAsync(StaffRole.Reviewer);
        var first = await anselm.PressAsync(await anselm.OpenAsync(Path(room, claim)), "Admit");
        await anselm.PressAsync(first, "Undo");
        Assert.Equal(0, await fixture.App.QueryAsync(db => db.Looks.CountAsync(l => l.SignatureId == claim.Id)));

        await anselm.PressAsync(await anselm.OpenAsync(Path(room, claim)), "Admit");
        var done = await hyacinth.PressAsync(await hyacinth.OpenAsync(Path(room, claim)), "Admit");
        var undone = await hyacinth.PressAsync(done, "Undo");

        Assert.Contains("Undone.", Status(undone), StringComparison.Ordinal);
        Assert.Equal((SignatureState.InReview, null), ((await room.ReadAsync(claim)).State, (await room.ReadAsync(claim)).DecidedBy));
        Assert.Equal(0, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.SignatureId == claim.Id)));
        await hyacinth.PressAsync(await hyacinth.OpenAsync(Path(room, claim)), "Admit");
        fixture.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(1));
        var late = await hyacinth.PressAsync(done, "Undo");
        Assert.Contains("nothing left to undo", StaffBrowser.Words(late.QuerySelector("main")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_undo_finds_the_decision_also_where_the_clock_goes_on_meanwhile()
    {
        var (room, claim) = await ProminentAsync();
        using var anselm = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        using var hyacinth = await room.EnterAsync(StaffRole.Reviewer);
        fixture.Time.AutoAdvanceAmount = TimeSpan.FromMicroseconds(7);
        try
        {
            await anselm.PressAsync(await anselm.PressAsync(await anselm.OpenAsync(Path(room, claim)), "Admit"), "Undo");
            Assert.Equal(0, await fixture.App.QueryAsync(db => db.Looks.CountAsync(l => l.SignatureId == claim.Id)));

            await anselm.PressAsync(await anselm.OpenAsync(Path(room, claim)), "Admit");
            var undone = await hyacinth.PressAsync(await hyacinth.PressAsync(await hyacinth.OpenAsync(Path(room, claim)), "Admit"), "Undo");

            Assert.Contains("Undone.", Status(undone), StringComparison.Ordinal);
            Assert.Equal(SignatureState.InReview, (await room.ReadAsync(claim)).State);
        }
        finally
        {
            fixture.Time.AutoAdvanceAmount = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task Who_is_asked_for_more_is_written_to_and_waits_behind_the_others()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var risky = await room.SignAsync("Fenella Drystone", SignatureState.InReview, s => s.Risk = 80);
        var other = await room.SignAsync("Mortimer Gatesby", SignatureState.InReview, s => s.Risk = 10);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        var next = await reviewer.PressAsync(await reviewer.OpenAsync(Path(room, risky)), "Ask for more");

        Assert.Contains("We write to the signer", Status(next), StringComparison.Ordinal);
        Assert.Equal("Mortimer Gatesby", StaffBrowser.Words(next.QuerySelector(".line .name")));
        Assert.Equal(MailKind.MoreAsked, (await fixture.App.QueryAsync(db => db.Outbox.SingleAsync(m => m.SignatureId == risky.Id))).Kind);
        await reviewer.PressAsync(await reviewer.OpenAsync(Path(room, other)), "Hold");
        Assert.Equal(
            ["Fenella Drystone", "Mortimer Gatesby"],
            (await reviewer.OpenAsync(room.Desk + "/review")).QuerySelectorAll(".queue b").Select(StaffBrowser.Words));
    }

    private async Task<(StaffRoom Room, Signature Claim)> ProminentAsync(SignatureState state = SignatureState.InReview)
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var watched = new WatchName { LetterId = room.LetterId, Name = "Leopoldine Ravn-Achterberg", Context = "Chief Engineer until 2012", At = fixture.Time.GetUtcNow() };
        await room.WriteAsync(db => db.WatchNames.Add(watched));
        var claim = await room.SignAsync("Leopoldine Ravn-Achterberg", state, s =>
        {
            if (state == SignatureState.InReview)
                (s.LooksNeeded, s.Risk, s.ReviewReasons) = (2, 100, [Oddity.About(Oddity.Prominent, watched.Id)]);
        });
        return (room, claim);
    }

    private static string Path(StaffRoom room, Signature claim) => $"{room.Desk}/review/{claim.Id}";

    private static string Status(IHtmlDocument page) => StaffBrowser.Words(page.QuerySelector("[role=status]"));
}
