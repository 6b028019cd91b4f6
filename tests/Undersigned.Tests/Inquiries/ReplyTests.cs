using Microsoft.EntityFrameworkCore;
using MimeKit;
using Undersigned.Data;
using Undersigned.Inquiries;
using Undersigned.Mail;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Mail;

namespace Undersigned.Tests.Inquiries;

public sealed class ReplyTests : IAsyncLifetime
{
    private TestApp app = null!;
    private Letter letter = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        letter = await app.LetterAsync("waterways");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_reply_to_our_mail_lies_beside_its_line_without_the_mail_it_answers()
    {
        var (signature, sent) = await MailedAsync("ada@post.example");
        var reply = Reply("ada@post.example", "Please write Lockwood-Vance.\n\nOn Monday, Weirkeepers wrote:\n> Dear Ada,\n> somebody wants to put this name\n", sent.MessageId);
        Assert.Equal(Taken.Request, await TakeAsync(reply));
        var request = await SingleAsync();
        Assert.Equal((InquiryKind.Reply, InquiryState.Waiting, signature.Id, "Please write Lockwood-Vance."), (request.Kind, request.State, request.SignatureId, request.Text));
        Assert.NotNull(request.ConfirmedAt);
        Assert.Equal(Taken.Again, await TakeAsync(reply));
        await SingleAsync();
    }

    [Fact]
    public async Task A_mail_of_ours_to_somebody_else_does_not_make_a_forged_sender_the_signer()
    {
        var (signature, _) = await MailedAsync("ada@post.example");
        await app.QueryAsync(db => db.Signatures.Where(s => s.Id == signature.Id).ExecuteUpdateAsync(u => u.SetProperty(s => s.State, SignatureState.Listed).SetProperty(s => s.Number, 1), Cancellation));
        Assert.True(EmailAddress.TryParse("mallory@evil.example", out var mallory, out _));
        await app.Get<Reports>().TakeAsync(letter.Id, signature.Id, InquiryKind.Wrong, "Anything.", mallory, Cancellation);
        var mail = await app.Inbox("mallory@evil.example").NextAsync();

        Assert.Equal(Taken.Request, await TakeAsync(Reply("ada@post.example", "Take my name off.", mail.Parse().MessageId)));
        var request = await app.QueryAsync(db => db.Inquiries.AsNoTracking().SingleAsync(i => i.Kind == InquiryKind.Reply, Cancellation));
        Assert.Equal((signature.Id, null), (request.SignatureId, request.ConfirmedAt));
        var line = await app.QueryAsync(db => db.Signatures.AsNoTracking().SingleAsync(Cancellation));
        Assert.False(Answering.MayWithdraw(request, line));

        // The mailbox that it went to is believed, whoever it is.
        await TakeAsync(Reply("Mallory+list@evil.example", "It is I.", mail.Parse().MessageId));
        Assert.NotNull((await app.QueryAsync(db => db.Inquiries.AsNoTracking().OrderBy(i => i.Id).LastAsync(Cancellation))).ConfirmedAt);
    }

    /// <summary>Its report holds, as headers of our mail, what is none.</summary>
    internal const string BadBounce = "From: MAILER-DAEMON@mx.post.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        + "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.post.example\r\n\r\nFinal-Recipient: rfc822; nobody@gone.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        + "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nno headers at all\r\n--b--\r\n";

    [Fact]
    public async Task A_mail_that_answers_none_of_ours_is_known_by_its_sender_and_not_trusted()
    {
        var (signature, _) = await MailedAsync("bela@post.example");
        Assert.Equal(Taken.Request, await TakeAsync(Reply("Bela <BELA@post.example>", "Where do I stand?")));
        var request = await SingleAsync();
        Assert.Equal((signature.Id, null), (request.SignatureId, request.ConfirmedAt));
        Assert.Equal(signature.AddressTag, request.AddressTag);
    }

    [Fact]
    public async Task A_strangers_mail_lies_in_the_inbox_without_a_line()
    {
        Assert.Equal(Taken.Request, await TakeAsync(Reply("press@paper.example", "How many of them are from Civil?")));
        Assert.Null((await SingleAsync()).SignatureId);
    }

    [Fact]
    public async Task A_message_id_that_is_not_ours_opens_nothing()
    {
        await MailedAsync("cleo@post.example");
        await TakeAsync(Reply("mallory@evil.example", "It is me, honestly.", "1-aaaaaaaaaaaaaaaaaaaaaaaa@letters.example"));
        Assert.Null((await SingleAsync()).SignatureId);
    }

    [Theory]
    [InlineData("Auto-Submitted", "auto-replied")]
    [InlineData("Precedence", "bulk")]
    [InlineData("X-Autoreply", "yes")]
    [InlineData("List-Id", "<news.example>")]
    public async Task What_a_machine_writes_is_no_request(string header, string value)
    {
        var (_, sent) = await MailedAsync("dora@post.example");
        var message = Reply("dora@post.example", "I am away until Monday.", sent.MessageId);
        message.Headers.Add(header, value);
        Assert.Equal(Taken.Ignored, await TakeAsync(message));
        Assert.Empty(await app.QueryAsync(db => db.Inquiries.ToListAsync(Cancellation)));
    }

