using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Mail;

/// <summary>
/// Sends what is queued. A mail is claimed before it is sent, by compare-and-swap on its attempts and due time, so that two
/// outboxes on one database never send the same. A claim runs out by itself: after a crash the mail is sent again, and never lost.
/// </summary>
public sealed class Outbox(IDbContextFactory<UndersignedDb> databases, Instance instance, MailWriter writer, TimeProvider time, ILogger<Outbox> log) : IAsyncDisposable
{
    private const int Round = 48;
    private const int Lanes = 4;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(4);

    /// <summary>One minute, then twice as long each time up to four hours: the last try is two days after the first.</summary>
    private const int Tries = 20;

    private readonly List<SmtpTransport> lanes = [];

    /// <summary>
    /// Links to this machine's own name are of use to nobody elsewhere: with no public address mail waits, as it does with no mail server.
    /// </summary>
    public bool IsOpen => instance.Smtp is { } smtp && instance.MailFrom.Length > 0 && (smtp.IsLoopback || !instance.PublicUrl.IsLoopback);

    /// <summary>Sends one round of what is due; the number of mails it dealt with, 0 where nothing is due.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        if (!IsOpen)
            return 0;
        var claimed = await ClaimAsync(cancellation);
        if (claimed.Count == 0)
            return 0;
        var written = await WriteAsync(claimed, cancellation);
        await SendAsync(written, cancellation);
        return claimed.Count;
    }

    private async Task<List<OutboxMail>> ClaimAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var waiting = db.Outbox.AsNoTracking()
            .Where(m => m.State == MailState.Waiting && m.DueAt <= now && !db.Letters.Any(l => l.Id == m.LetterId && l.HoldMail)
                && !db.MailBreakers.Any(b => b.Domain == m.Domain && b.ReleasedAt == null)
                && (m.Kind != MailKind.FollowUp || !db.FollowUpMailings.Any(x => x.LetterId == m.LetterId && x.PausedAt != null))
                && (m.PostId == null || !db.Mailings.Any(x => x.PostId == m.PostId && x.PausedAt != null)));
        var claimed = new List<OutboxMail>();
        if (!await waiting.AnyAsync(cancellation))
            return claimed;
        var budget = await MailBudget.ReadAsync(db, instance, now, cancellation);
        var mayUpdate = budget.MaySendUpdates;
        // Somebody waits for a confirmation in front of the form; news of the list can wait for them, and updates for both.
        var found = await waiting.Where(m => !budget.Spent.Contains(m.LetterId) && (m.Kind != MailKind.Update && m.Kind != MailKind.FollowUp || mayUpdate.Contains(m.LetterId)))
            .OrderBy(m => m.Kind == MailKind.Confirmation || m.Kind == MailKind.OwnPage || m.Kind == MailKind.InquiryCode ? 0 : m.Kind == MailKind.Update || m.Kind == MailKind.FollowUp ? 2 : 1).ThenBy(m => m.DueAt).ThenBy(m => m.Id)
            .Take(Math.Min(Round, budget.Left)).ToListAsync(cancellation);
        var due = WithinBudget(found, budget);
        if (due.Count == 0)
            return claimed;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (var mail in due.OrderBy(m => m.Id))
            if (await SwapAsync(db, mail, now + Claim, mail.Attempts + 1, cancellation))
                claimed.Add(mail);
        await transaction.CommitAsync(cancellation);
        return claimed;
    }

    private static List<OutboxMail> WithinBudget(List<OutboxMail> found, MailBudget budget)
    {
        var updates = found.Where(IsForMany).GroupBy(m => m.LetterId).SelectMany(g => g.Take(budget.UpdatesOf(g.Key))).Take(budget.LeftForUpdates);
        return [.. found.Where(m => !IsForMany(m)), .. updates];
    }

    private static bool IsForMany(OutboxMail mail) => mail.Kind is MailKind.Update or MailKind.FollowUp;

    private static async Task<bool> SwapAsync(UndersignedDb db, OutboxMail mail, DateTimeOffset dueAt, int attempts, CancellationToken cancellation)
    {
        var rows = await db.Outbox
            .Where(m => m.Id == mail.Id && m.State == MailState.Waiting && m.Attempts == mail.Attempts && m.DueAt == mail.DueAt)
            .ExecuteUpdateAsync(u => u.SetProperty(m => m.DueAt, dueAt).SetProperty(m => m.Attempts, attempts), cancellation);
        (mail.DueAt, mail.Attempts) = (dueAt, attempts);
        return rows == 1;
    }

    /// <summary>All together; where that fails, each by itself, so that a mail that cannot be written costs no other one its turn.</summary>
    private async Task<List<Written>> WriteAsync(List<OutboxMail> mails, CancellationToken cancellation)
    {
        try
        {
            return await WriteTogetherAsync(mails, cancellation);
        }
        catch (Exception e) when (mails.Count == 1 && IsOfTheMail(e))
        {
            return [new Written(mails[0], null, SmtpTrouble.Unforeseen(e))];
        }
        catch (Exception e) when (IsOfTheMail(e))
        {
            var written = new List<Written>();
            foreach (var mail in mails)
                written.AddRange(await WriteAsync([mail], cancellation));
            return written;
        }
    }

    private static bool IsOfTheMail(Exception error) => error is not (DbException or OperationCanceledException) && error.InnerException is not DbException;

    private async Task<List<Written>> WriteTogetherAsync(List<OutboxMail> mails, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var facts = await MailFacts.ReadAsync(db, mails, writer.Keys, now, cancellation);
        var late = mails.Where(m => m.Kind == MailKind.Confirmation).Select(facts.SignatureOf)
            .Where(s => s.State == SignatureState.Submitted && s.CodeExpiresAt < now + Signature.CodeLifetime - TimeSpan.FromHours(1))
            .Select(s => s.Id).ToList();
        // The mail says 72 hours, however long it was held.
        if (late.Count > 0)
            await db.Signatures.Where(s => late.Contains(s.Id))
                .ExecuteUpdateAsync(u => u.SetProperty(s => s.CodeExpiresAt, now + Signature.CodeLifetime), cancellation);
        return [.. mails.Select(m => writer.Write(m, facts) is { } message ? new Written(m, message) : new Written(m, null, Why: facts.RefusalOf(m)))];
    }

    private async Task SendAsync(List<Written> written, CancellationToken cancellation)
    {
        var queue = Channel.CreateUnbounded<Written>();
        foreach (var mail in written)
            queue.Writer.TryWrite(mail);
        queue.Writer.Complete();
        while (lanes.Count < Lanes)
            lanes.Add(new SmtpTransport(instance.Smtp!));

        var results = Channel.CreateUnbounded<Result>();
        var sending = Task.WhenAll(lanes.Take(Math.Min(Lanes, written.Count)).Select(l => SendAsync(l, queue.Reader, results.Writer, cancellation)));
        var recording = RecordAsync(results.Reader);
        try
        {
            await sending;
        }
        finally
        {
            results.Writer.Complete();
            await recording;
        }
    }

    private async Task SendAsync(SmtpTransport lane, ChannelReader<Written> queue, ChannelWriter<Result> results, CancellationToken cancellation)
    {
        SmtpTrouble? broken = null;
        await foreach (var (mail, message, unwritten, why) in queue.ReadAllAsync(CancellationToken.None))
        {
            if (unwritten is not null)
                results.TryWrite(ResultOf(mail, unwritten));
            else if (message is null)
                results.TryWrite(new Result(mail, MailState.Suppressed, why));
            else if (cancellation.IsCancellationRequested || mail.DueAt - time.GetUtcNow() < 4 * SmtpTransport.Patience)
                results.TryWrite(new Result(mail, MailState.Waiting, null));
            else
            {
                // What fails before any mail is named would fail for the rest of the round as well.
                var trouble = broken ?? await TrySendAsync(lane, message, cancellation);
                results.TryWrite(ResultOf(mail, trouble));
                broken = trouble is { IsOfConnection: true } ? trouble : null;
            }
            message?.Dispose();
        }
    }

    private static async Task<SmtpTrouble?> TrySendAsync(SmtpTransport lane, MimeMessage message, CancellationToken cancellation)
    {
        try
        {
            return await lane.SendAsync(message, cancellation);
        }
        catch (OperationCanceledException)
        {
            return new SmtpTrouble(SmtpFault.TimedOut, "stopped");
        }
    }

    private Result ResultOf(OutboxMail mail, SmtpTrouble? trouble)
    {
        if (trouble is null)
            return new Result(mail, MailState.Sent, null);
        var failed = trouble.IsPermanent || mail.Attempts >= Tries;
        log.LogWarning("Mail {Mail} of letter {Letter} {Outcome}: {Verdict}", mail.Id, mail.LetterId, failed ? "failed" : "waits", trouble.Verdict);
        return new Result(mail, failed ? MailState.Failed : MailState.Waiting, trouble.Verdict);
    }

    /// <summary>Writes results as they come, as many in one transaction as there are.</summary>
    private async Task RecordAsync(ChannelReader<Result> results)
    {
        while (await results.WaitToReadAsync())
        {
            await using var db = await databases.CreateDbContextAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var refusedBy = new HashSet<string>(StringComparer.Ordinal);
            while (results.TryRead(out var result))
            {
                await RecordAsync(db, result);
                if (result.State == MailState.Failed)
                    refusedBy.Add(result.Mail.Domain);
            }
            foreach (var domain in refusedBy)
                await db.ConsiderBreakerAsync(domain, time.GetUtcNow(), CancellationToken.None);
            await transaction.CommitAsync();
        }
    }

    private async Task RecordAsync(UndersignedDb db, Result result)
    {
        var (mail, state, verdict) = result;
        var now = time.GetUtcNow();
        // Not tried at all: due at once, and the claim was no attempt.
        var (dueAt, attempts) = state != MailState.Waiting ? (mail.DueAt, mail.Attempts)
            : verdict is null ? (now, mail.Attempts - 1) : (now + WaitAfter(mail.Attempts), mail.Attempts);
        await db.Outbox
            .Where(m => m.Id == mail.Id && m.Attempts == mail.Attempts && m.DueAt == mail.DueAt)
            .ExecuteUpdateAsync(u => u
                .SetProperty(m => m.State, state)
                .SetProperty(m => m.DueAt, dueAt)
                .SetProperty(m => m.Attempts, attempts)
                .SetProperty(m => m.SentAt, state == MailState.Sent ? now : null)
                .SetProperty(m => m.Verdict, verdict));
    }

    private static TimeSpan WaitAfter(int attempts)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(attempts - 1, 16));
        return wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>Ends the connections; the next mail opens new ones.</summary>
    public async Task RestAsync()
    {
        foreach (var lane in lanes)
            await lane.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes)
            await lane.DisposeAsync();
        lanes.Clear();
    }

    /// <summary>No message where the mail is not to be sent any more, or could not be written.</summary>
    private sealed record Written(OutboxMail Mail, MimeMessage? Message, SmtpTrouble? Unwritten = null, string? Why = null);

    private sealed record Result(OutboxMail Mail, MailState State, string? Verdict);
}
