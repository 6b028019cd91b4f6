using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Review;

public sealed class ReviewTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private DateTimeOffset Now => fixture.Time.GetUtcNow();

    [Fact]
    public async Task The_riskiest_comes_first_then_the_oldest_and_after_a_decision_the_next()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await AsideAsync(room, "Fenella Drystone", 60, Oddity.Ticked);
        await AsideAsync(room, "Vаsile Grigorenciuc", 10, Oddity.MixedScripts);
        await AsideAsync(room, "Mortimer Gatesby", 190, Oddity.AllCapitals);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        var page = await reviewer.OpenAsync(room.Desk + "/review");

        Assert.Equal(
            ["Vаsile Grigorenciuc, 10 min", "Mortimer Gatesby, 3 h 10", "Fenella Drystone, 1 h 00"],
            page.QuerySelectorAll(".queue a").Select(a => $"{StaffBrowser.Words(a.QuerySelector("b"))}, {StaffBrowser.Words(a.QuerySelector(".quiet"))}"));
        Assert.Contains("Letters of two scripts in one name", StaffBrowser.Words(page.QuerySelector(".queue")), StringComparison.Ordinal);
        var next = await reviewer.PressAsync(page, "Admit");
        Assert.Contains("Admitted. It is on its way to the page. The next one is open.", StaffBrowser.Words(next.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Equal("Mortimer Gatesby", StaffBrowser.Words(next.QuerySelector(".line .name")));
    }

    [Fact]
    public async Task A_claim_shows_its_reasons_its_masked_address_and_its_look_alike_part_by_part()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var listed = await room.SignAsync("Tomasz Ajdovnyk", SignatureState.Listed, s => s.Number = 402);
        var claim = await AsideAsync(room, "Tomasz Ajdovnik", 5, Oddity.LooksLikeEarlier);
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == claim.Id).Posts = [new Post("Inspector", "Canal Administration", new YearSpan(1985, 2010))]);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        var page = await reviewer.OpenAsync($"{room.Desk}/review/{claim.Id}");

        var words = StaffBrowser.Words(page.QuerySelector("main"));
        Assert.Contains("Perhaps the same person as № 402", words, StringComparison.Ordinal);
        Assert.Contains("two different addresses, at the same domain", words, StringComparison.Ordinal);
        Assert.DoesNotContain(claim.Email!, words, StringComparison.Ordinal);
        Assert.DoesNotContain(listed.Email!, words, StringComparison.Ordinal);
        Assert.Equal(["Name", "Organization"], page.QuerySelectorAll("tr.differs th").Select(StaffBrowser.Words));
        Assert.Equal(["Ajdovnik", "Ajdovnyk", "Canal Administration", "Inspectorate of Dams and Locks"], page.QuerySelectorAll("tr.differs td b").Select(StaffBrowser.Words));
        using var owner = await room.EnterAsync(StaffRole.Owner);
        Assert.Contains(claim.Email!, StaffBrowser.Words((await owner.OpenAsync($"{room.Desk}/review/{claim.Id}")).QuerySelector("main")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decline_needs_its_reason_and_keeps_who_and_when()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var claim = await AsideAsync(room, "Fenella Drystone", 60, Oddity.Ticked);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        var refused = await reviewer.PressAsync(await reviewer.OpenAsync(room.Desk + "/review"), "Decline");
        Assert.Contains("Choose the reason", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal(SignatureState.InReview, (await room.ReadAsync(claim)).State);
        await reviewer.PressAsync(refused, "Decline", ("why", "impersonation"));

        var row = await room.ReadAsync(claim);
        Assert.Equal((SignatureState.Declined, "impersonation", reviewer.AccountId, Now), (row.State, row.DecisionReason, row.DecidedBy, row.DecidedAt));
        var act = Assert.Single(await room.ActsAsync());
        Assert.Equal(("decline", "InReview", "Declined", "impersonation"), (act.What, act.FromState, act.ToState, act.Detail));
    }

    [Fact]
    public async Task Of_two_decisions_the_second_is_refused_with_who_was_first()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var claim = await AsideAsync(room, "Fenella Drystone", 60, Oddity.Ticked);
        using var anselm = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        using var hyacinth = await room.EnterAsync(StaffRole.Reviewer);
        var late = await hyacinth.OpenAsync(room.Desk + "/review");
        await anselm.PressAsync(await anselm.OpenAsync(room.Desk + "/review"), "Decline", ("why", "duplicate"));

        var refused = await hyacinth.PressAsync(late, "Admit");

        var words = StaffBrowser.Words(refused.QuerySelector("[role=alert]"));
        Assert.Contains("Somebody was faster; your press changed nothing", words, StringComparison.Ordinal);
        Assert.Contains("declined (duplicate)", words, StringComparison.Ordinal);
        Assert.Contains("decided by Anselm", words, StringComparison.Ordinal);
        Assert.Equal(SignatureState.Declined, (await room.ReadAsync(claim)).State);
        Assert.Equal(0, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.SignatureId == claim.Id)));
    }

    [Fact]
    public async Task Of_many_who_decide_at_the_same_moment_one_does()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var claim = await AsideAsync(room, "Fenella Drystone", 60, Oddity.Ticked);
        var pages = new List<(StaffBrowser Browser, IHtmlDocument Page)>();
        for (var i = 0; i < 6; i++)
        {
            var browser = await room.EnterAsync(StaffRole.Reviewer, $"Reviewer {i}");
            pages.Add((browser, await browser.OpenAsync(room.Desk + "/review")));
        }

        await Task.WhenAll(pages.Select((p, i) => i % 2 == 0 ? p.Browser.PressAsync(p.Page, "Admit") : p.Browser.PressAsync(p.Page, "Decline", ("why", "other"))));

        var act = Assert.Single(await room.ActsAsync());
        var row = await room.ReadAsync(claim);
        Assert.Equal((act.ToState, act.AccountId), (row.State.ToString(), row.DecidedBy));
        Assert.Equal(row.State == SignatureState.Admitted ? 1 : 0, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.SignatureId == claim.Id)));
        pages.ForEach(p => p.Browser.Dispose());
    }

    [Fact]
    public async Task What_changed_after_it_was_opened_is_looked_at_again()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var claim = await AsideAsync(room, "Fenella Drystone", 60, Oddity.Ticked);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        var page = await reviewer.OpenAsync(room.Desk + "/review");
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == claim.Id).Name = "Somebody Else");

        var again = await reviewer.PressAsync(page, "Admit");

        Assert.Contains("The line changed after you opened it", StaffBrowser.Words(again.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal(SignatureState.InReview, (await room.ReadAsync(claim)).State);
    }

    [Fact]
    public async Task A_decision_is_taken_back_also_when_somebody_has_looked_at_the_address_since()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var claim = await AsideAsync(room, "Fenella Drystone", 60, Oddity.Ticked);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var admitted = await reviewer.PressAsync(await reviewer.OpenAsync(room.Desk + "/review"), "Admit");
        await editor.OpenAsync($"{room.Desk}/signatures/{claim.Id}");

        await reviewer.PressAsync(admitted, "Undo");

        Assert.Equal(SignatureState.InReview, (await room.ReadAsync(claim)).State);
    }

    [Fact]
    public async Task One_that_stood_before_is_put_back_under_its_number()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var claim = await AsideAsync(room, "Fenella Drystone", 60, Oddity.Undone);
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == claim.Id).Number = 12);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        await reviewer.PressAsync(await reviewer.OpenAsync(room.Desk + "/review"), "Admit");

        Assert.Equal(ChangeKind.Reinstate, (await fixture.App.QueryAsync(db => db.Changes.SingleAsync(c => c.SignatureId == claim.Id))).Kind);
    }

    [Fact]
    public async Task Nothing_waits_says_so()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        Assert.Contains("Nothing waits.", StaffBrowser.Words((await reviewer.OpenAsync(room.Desk + "/review")).QuerySelector("main")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await reviewer.GetAsync(room.Desk + "/review/987654321")).StatusCode);
    }

    [Theory]
    [InlineData("Inspector of Dams", "Inspector of Weirs", "Inspector of [Dams]", "Inspector of [Weirs]")]
    [InlineData("Inspector", "Senior Inspector", "[] Inspector", "[Senior] Inspector")]
    [InlineData("", "Inspector", "[]", "[Inspector]")]
    [InlineData("a b a", "a a", "a [b] a", "a [] a")]
    public void Differing_words_are_marked_and_the_rest_is_not(string left, string right, string leftMarked, string rightMarked)
    {
        var part = new ComparedPart("Position", left, right);
        static string Text((string Before, string Marked, string After) p) => $"{p.Before}[{p.Marked}]{p.After}";
        Assert.Equal((leftMarked, rightMarked), (Text(part.LeftParts), Text(part.RightParts)));
    }

    private static async Task<Signature> AsideAsync(StaffRoom room, string name, int minutesAgo, string reason) =>
        await room.SignAsync(name, SignatureState.InReview, s => (s.StateAt, s.ReviewReasons, s.Risk) = (s.StateAt.AddMinutes(-minutesAgo), [reason], Oddity.Weight(reason)));
}