    [Fact]
    public async Task A_bounce_marks_the_mail_as_refused()
    {
        var (_, sent) = await MailedAsync("nobody@gone.example");
        Assert.Equal(Taken.Bounce, await TakeAsync(Bounce(sent, "failed", "5.1.1")));
        var mail = await app.QueryAsync(db => db.Outbox.AsNoTracking().SingleAsync(Cancellation));
        Assert.Equal((MailState.Failed, "5.1.1"), (mail.State, mail.Verdict));
        Assert.Equal(Taken.Again, await TakeAsync(Bounce(sent, "failed", "5.1.1")));
        Assert.Empty(await app.QueryAsync(db => db.Inquiries.ToListAsync(Cancellation)));
    }

    [Fact]
    public async Task News_of_a_delay_changes_nothing()
    {
        var (_, sent) = await MailedAsync("slow@post.example");
        Assert.Equal(Taken.Ignored, await TakeAsync(Bounce(sent, "delayed", "4.4.1")));
        Assert.Equal(MailState.Sent, (await app.QueryAsync(db => db.Outbox.AsNoTracking().SingleAsync(Cancellation))).State);
    }

    [Fact]
    public async Task Bounces_of_one_domain_hold_its_mail_until_a_person_lets_it_go_on()
    {
        for (var i = 0; i < 10; i++)
        {
            var (_, sent) = await MailedAsync($"n{i}@gone.example");
            await TakeAsync(Bounce(sent, "failed", "5.1.1"));
        }
        Assert.Equal("gone.example", (await app.QueryAsync(db => db.OpenBreakers().SingleAsync(Cancellation))).Domain);
        await app.SignatureAsync(letter, "Late Comer", "late@gone.example");
        await app.SignatureAsync(letter, "Other Person", "other@post.example");
        await app.Inbox("other@post.example").NextAsync();
        Assert.Empty(app.MailServer.To("late@gone.example"));

        await app.QueryAsync(db => db.ReleaseBreakerAsync("gone.example", 1, DateTimeOffset.UtcNow, Cancellation));
        app.Get<WorkSignal>().Poke();
        await app.Inbox("late@gone.example").NextAsync();
    }

    [Fact]
    public async Task A_mail_without_plain_text_is_read_from_its_html_and_a_huge_one_only_by_its_headers()
    {
        var (signature, sent) = await MailedAsync("egon@post.example");
        var html = Reply("egon@post.example", "", sent.MessageId);
        html.Body = new TextPart("html") { Text = "<style>p{}</style><p>Two &amp; two</p><blockquote>Dear Egon</blockquote>" };
        await TakeAsync(html);
        Assert.Equal("Two & two", (await SingleAsync()).Text);

        var huge = Reply("egon@post.example", new string('x', 2 << 20), sent.MessageId);
        Assert.Equal(Taken.Request, await TakeAsync(huge));
        var latest = await app.QueryAsync(db => db.Inquiries.OrderBy(i => i.Id).LastAsync(Cancellation));
        Assert.Equal(signature.Id, latest.SignatureId);
        Assert.StartsWith("(The mail is larger than a megabyte", latest.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no mail at all")]
    [InlineData("From: x\r\n\r\n")]
    [InlineData(BadBounce)]
    public async Task What_is_no_mail_is_ignored(string text)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal(Taken.Ignored, await app.Get<Replies>().TakeAsync(stream, Cancellation));
    }

    private async Task<(Signature, MimeMessage)> MailedAsync(string email)
    {
        var signature = await app.SignatureAsync(letter, "Ada Lockwood", email);
        var mail = await app.Inbox(email).NextAsync();
        await Signing.SignStory.UntilAsync(() => app.QueryAsync(db => db.Outbox.AnyAsync(m => m.SignatureId == signature.Id && m.State == MailState.Sent, Cancellation)));
        using var stream = new MemoryStream(mail.Bytes);
        return (signature, await MimeMessage.LoadAsync(stream, Cancellation));
    }

    internal static MimeMessage Reply(string from, string text, string? answers = null)
    {
        var message = new MimeMessage { Subject = "Re: your code", Body = new TextPart("plain") { Text = text } };
        message.From.Add(MailboxAddress.Parse(from));
        message.To.Add(MailboxAddress.Parse("letters@weirkeepers.example"));
        if (answers is not null)
            message.InReplyTo = answers;
        return message;
    }

    private static MimeMessage Bounce(MimeMessage sent, string action, string status)
    {
        var report = new MultipartReport("delivery-status") { new TextPart("plain") { Text = "Your mail did not arrive." } };
        var delivery = new MessageDeliveryStatus();
        delivery.StatusGroups.Add(new HeaderList { { "Reporting-MTA", "dns; mx.post.example" } });
        delivery.StatusGroups.Add(new HeaderList { { "Final-Recipient", "rfc822; nobody@gone.example" }, { "Action", action }, { "Status", status } });
        report.Add(delivery);
        report.Add(new MessagePart { Message = sent });
        var message = new MimeMessage { Subject = "Undelivered", Body = report };
        message.From.Add(MailboxAddress.Parse("MAILER-DAEMON@mx.post.example"));
        return message;
    }

    private async Task<Taken> TakeAsync(MimeMessage message)
    {
        using var stream = new MemoryStream();
        await message.WriteToAsync(stream, Cancellation);
        stream.Position = 0;
        return await app.Get<Replies>().TakeAsync(stream, Cancellation);
    }

    private Task<Inquiry> SingleAsync() => app.QueryAsync(db => db.Inquiries.AsNoTracking().SingleAsync(Cancellation));
}
