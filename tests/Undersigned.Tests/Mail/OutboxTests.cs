using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Undersigned.Data;
using Undersigned.Mail;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Mail;

/// <summary>The outbox, driven step by step on a clock that the test moves.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    private TestApp app = null!;
    private Outbox outbox = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(configure: ByHand);
        outbox = NewOutbox(app);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private void ByHand(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.RemoveAll<IHostedService>();
    }

    private static Outbox NewOutbox(TestApp app) => ActivatorUtilities.CreateInstance<Outbox>(app.Services);

    public async ValueTask DisposeAsync()
    {
        await outbox.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_temporary_refusal_is_tried_again_after_a_growing_wait()
    {
        var letter = await app.LetterAsync("later");
        await app.SignatureAsync(letter, "Ada Quill-Ferrante", "ada.later451@post.example");
        Assert.Equal(1, await outbox.SendDueAsync(Stop));
        var waiting = await OnlyMailAsync();
        Assert.Equal((MailState.Waiting, 1, "451 4.2.0"), (waiting.State, waiting.Attempts, waiting.Verdict));
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromMinutes(1), waiting.DueAt);

        Assert.Equal(0, await outbox.SendDueAsync(Stop));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await outbox.SendDueAsync(Stop));
        var sent = await OnlyMailAsync();
        Assert.Equal((MailState.Sent, clock.GetUtcNow(), null), (sent.State, sent.SentAt, sent.Verdict));
        Assert.Equal(1, app.Inbox("ada.later451@post.example").Count);
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_fails_at_once_and_keeps_only_the_status()
    {
        await app.SignatureAsync(await app.LetterAsync("bounce"), "Ada Quill-Ferrante", "ada.bounce550@post.example");
        await outbox.SendDueAsync(Stop);
        var mail = await OnlyMailAsync();
        Assert.Equal((MailState.Failed, "550 5.1.1"), (mail.State, mail.Verdict));
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await outbox.SendDueAsync(Stop));
    }

    [Fact]
    public async Task A_mail_server_that_is_down_costs_no_mail_for_two_days()
    {
        await app.SignatureAsync(await app.LetterAsync("down"), "Ada Quill-Ferrante", "ada@post.example");
        await using var nowhere = ActivatorUtilities.CreateInstance<Outbox>(app.Services, app.Instance with { Smtp = new Uri("smtp://127.0.0.1:1") });
        var begun = clock.GetUtcNow();
        OutboxMail mail;
        do
        {
            Assert.Equal(1, await nowhere.SendDueAsync(Stop));
            mail = await OnlyMailAsync();
            if (mail.State == MailState.Waiting)
                clock.Advance(mail.DueAt - clock.GetUtcNow());
        }
        while (mail.State == MailState.Waiting);
        Assert.Equal((MailState.Failed, "port refused"), (mail.State, mail.Verdict));
        Assert.InRange(clock.GetUtcNow() - begun, TimeSpan.FromHours(47), TimeSpan.FromHours(49));
    }

    [Fact]
    public async Task Without_a_mail_server_or_a_public_address_mail_waits_untouched()
    {
        await app.SignatureAsync(await app.LetterAsync("none"), "Ada Quill-Ferrante", "ada@post.example");
        await using var none = ActivatorUtilities.CreateInstance<Outbox>(app.Services, app.Instance with { Smtp = null });
        await using var local = ActivatorUtilities.CreateInstance<Outbox>(app.Services,
            app.Instance with { Smtp = new Uri("smtp://mail.example:25"), PublicUrl = new Uri("http://127.0.0.1:5080") });
        Assert.Equal((0, 0), (await none.SendDueAsync(Stop), await local.SendDueAsync(Stop)));
        Assert.Equal(0, (await OnlyMailAsync()).Attempts);
    }

    [Fact]
    public async Task A_held_letter_sends_nothing_until_the_hold_ends_and_its_digits_then_last_as_long_as_the_mail_says()
    {
        var letter = await app.LetterAsync("held", l => l.HoldMail = true);
        var signature = await app.SignatureAsync(letter, "Ada Quill-Ferrante", "ada@post.example");
        await app.SignatureAsync(await app.LetterAsync("open"), "Ada Quill-Ferrante", "ada@elsewhere.example");
        Assert.Equal(1, await outbox.SendDueAsync(Stop));
        Assert.Equal(0, app.Inbox("ada@post.example").Count);

        clock.Advance(TimeSpan.FromDays(4));
        await app.QueryAsync(db => db.Letters.Where(l => l.Id == letter.Id).ExecuteUpdateAsync(u => u.SetProperty(l => l.HoldMail, false)));
        Assert.Equal(1, await outbox.SendDueAsync(Stop));
        Assert.Equal(1, app.Inbox("ada@post.example").Count);
        var expires = await app.QueryAsync(db => db.Signatures.Where(s => s.Id == signature.Id).Select(s => s.CodeExpiresAt).SingleAsync());
        Assert.Equal(clock.GetUtcNow() + Signature.CodeLifetime, expires);
    }

    [Fact]
    public async Task An_address_gets_five_mails_about_a_letter_and_no_sixth()
    {
        var signature = await app.SignatureAsync(await app.LetterAsync("five"), "Ada Quill-Ferrante", "ada@post.example", MailKind.OwnPage,
            s => (s.State, s.ConfirmedAt) = (SignatureState.Confirmed, clock.GetUtcNow()));
        for (var i = 0; i < 6; i++)
            await app.QueueAsync(signature, MailKind.OwnPage);
        await outbox.SendDueAsync(Stop);
        Assert.Equal(5, app.Inbox("ada@post.example").Count);
        Assert.Equal(2, await app.QueryAsync(db => db.Outbox.CountAsync(m => m.State == MailState.Suppressed && m.Verdict == OutboxMail.OverBudget)));
    }

    [Fact]
    public async Task A_mailbox_gets_three_unconfirmed_mails_a_day_over_all_letters_and_more_the_day_after()
    {
        for (var i = 0; i < 4; i++)
            await app.SignatureAsync(await app.LetterAsync($"spread-{i}"), "Ada Quill-Ferrante", i % 2 == 0 ? "ada@post.example" : "ADA+list@post.example");
        await outbox.SendDueAsync(Stop);
        Assert.Equal(3, app.MailServer.Mails.Count);

        clock.Advance(TimeSpan.FromHours(25));
        await app.SignatureAsync(await app.LetterAsync("next-day"), "Ada Quill-Ferrante", "ada@post.example");
        await outbox.SendDueAsync(Stop);
        Assert.Equal(4, app.MailServer.Mails.Count);
    }

    [Fact]
    public async Task A_mail_whose_time_has_passed_is_not_sent_and_no_mailbox_is_blamed()
    {
        await app.SignatureAsync(await app.LetterAsync("passed"), "Ada Quill-Ferrante", "ada@post.example", MailKind.Listed);
        await outbox.SendDueAsync(Stop);
        Assert.Equal((MailState.Suppressed, null), ((await OnlyMailAsync()).State, (await OnlyMailAsync()).Verdict));
    }

    [Fact]
    public async Task Who_said_that_it_was_not_them_gets_no_further_mail_about_the_letter()
    {
        var letter = await app.LetterAsync("blocked");
        var signature = await app.SignatureAsync(letter, "Ada Quill-Ferrante", "ada@post.example");
        await app.QueryAsync(db =>
        {
            db.BlockedAddresses.Add(new BlockedAddress { LetterId = letter.Id, AddressTag = signature.AddressTag!, At = clock.GetUtcNow() });
            return db.SaveChangesAsync();
        });
        await outbox.SendDueAsync(Stop);
        Assert.Equal((MailState.Suppressed, OutboxMail.Blocked, 0), ((await OnlyMailAsync()).State, (await OnlyMailAsync()).Verdict, app.Inbox("ada@post.example").Count));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_written_waits_alone_and_fails_at_last()
    {
        var letter = await app.LetterAsync("unwritten");
        var poison = await app.SignatureAsync(letter, "Bela Weir", "bela@post.example", MailKind.OwnPage);
        await app.QueryAsync(db => db.Outbox.ExecuteUpdateAsync(u => u.SetProperty(m => m.SignatureId, (long?)null)));
        await app.SignatureAsync(letter, "Ada Quill-Ferrante", "ada@post.example");
        Assert.Equal(2, await outbox.SendDueAsync(Stop));
        Assert.Equal(1, app.Inbox("ada@post.example").Count);
        var mail = await PoisonAsync();
        Assert.Equal((MailState.Waiting, 1, clock.GetUtcNow() + TimeSpan.FromMinutes(1)), (mail.State, mail.Attempts, mail.DueAt));
        Assert.NotNull(mail.Verdict);
        while ((mail = await PoisonAsync()).State == MailState.Waiting)
        {
            clock.Advance(mail.DueAt - clock.GetUtcNow());
            Assert.Equal(1, await outbox.SendDueAsync(Stop));
        }
        Assert.Equal((MailState.Failed, 20), (mail.State, mail.Attempts));
        Assert.Equal("Bela Weir", poison.Name);

        Task<OutboxMail> PoisonAsync() => app.QueryAsync(db => db.Outbox.AsNoTracking().SingleAsync(m => m.SignatureId == null));
    }

    [Fact]
    public async Task An_answered_report_whose_address_is_forgotten_holds_up_no_mail()
    {
        var letter = await app.LetterAsync("forgotten");
        var line = await app.SignatureAsync(letter, "Ada Quill-Ferrante", "ada@post.example", null, s => (s.State, s.Number) = (SignatureState.Listed, 1));
        var keys = app.Get<InstanceKeys>();
        await app.QueryAsync(async db =>
        {
            var forgotten = new Inquiry { LetterId = letter.Id, SignatureId = line.Id, Kind = InquiryKind.Wrong, State = InquiryState.Answered, SubmittedAt = clock.GetUtcNow(), AnsweredAt = clock.GetUtcNow() };
            forgotten.EndKeeping();
            Assert.True(EmailAddress.TryParse("neighbour@post.example", out var address, out _));
            var report = new Inquiry
            {
                LetterId = letter.Id,
                SignatureId = line.Id,
                Kind = InquiryKind.NotMe,
                AddressTag = keys.AddressTag(letter.Id, address),
                EmailDomain = address.Domain,
                SubmittedAt = clock.GetUtcNow(),
                CodeRound = 1,
                Email = address.ToString(),
                Text = "It is not them.",
            };
            db.Inquiries.AddRange(forgotten, report);
            await db.SaveChangesAsync();
            db.Queue(report, MailKind.InquiryCode, clock.GetUtcNow(), clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        await outbox.SendDueAsync(Stop);
        Assert.NotNull((await app.Inbox("neighbour@post.example").NextAsync()).Code);
    }

    [Fact]
    public async Task Two_outboxes_on_one_database_send_every_mail_once()
    {
        var letter = await app.LetterAsync("two");
        for (var i = 0; i < 150; i++)
            await app.SignatureAsync(letter, "Ada Quill-Ferrante", $"ada{i}@post.example");
        await using var other = NewOutbox(app);
        await Task.WhenAll(DrainAsync(outbox), DrainAsync(other));
        Assert.Equal(150, app.MailServer.Mails.Count);
        Assert.Equal(150, app.MailServer.Mails.Select(m => m.To).Distinct().Count());
        Assert.Equal(150, await app.QueryAsync(db => db.Outbox.CountAsync(m => m.State == MailState.Sent && m.Attempts == 1)));

        static async Task DrainAsync(Outbox box)
        {
            while (await box.SendDueAsync(Stop) > 0)
            {
            }
        }
    }

    [Fact]
    public async Task A_mail_whose_outbox_died_after_claiming_it_is_sent_when_the_claim_runs_out()
    {
        await app.SignatureAsync(await app.LetterAsync("died"), "Ada Quill-Ferrante", "ada@post.example");
        await app.QueryAsync(db => db.Outbox.ExecuteUpdateAsync(u => u
            .SetProperty(m => m.Attempts, 1).SetProperty(m => m.DueAt, clock.GetUtcNow() + TimeSpan.FromMinutes(5))));
        Assert.Equal(0, await outbox.SendDueAsync(Stop));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await outbox.SendDueAsync(Stop));
        Assert.Equal(1, app.Inbox("ada@post.example").Count);
    }

    [Fact]
    public async Task New_waiting_listed_and_blocked_addresses_leave_the_same_rows_and_only_the_mail_differs()
    {
        var letter = await app.LetterAsync("oracle");
        await app.SignatureAsync(letter, "Ada Quill-Ferrante", "listed@post.example", null, s => (s.State, s.Number) = (SignatureState.Listed, 1));
        string[] addresses = ["new@post.example", "listed@post.example"];
        foreach (var address in addresses)
            await app.SignatureAsync(letter, "Ada Quill-Ferrante", address);
        await outbox.SendDueAsync(Stop);
        var rows = await app.QueryAsync(db => db.Outbox.Select(m => new { m.Kind, m.State, m.Attempts, m.DueAt, m.Domain }).ToListAsync());
        Assert.Equal(rows[0], rows[1]);
        Assert.NotNull((await app.Inbox("new@post.example").NextAsync()).Code);
        Assert.Null((await app.Inbox("listed@post.example").NextAsync()).Code);
    }

    [Fact]
    public async Task The_log_of_a_busy_outbox_holds_no_name_and_no_address()
    {
        var letter = await app.LetterAsync("quiet");
        await app.SignatureAsync(letter, "Ada Quill-Ferrante", "ada.bounce550@post.example");
        await app.SignatureAsync(letter, "Ada Quill-Ferrante", "ada.later451@post.example");
        await app.SignatureAsync(letter, "Ada Quill-Ferrante", "ada@post.example");
        await outbox.SendDueAsync(Stop);
        Assert.Contains(app.Log, l => l.Contains("failed: 550 5.1.1", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log, l => l.Contains("post.example", StringComparison.Ordinal) || l.Contains("Quill", StringComparison.Ordinal));
    }

    private Task<OutboxMail> OnlyMailAsync() => app.QueryAsync(db => db.Outbox.AsNoTracking().SingleAsync());
}
