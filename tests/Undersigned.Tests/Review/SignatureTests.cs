using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Review;

public sealed class SignatureTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task A_listed_line_is_removed_with_its_reason_and_put_back()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signature = await room.SignAsync("Tomasz Ajdovnyk", SignatureState.Listed, s => s.Number = 402);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync($"{room.Desk}/signatures/{signature.Id}");

        var refused = await editor.PressAsync(page, "Remove");
        Assert.Contains("Choose the reason", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        var removed = await editor.PressAsync(refused, "Remove", ("why", "impersonation"));
        Assert.Equal((SignatureState.Removed, "impersonation"), ((await room.ReadAsync(signature)).State, (await room.ReadAsync(signature)).DecisionReason));
        await editor.PressAsync(removed, "Put it back");

        Assert.Equal(SignatureState.Admitted, (await room.ReadAsync(signature)).State);
        Assert.Equal([ChangeKind.Remove, ChangeKind.Reinstate], await fixture.App.QueryAsync(db => db.Changes.Where(c => c.SignatureId == signature.Id).OrderBy(c => c.Id).Select(c => c.Kind).ToListAsync()));
        Assert.Equal(["remove", "reinstate"], (await room.DoneAsync()).Select(a => a.What));
    }

    [Fact]
    public async Task Known_needs_how_and_amends_the_line()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signature = await room.SignAsync("Tomasz Ajdovnyk", SignatureState.Listed, s => s.Number = 402);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var page = await owner.OpenAsync($"{room.Desk}/signatures/{signature.Id}");

        var refused = await owner.PressAsync(page, "Mark as known", ("how", "  "));
        Assert.Contains("Say how the person is known", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        var known = await owner.PressAsync(refused, "Mark as known", ("how", "Called at the published number on 1 March"));

        Assert.Equal(SignatureLevel.Known, (await room.ReadAsync(signature)).Level);
        var evidence = await fixture.App.QueryAsync(db => db.Evidence.AsNoTracking().SingleAsync(e => e.SignatureId == signature.Id));
        Assert.Equal((EvidenceKind.Known, "Called at the published number on 1 March", (long?)owner.AccountId), (evidence.Kind, evidence.What, evidence.AccountId));
        Assert.Equal(ChangeKind.Amend, (await fixture.App.QueryAsync(db => db.Changes.SingleAsync(c => c.SignatureId == signature.Id))).Kind);
        Assert.Contains("Marked as known, Hyacinth", StaffBrowser.Words(known.QuerySelector("main")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_pasted_in_somebody_else_says_that_it_is_known()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var pasted = await room.SignAsync("Tomasz Ajdovnyk", SignatureState.Listed, s => (s.Number, s.Source, s.ImportedBy, s.Level) = (1, SignatureSource.Import, owner.AccountId, SignatureLevel.Imported));
        var path = $"{room.Desk}/signatures/{pasted.Id}";
        var alone = await owner.OpenAsync(path);
        using var editor = await room.EnterAsync(StaffRole.Editor, "Anselm Quarterman");

        var refused = await owner.PressAsync(alone, "Mark as known", ("how", "I know them"));
        Assert.Contains("You pasted it in yourself", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Empty(refused.QuerySelectorAll("[name=how]"));
        Assert.Equal(SignatureLevel.Imported, (await room.ReadAsync(pasted)).Level);
        await editor.PressAsync(await editor.OpenAsync(path), "Mark as known", ("how", "Called them"));
        Assert.Equal(SignatureLevel.Known, (await room.ReadAsync(pasted)).Level);
    }

    [Fact]
    public async Task Evidence_that_was_wrong_is_taken_back_and_the_line_says_what_is_left()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signature = await room.SignAsync("Tomasz Ajdovnyk", SignatureState.Listed, s => (s.Number, s.Level) = (402, SignatureLevel.Known));
        await room.WriteAsync(db => db.Evidence.AddRange(
            Evidence.Of(EvidenceKind.Domain, signature, fixture.Time.GetUtcNow(), "dams.example", "Inspector, Inspectorate of Dams and Locks, 1985–2010"),
            Evidence.Of(EvidenceKind.Known, signature, fixture.Time.GetUtcNow(), "a call to the wrong number")));
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync($"{room.Desk}/signatures/{signature.Id}");
        var evidence = StaffBrowser.Words(page.QuerySelector("section[aria-labelledby=evidence]"));
        Assert.Contains("Work address: dams.example for: Inspector, Inspectorate of Dams and Locks, 1985–2010", evidence, StringComparison.Ordinal);

        var after = await editor.PressAsync(page, "Take back: Known");

        Assert.Contains("Taken back. The line now says “Work address”.", StaffBrowser.Words(after.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Equal(SignatureLevel.Domain, (await room.ReadAsync(signature)).Level);
        Assert.Equal(ChangeKind.Amend, (await fixture.App.QueryAsync(db => db.Changes.SingleAsync(c => c.SignatureId == signature.Id))).Kind);
        Assert.Equal(("take-back-evidence", "known"), ((await room.DoneAsync())[0].What, (await room.DoneAsync())[0].Detail));
        Assert.Contains(await room.ActsAsync(), a => (a.What, a.Detail, a.AccountId) == ("look", "address and evidence", editor.AccountId));
        Assert.Contains("Ended", StaffBrowser.Words(after.QuerySelector("section[aria-labelledby=evidence]")), StringComparison.Ordinal);
        var again = await editor.PressAsync(page, "Take back: Known");
        Assert.Contains("Nothing was done", StaffBrowser.Words(again.QuerySelector("[role=alert]")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_to_their_own_page_is_mailed_again()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signature = await room.SignAsync("Tomasz Ajdovnyk", SignatureState.Listed, s => s.Number = 402);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/signatures/{signature.Id}"), "Mail them the link again");

        Assert.Equal(MailKind.OwnPage, (await fixture.App.QueryAsync(db => db.Outbox.SingleAsync(m => m.SignatureId == signature.Id))).Kind);
    }

    [Fact]
    public async Task One_declined_by_mistake_is_set_aside_again_unless_the_address_has_signed_since()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var one = await room.SignAsync("Tomasz Ajdovnyk", SignatureState.Declined);
        var two = await room.SignAsync("Fenella Drystone", SignatureState.Declined);
        await room.SignAsync("Fenella Drystone", SignatureState.Confirmed, s => (s.Email, s.AddressTag) = (two.Email, two.AddressTag));
        using var editor = await room.EnterAsync(StaffRole.Editor);

        await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/signatures/{one.Id}"), "Set aside for another look");
        var refused = await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/signatures/{two.Id}"), "Set aside for another look");

        Assert.Equal(SignatureState.InReview, (await room.ReadAsync(one)).State);
        Assert.Contains("the same address stands with another signature", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Declined, (await room.ReadAsync(two)).State);
    }
}
