using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Updates;

/// <summary>How far the mailing to earlier signatories is, and what came of it.</summary>
public sealed record FollowUpProgress(FollowUpMailing Mailing, int Asked, int Sent, int Refused, int NotSent, int Waiting, int Signed, int Declined)
{
    public bool IsDone => Mailing.AllQueuedAt is not null && Waiting == 0;
    public bool IsPaused => Mailing.PausedAt is not null && !IsDone;
    /// <summary>Single mails are forgotten with the letter's time of keeping; then only their number is known.</summary>
    public bool IsForgotten => Sent + Refused + NotSent + Waiting < Mailing.Queued;
}

/// <summary>
/// Puts the mails to earlier signatories into the outbox, never more ahead than the outbox sends in a while. Several processes may do so, and
/// any may die at it: the compare-and-swap on the last signature, in one transaction with the mails, gives each exactly one.
/// </summary>
public sealed class FollowUpMailings(IDbContextFactory<UndersignedDb> databases, GroupCommit commits, WorkSignal work, TimeProvider time)
{
    private const int AtOnce = 200;
    private const int Ahead = 400;

    /// <summary>How many mails were queued. None while nobody can sign: the mail would lead to a closed door.</summary>
    public async Task<int> FeedAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var running = await db.FollowUpMailings.AsNoTracking().Where(m => m.PausedAt == null && m.AllQueuedAt == null
            && db.Letters.Any(l => l.Id == m.LetterId && (l.State == LetterState.Private || l.State == LetterState.Published) && !l.HoldSigning)).ToListAsync(cancellation);
        var all = 0;
        foreach (var mailing in running)
            if (await db.Outbox.CountAsync(m => m.LetterId == mailing.LetterId && m.Kind == MailKind.FollowUp && m.State == MailState.Waiting, cancellation) < Ahead)
                all += await commits.RunAsync((d, c) => FeedAsync(d, mailing, c), cancellation);
        if (all > 0)
            work.Poke();
        return all;
    }

    private async Task<int> FeedAsync(UndersignedDb db, FollowUpMailing seen, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var earlier = await db.Letters.AsNoTracking().SingleAsync(l => l.Id == seen.EarlierLetterId, cancellation);
        var some = await db.MayBeAsked(earlier, now).AsNoTracking().Where(s => s.Id > seen.LastSignatureId).OrderBy(s => s.Id).Take(AtOnce).ToListAsync(cancellation);
        var last = some.Count > 0 ? some[^1].Id : seen.LastSignatureId;
        DateTimeOffset? done = some.Count < AtOnce ? now : null;
        var moved = await db.FollowUpMailings.Where(m => m.LetterId == seen.LetterId && m.LastSignatureId == seen.LastSignatureId && m.PausedAt == null && m.AllQueuedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LastSignatureId, last).SetProperty(m => m.AllQueuedAt, done).SetProperty(m => m.Queued, m => m.Queued + some.Count), cancellation);
        if (moved == 0)
            return 0;
        foreach (var signature in some)
            db.Queue(signature, seen, now);
        await db.SaveChangesAsync(cancellation);
        return some.Count;
    }

    /// <summary>Null before the mailing begins.</summary>
    public static async Task<FollowUpProgress?> ProgressAsync(UndersignedDb db, long letterId, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await db.FollowUpMailings.AsNoTracking().SingleOrDefaultAsync(m => m.LetterId == letterId, cancellation) is not { } mailing)
            return null;
        var earlier = await db.Letters.AsNoTracking().SingleAsync(l => l.Id == mailing.EarlierLetterId, cancellation);
        var mails = await db.Outbox.Where(m => m.LetterId == letterId && m.Kind == MailKind.FollowUp).GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var ahead = mailing.AllQueuedAt is not null ? 0 : await db.MayBeAsked(earlier, now).CountAsync(s => s.Id > mailing.LastSignatureId, cancellation);
        var signed = await db.Signatures.CountAsync(s => s.LetterId == letterId && s.ConfirmedHow == ConfirmationHow.FollowUp, cancellation);
        int In(MailState state) => mails.GetValueOrDefault(state);
        return new FollowUpProgress(mailing, mailing.Queued + ahead, In(MailState.Sent), In(MailState.Failed), In(MailState.Suppressed), In(MailState.Waiting), signed,
            await db.FollowUpDeclines.CountAsync(d => d.LetterId == letterId, cancellation));
    }
}
