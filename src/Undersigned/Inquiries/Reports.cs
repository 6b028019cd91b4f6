using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Inquiries;

public enum ReportResult
{
    Done,
    /// <summary>This address has a report about this line already.</summary>
    ReportedBefore,
    WrongCode,
    /// <summary>Five tries are used up, or 72 hours over.</summary>
    CodeDead,
    NotWaiting,
}

public sealed record ReportOutcome(ReportResult Result, int TriesLeft = 0);

/// <summary>
/// Takes a report about a line and confirms its address by six digits. As with signatures, what is written and said is the same whatever
/// the address did before; only its mail differs.
/// </summary>
public sealed class Reports(GroupCommit commits, InstanceKeys keys, WorkSignal signal, TimeProvider time)
{
    public async Task<long> TakeAsync(long letterId, long signatureId, InquiryKind kind, string text, EmailAddress address, CancellationToken cancellation)
    {
        var language = Tongue.Current;
        var id = await commits.RunAsync(async (db, c) =>
        {
            var now = time.GetUtcNow();
            var report = new Inquiry
            {
                LetterId = letterId,
                SignatureId = signatureId,
                Kind = kind,
                AddressTag = keys.AddressTag(letterId, address),
                EmailDomain = address.Domain,
                SubmittedAt = now,
                CodeRound = 1,
                CodeExpiresAt = now + Signature.CodeLifetime,
                Email = address.ToString(),
                Text = text,
                Language = language,
            };
            db.Inquiries.Add(report);
            await db.SaveChangesAsync(c);
            db.Queue(report, MailKind.InquiryCode, now, now);
            await db.SaveChangesAsync(c);
            return report.Id;
        }, cancellation);
        signal.Poke();
        return id;
    }

    public Task<ReportOutcome> ConfirmAsync(long id, string? code, CancellationToken cancellation) =>
        commits.RunAsync((db, c) => ConfirmAsync(db, id, code, c), cancellation);

    private async Task<ReportOutcome> ConfirmAsync(UndersignedDb db, long id, string? code, CancellationToken cancellation)
    {
        var report = await db.Inquiries.SingleAsync(i => i.Id == id, cancellation);
        if (report.State != InquiryState.Submitted)
            return new(ReportResult.NotWaiting);
        if (await TryCodeAsync(db, report, code, cancellation) is { } failed)
            return failed;
        var now = time.GetUtcNow();
        if (await db.Inquiries.AnyAsync(i => i.SignatureId == report.SignatureId && i.AddressTag == report.AddressTag && i.Id != id
            && (i.Kind == InquiryKind.NotMe || i.Kind == InquiryKind.Wrong) && (i.State == InquiryState.Waiting || i.State == InquiryState.Answered), cancellation))
        {
            report.Forget();
            await db.SaveChangesAsync(cancellation);
            return new(ReportResult.ReportedBefore);
        }
        var promise = await db.Letters.Where(l => l.Id == report.LetterId).Select(l => l.PromiseHours).SingleAsync(cancellation);
        (report.State, report.ConfirmedAt, report.DueAt) = (InquiryState.Waiting, now, now + TimeSpan.FromHours(promise));
        report.CodeRound++;
        await db.SaveChangesAsync(cancellation);
        return new(ReportResult.Done);
    }

    /// <summary>Null where it is the code. Tries are counted by the database, so that guesses at the same moment cannot be more than five.</summary>
    private async Task<ReportOutcome?> TryCodeAsync(UndersignedDb db, Inquiry report, string? code, CancellationToken cancellation)
    {
        var (id, round) = (report.Id, report.CodeRound);
        if (time.GetUtcNow() >= report.CodeExpiresAt)
            return new(ReportResult.CodeDead);
        var counted = await db.Inquiries
            .Where(i => i.Id == id && i.State == InquiryState.Submitted && i.CodeRound == round && i.CodeTries < Signature.TriesPerCode)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.CodeTries, i => i.CodeTries + 1), cancellation);
        if (counted == 0)
            return new(ReportResult.CodeDead);
        if (SixDigits.Matches(code, keys.InquiryCode(id, round)))
            return null;
        var tries = await db.Inquiries.Where(i => i.Id == id).Select(i => i.CodeTries).SingleAsync(cancellation);
        return tries >= Signature.TriesPerCode ? new(ReportResult.CodeDead) : new(ReportResult.WrongCode, Signature.TriesPerCode - tries);
    }

    /// <summary>New digits by a new mail, as far as the mailbox's budget goes; the ones before die only where a mail will come.</summary>
    public async Task SendAgainAsync(long id, CancellationToken cancellation)
    {
        await commits.RunAsync(async (db, c) =>
        {
            var now = time.GetUtcNow();
            var report = await db.Inquiries.SingleAsync(i => i.Id == id, c);
            if (report.State != InquiryState.Submitted || !EmailAddress.TryParse(report.Email, out var address, out _)
                || !await MailAllowance.AllowsAsync(db, report.LetterId, MailKind.InquiryCode, keys.MailboxTag(address), now, c))
                return false;
            (report.CodeRound, report.CodeTries, report.CodeExpiresAt) = (report.CodeRound + 1, 0, now + Signature.CodeLifetime);
            db.Queue(report, MailKind.InquiryCode, now, now);
            await db.SaveChangesAsync(c);
            return true;
        }, cancellation);
        signal.Poke();
    }

    /// <summary>Forgets what was never confirmed, and the count of what signers did at once.</summary>
    public Task<int> ExpireAsync(CancellationToken cancellation) => commits.RunAsync(async (db, c) =>
    {
        var now = time.GetUtcNow();
        foreach (var report in await db.Inquiries.Where(i => i.State == InquiryState.Submitted && i.CodeExpiresAt <= now).OrderBy(i => i.Id).Take(500).ToListAsync(c))
            report.Forget();
        await db.SaveChangesAsync(c);
        var old = now - 2 * Inquiry.AtOnceWithin;
        return await db.Inquiries.Where(i => i.State == InquiryState.Answered && i.AnsweredBy == null && i.SubmittedAt < old
            && (i.Kind == InquiryKind.Withdrawal || i.Kind == InquiryKind.Erasure || i.Kind == InquiryKind.Objection)).ExecuteDeleteAsync(c);
    }, cancellation);
}
