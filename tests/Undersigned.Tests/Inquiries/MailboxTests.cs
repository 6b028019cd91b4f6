using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Undersigned.Inquiries;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Mail;

namespace Undersigned.Tests.Inquiries;

/// <summary>Replies from a real mailbox, and from a mail server's pipe.</summary>
public sealed class MailboxTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_lies_in_the_mailbox_becomes_requests_once_and_stays_there()
    {
        await using var server = await Dovecot.StartAsync();
        await using var app = await TestApp.StartAsync(i => i with { Replies = server.Mailbox });
        var letter = await app.LetterAsync("waterways");
        var signature = await app.SignatureAsync(letter, "Ada Lockwood", "ada@post.example");
        await app.Inbox("ada@post.example").NextAsync();
        await server.DeliverAsync(ReplyTests.Reply("ada@post.example", "Please write Lockwood-Vance."));
        await server.DeliverAsync(ReplyTests.Reply("press@paper.example", "How many?"));

        var mailbox = app.Get<ReplyMailbox>();
        await mailbox.ReadAsync(Cancellation);
        var taken = await app.QueryAsync(db => db.Inquiries.OrderBy(i => i.Id).ToListAsync(Cancellation));
        Assert.Equal([signature.Id, null], taken.Select(i => i.SignatureId));
        Assert.Equal(0, await mailbox.ReadAsync(Cancellation));
        Assert.Equal(2, await app.QueryAsync(db => db.Inquiries.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_read_is_passed_over_and_those_behind_it_are_taken()
    {
        await using var server = await Dovecot.StartAsync();
        await using var app = await TestApp.StartAsync(i => i with { Replies = server.Mailbox });
        await app.LetterAsync("waterways");
        await server.DeliverAsync(await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(ReplyTests.BadBounce)), Cancellation));
        await server.DeliverAsync(ReplyTests.Reply("press@paper.example", "How many?"));

        var mailbox = app.Get<ReplyMailbox>();
        await mailbox.ReadAsync(Cancellation);
        Assert.Equal("How many?", (await app.QueryAsync(db => db.Inquiries.SingleAsync(Cancellation))).Text);
        Assert.Equal(0, await mailbox.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task A_mailbox_that_does_not_answer_is_said_and_tried_again()
    {
        await using var app = await TestApp.StartAsync(i => i with { Replies = new Uri("imap://letters:letmein@127.0.0.1:1") });
        await Signing.SignStory.UntilAsync(() => Task.FromResult(app.Get<ReplyMailbox>().Trouble is not null));
        Assert.Contains(app.Log, l => l.Contains("The mailbox of replies could not be read", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log, l => l.Contains("letmein", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_server_hands_a_mail_to_the_program()
    {
        await using var app = await TestApp.StartAsync();
        await app.LetterAsync("waterways");
        var program = Path.Combine(AppContext.BaseDirectory, "Undersigned.dll");
        List<string> arguments = [program, "mail", "receive", "--data", app.Instance.DataFolder];
        if (app.Instance.Database is { } database)
            arguments.AddRange(["--database", database]);
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardError = true })!;
        await ReplyTests.Reply("press@paper.example", "How many of them are from Civil?").WriteToAsync(process.StandardInput.BaseStream, Cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, await process.StandardError.ReadToEndAsync(Cancellation));
        Assert.Equal("How many of them are from Civil?", (await app.QueryAsync(db => db.Inquiries.SingleAsync(Cancellation))).Text);
    }
}
