using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Review;

public sealed class CorrectionTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private DateTimeOffset Now => fixture.Time.GetUtcNow();

    [Fact]
    public async Task A_correction_let_in_changes_the_line_once_and_says_what_kind()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var (signature, correction) = await AskAsync(room, SignatureState.Listed);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        var page = await reviewer.OpenAsync(room.Desk + "/review");
        Assert.Equal(["Name", "Years"], page.QuerySelectorAll("tr.differs th").Select(StaffBrowser.Words));
        Assert.Equal("update", page.QuerySelectorAll("input[name=why]").Cast<IHtmlInputElement>().Single(i => i.IsChecked).Value);
        var done = await reviewer.PressAsync(page, "Admit");
        await reviewer.PressAsync(page, "Admit");

        Assert.Contains("The correction is in.", StaffBrowser.Words(done.QuerySelector("[role=status]")), StringComparison.Ordinal);
        var row = await room.ReadAsync(signature);
        Assert.Equal(("Tomasz Ajdovnik", "tomasz ajdovnik", 2012), (row.Name, row.FoldedName, row.Posts[0].Years!.Value.To));
        var change = await fixture.App.QueryAsync(db => db.Changes.SingleAsync(c => c.SignatureId == signature.Id));
        Assert.Equal((ChangeKind.Amend, "update"), (change.Kind, change.Reason));
        var kept = await fixture.App.QueryAsync(db => db.Corrections.SingleAsync(c => c.Id == correction.Id));
        Assert.Equal((CorrectionState.Admitted, reviewer.AccountId, Now), (kept.State, kept.DecidedBy, kept.DecidedAt));
        Assert.Equal("admit-correction", Assert.Single(await room.ActsAsync()).What);
    }

    [Fact]
    public async Task A_correction_declined_leaves_the_line()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var (signature, correction) = await AskAsync(room, SignatureState.Listed);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        var page = await reviewer.OpenAsync($"{room.Desk}/review/corrections/{correction.Id}");

        await reviewer.PressAsync(page, "Decline");
        var late = await reviewer.PressAsync(page, "Admit");

        Assert.Contains("This correction was declined", StaffBrowser.Words(late.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal("Tomasz Ajdovnyk", (await room.ReadAsync(signature)).Name);
        var mail = await fixture.App.QueryAsync(db => db.Outbox.SingleAsync(m => m.SignatureId == signature.Id));
        Assert.Equal((MailKind.Decided, Now, Now + OutboxMail.UntilDecided), (mail.Kind, mail.CreatedAt, mail.DueAt));
        Assert.Equal(0, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.SignatureId == signature.Id)));
    }

    [Fact]
    public async Task Let_in_twice_at_the_same_moment_it_counts_once()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var (signature, correction) = await AskAsync(room, SignatureState.Listed);
        using var anselm = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        using var hyacinth = await room.EnterAsync(StaffRole.Reviewer);
        var path = $"{room.Desk}/review/corrections/{correction.Id}";
        var (one, two) = (await anselm.OpenAsync(path), await hyacinth.OpenAsync(path));

        await Task.WhenAll(anselm.PressAsync(one, "Admit"), hyacinth.PressAsync(two, "Admit"));

        Assert.Single(await room.ActsAsync());
        Assert.Equal(1, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.SignatureId == signature.Id)));
    }

    [Fact]
    public async Task One_that_is_only_on_its_way_is_let_in_anew_with_its_new_words()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var (signature, correction) = await AskAsync(room, SignatureState.Admitted);
        await room.WriteAsync(db => db.Changes.Add(Change.Of(ChangeKind.Sign, signature, Now)));
        var before = await fixture.App.QueryAsync(db => db.Changes.Where(c => c.SignatureId == signature.Id).Select(c => c.Id).SingleAsync());
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        await reviewer.PressAsync(await reviewer.OpenAsync($"{room.Desk}/review/corrections/{correction.Id}"), "Admit");

        var change = await fixture.App.QueryAsync(db => db.Changes.SingleAsync(c => c.SignatureId == signature.Id));
        Assert.Equal(ChangeKind.Sign, change.Kind);
        Assert.NotEqual(before, change.Id);
        Assert.Equal((SignatureState.Admitted, "Tomasz Ajdovnik"), ((await room.ReadAsync(signature)).State, (await room.ReadAsync(signature)).Name));
    }

    [Fact]
    public async Task A_line_that_was_withdrawn_is_not_corrected()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var (signature, correction) = await AskAsync(room, SignatureState.Listed);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        var page = await reviewer.OpenAsync($"{room.Desk}/review/corrections/{correction.Id}");
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == signature.Id).State = SignatureState.Withdrawn);

        var after = await reviewer.PressAsync(page, "Admit");

        Assert.Contains("The line left the list meanwhile", StaffBrowser.Words(after.QuerySelector("main")), StringComparison.Ordinal);
        Assert.Equal("Tomasz Ajdovnyk", (await room.ReadAsync(signature)).Name);
    }

    private async Task<(Signature, Correction)> AskAsync(StaffRoom room, SignatureState state)
    {
        var signature = await room.SignAsync("Tomasz Ajdovnyk", state, s => s.Number = state == SignatureState.Listed ? 402 : null);
        var correction = new Correction
        {
            LetterId = room.LetterId,
            SignatureId = signature.Id,
            Name = "Tomasz Ajdovnik",
            Posts = [new Post("Inspector", "Inspectorate of Dams and Locks", new YearSpan(1985, 2012))],
            ProposedAt = Now.AddMinutes(-5),
        };
        await room.WriteAsync(db => db.Corrections.Add(correction));
        return (signature, correction);
    }
}
