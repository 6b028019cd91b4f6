using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Abuse;
using Undersigned.Data;
using Undersigned.Grid;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Mail;

/// <summary>Whoever confirms is never dropped silently: each way in which staff decide against a name queues a mail, and none to who never confirmed.</summary>
public sealed class DecisionMailTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DateTimeOffset Due => fixture.Time.GetUtcNow() + OutboxMail.UntilDecided;

    [Fact]
    public async Task A_decline_at_review_is_told_when_it_can_no_longer_be_undone()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var confirmed = await room.SignAsync("Tomasz Ajdovnik", SignatureState.InReview);
        var never = await room.SignAsync("Mallory Prankster-Vane", SignatureState.InReview, s => (s.Source, s.ConfirmedAt, s.ConfirmedHow) = (SignatureSource.Import, null, null));
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        foreach (var one in new[] { confirmed, never })
            await reviewer.PressAsync(await reviewer.OpenAsync($"{room.Desk}/review/{one.Id}"), "Decline", ("why", "impersonation"));

        Assert.Equal(SignatureState.Declined, (await room.ReadAsync(never)).State);
        var mail = Assert.Single(await MailsAsync(room));
        Assert.Equal((confirmed.Id, MailState.Waiting, Due), (mail.SignatureId!.Value, mail.State, mail.DueAt));
    }

    [Fact]
    public async Task A_removal_in_the_grid_tells_those_who_stood_and_those_who_waited()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var waited = await room.SignAsync("Tomasz Ajdovnik");
        var stood = await room.SignAsync("Ottoline Fairweather-Nkemelu", SignatureState.Listed, s => s.Number = 7);
        using var owner = await room.EnterAsync(StaffRole.Owner);

        await using var scope = fixture.App.Services.CreateAsyncScope();
        var letter = await fixture.App.QueryAsync(db => db.Letters.SingleAsync(l => l.Id == room.LetterId));
        await scope.ServiceProvider.GetRequiredService<GridActs>().RemoveAsync(letter, (owner.AccountId, StaffRole.Owner), [waited.Id, stood.Id], "not-eligible", Cancellation);

        Assert.Equal([waited.Id, stood.Id], (await MailsAsync(room)).Select(m => m.SignatureId!.Value).Order());
    }

    [Fact]
    public async Task A_bulk_removal_tells_each_and_its_undo_is_told_in_its_place()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signatures = await room.SignAsync(["Anselm Okonkwo-Reiss", "Hyacinth Moravcová-Dube"], SignatureState.Listed);
        await room.ListAsync(signatures[0], 1);
        await room.ListAsync(signatures[1], 2);
        using var owner = await room.EnterAsync(StaffRole.Owner);

        await using var scope = fixture.App.Services.CreateAsyncScope();
        var letter = await fixture.App.QueryAsync(db => db.Letters.SingleAsync(l => l.Id == room.LetterId));
        var act = await scope.ServiceProvider.GetRequiredService<BulkRemoval>().RemoveAsync(letter, owner.AccountId, new Condition { Domain = "post.example" }, "other", 2, Cancellation);
        Assert.Equal(2, (await MailsAsync(room)).Count);

        await fixture.App.QueryAsync(db => db.UndoBulkAsync(letter, act!.Id, owner.AccountId, fixture.Time.GetUtcNow(), Cancellation));
        Assert.Equal(4, (await MailsAsync(room)).Count);
    }

    private Task<List<OutboxMail>> MailsAsync(StaffRoom room) => fixture.App.QueryAsync(db =>
        db.Outbox.AsNoTracking().Where(m => m.LetterId == room.LetterId && m.Kind == MailKind.Decided).OrderBy(m => m.Id).ToListAsync());
}
