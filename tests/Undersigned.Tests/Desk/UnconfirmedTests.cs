using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Desk;

public sealed class UnconfirmedTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private DateTimeOffset Now => fixture.Time.GetUtcNow();

    [Fact]
    public async Task All_are_sent_again_in_two_clicks_with_new_digits_and_one_whose_mail_still_waits_once()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signed = await room.SignAsync(["Hal Leat", "Ina Dyke", "Jon Bank"], SignatureState.Submitted, s => s.CodeTries = 5);
        await room.SignAsync("Emil Ford");
        await MailAsync(room, signed[0], MailState.Sent);
        await MailAsync(room, signed[1], MailState.Failed, "550 5.1.1");
        await MailAsync(room, signed[2], MailState.Waiting);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var today = await owner.OpenAsync(room.Desk);

        var page = await owner.OpenAsync(today.QuerySelector("a[href$='/unconfirmed']")!.GetAttribute("href")!);
        var after = await owner.PressAsync(page, "Send to all 3 again");

        Assert.Contains("2 mails leave with new digits", StaffBrowser.Words(after.QuerySelector("[role=status]")), StringComparison.Ordinal);
        var rows = await room.ReadAllAsync();
        Assert.Equal([1, 1, 0, 0], rows.Select(s => s.CodeRound));
        Assert.Equal(0, rows[0].CodeTries);
        Assert.Equal(3, await fixture.App.QueryAsync(db => db.Outbox.CountAsync(m => m.LetterId == room.LetterId && m.State == MailState.Waiting)));
        Assert.Equal(2, (await room.ActsAsync()).Count(a => a.What == "resend"));
    }

    [Fact]
    public async Task One_is_sent_again_and_says_what_became_of_the_last_mail()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signed = await room.SignAsync(["Hal Leat", "Ina Dyke"], SignatureState.Submitted);
        await MailAsync(room, signed[0], MailState.Failed, "550 5.1.1");
        using var editor = await room.EnterAsync(StaffRole.Editor);

        var page = await editor.OpenAsync(room.Desk + "/unconfirmed");
        Assert.Contains("refused (550 5.1.1)", StaffBrowser.Words(page.QuerySelector(".people")), StringComparison.Ordinal);
        Assert.Contains("post.example 1", StaffBrowser.Words(page.QuerySelector("#bounces")), StringComparison.Ordinal);
        await editor.PressAsync(page, "Send again to Hal Leat");

        Assert.Equal([1, 0], (await room.ReadAllAsync()).Select(s => s.CodeRound));
    }

    [Fact]
    public async Task A_mailbox_that_had_as_many_as_it_may_keeps_its_digits()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signed = await room.SignAsync(["Hal Leat", "Ina Dyke"], SignatureState.Submitted, s => s.CodeTries = 2);
        Assert.True(EmailAddress.TryParse(signed[0].Email, out var address, out _));
        for (var i = 0; i < OutboxMail.MostUnconfirmedADay; i++)
            await MailAsync(room, signed[0], MailState.Sent, mailbox: fixture.App.Get<InstanceKeys>().MailboxTag(address));
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var page = await owner.PressAsync(await owner.OpenAsync(room.Desk + "/unconfirmed"), "Send to all 2 again");

        var said = StaffBrowser.Words(page.QuerySelector("[role=status]"));
        Assert.Contains("1 mail leaves with new digits", said, StringComparison.Ordinal);
        Assert.Contains("1 mailbox has had as many mails as a mailbox may", said, StringComparison.Ordinal);
        Assert.Equal([(0, 2), (1, 0)], (await room.ReadAllAsync()).Select(s => (s.CodeRound, s.CodeTries)));
        page = await owner.PressAsync(page, "Send again to Hal Leat");
        Assert.Contains("Nothing was added. 1 mailbox has", StaffBrowser.Words(page.QuerySelector("[role=status]")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_are_sent_again_however_many_and_one_mailbox_of_several_names_only_as_often_as_it_may()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Enumerable.Range(0, 450).Select(i => $"Hal Leat {i}"), SignatureState.Submitted);
        await room.SignAsync(Enumerable.Range(0, 4).Select(i => $"Ina Dyke {i}"), SignatureState.Submitted, s => s.Email = "ina.dykes@post.example");
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var page = await owner.PressAsync(await owner.OpenAsync(room.Desk + "/unconfirmed"), "Send to all 454 again");
        Assert.Contains("453 mails leave", StaffBrowser.Words(page.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Equal([1, 1, 1, 0], (await room.ReadAllAsync()).Skip(450).Select(s => s.CodeRound));
    }

    [Fact]
    public async Task Why_a_mail_was_not_sent_is_said_as_it_is()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signed = await room.SignAsync(["Hal Leat", "Ina Dyke", "Jon Bank"], SignatureState.Submitted);
        await MailAsync(room, signed[0], MailState.Suppressed, OutboxMail.OverBudget);
        await MailAsync(room, signed[1], MailState.Suppressed, OutboxMail.Blocked);
        await MailAsync(room, signed[2], MailState.Suppressed);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var page = await owner.OpenAsync(room.Desk + "/unconfirmed");
        var said = page.QuerySelectorAll(".people li").Select(StaffBrowser.Words).ToList();
        Assert.Contains("not sent: this mailbox had as many mails as it may", said[0], StringComparison.Ordinal);
        Assert.Contains("not sent: whoever reads this mailbox said that it was not them", said[1], StringComparison.Ordinal);
        Assert.Contains("not sent: taken back", said[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reviewer_reads_masked_addresses_and_can_send_nothing()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signature = await room.SignAsync("Hal Leat", SignatureState.Submitted);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var page = await reviewer.OpenAsync(room.Desk + "/unconfirmed");

        Assert.DoesNotContain(signature.Email!, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("…", StaffBrowser.Words(page.QuerySelector(".people")), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".people button"));
        Assert.Contains(signature.Email!, (await owner.OpenAsync(room.Desk + "/unconfirmed")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, SignatureState.Confirmed)]
    [InlineData(false, SignatureState.Admitted)]
    public async Task Confirmed_by_telephone_goes_on_as_by_code_and_says_how(bool glance, SignatureState then)
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.GlanceRequired = glance);
        var signature = await room.SignAsync("Hal Leat", SignatureState.Submitted);
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var page = await owner.PressAsync(await owner.OpenAsync(room.Desk + "/unconfirmed"), "Confirmed by telephone");

        Assert.Contains("recorded as such", StaffBrowser.Words(page.QuerySelector("[role=status]")), StringComparison.Ordinal);
        var row = await room.ReadAsync(signature);
        Assert.Equal((then, ConfirmationHow.Telephone, Now), (row.State, row.ConfirmedHow, row.ConfirmedAt));
        var act = Assert.Single(await room.DoneAsync());
        Assert.Equal(("confirm-by-telephone", signature.Id, owner.AccountId), (act.What, act.SignatureId, act.AccountId));
        Assert.Equal(glance ? 0 : 1, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.SignatureId == signature.Id)));
    }

    [Fact]
    public async Task By_telephone_nobody_signs_twice_and_an_editor_cannot()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var stands = await room.SignAsync("Hal Leat");
        var again = await room.SignAsync("Hal Leat", SignatureState.Submitted, s => (s.Email, s.AddressTag) = (stands.Email, stands.AddressTag));
        using var owner = await room.EnterAsync(StaffRole.Owner);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await owner.OpenAsync(room.Desk + "/unconfirmed");

        Assert.DoesNotContain("telephone", StaffBrowser.Words((await editor.OpenAsync(room.Desk + "/unconfirmed")).QuerySelector(".people")), StringComparison.Ordinal);
        var refused = await owner.PressAsync(page, "Confirmed by telephone");

        Assert.Contains("stands with another signature already", StaffBrowser.Words(refused.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Submitted, (await room.ReadAsync(again)).State);
        Assert.Empty(await room.DoneAsync());
    }

    private Task MailAsync(StaffRoom room, Signature signature, MailState state, string? verdict = null, byte[]? mailbox = null) => room.WriteAsync(db => db.Outbox.Add(new OutboxMail
    {
        LetterId = room.LetterId,
        SignatureId = signature.Id,
        Kind = MailKind.Confirmation,
        State = state,
        MailboxTag = mailbox ?? [1],
        Domain = "post.example",
        CreatedAt = Now,
        DueAt = Now.AddDays(1),
        SentAt = state == MailState.Sent ? Now : null,
        Verdict = verdict,
    }));
}
