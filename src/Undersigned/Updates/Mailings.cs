using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Updates;

/// <summary>How far a mailing is.</summary>
public sealed record MailingProgress(Mailing Mailing, int Asked, int Sent, int Refused, int NotSent, int Waiting)
{
    public bool IsDone => Mailing.AllQueuedAt is not null && Waiting == 0;
    /// <summary>Single mails are forgotten with the letter's time of keeping; then only their number is known.</summary>
    public bool IsForgotten => Sent + Refused + NotSent + Waiting < Mailing.Queued;
    public bool IsPaused => Mailing.PausedAt is not null && !IsDone;
}

/// <summary>
/// Puts the mails of running mailings into the outbox, never more ahead than the outbox sends in a while: so a pause holds what is left, and whoever ticks or
/// unticks meanwhile is heard. Several processes may do so: the compare-and-swap on the last signature lets one.
/// </summary>
public sealed class Mailings(IDbContextFactory<UndersignedDb> databases, GroupCommit commits, WorkSignal work, TimeProvider time)
{
    private const int AtOnce = 200;
    private const int Ahead = 400;

    /// <summary>Those of a letter who stand on its list and asked to be kept informed.</summary>
    public static IQueryable<Signature> Readers(UndersignedDb db, long letterId) =>
        db.Signatures.Where(s => s.LetterId == letterId && s.State == SignatureState.Listed && s.KeepInformed && s.AddressTag != null);

    /// <summary>The caller saves.</summary>
    public static void Begin(UndersignedDb db, LetterPost post, long accountId, DateTimeOffset now) =>
        db.Mailings.Add(new Mailing { PostId = post.Id, LetterId = post.LetterId, AccountId = accountId, At = now });

    /// <summary>
    /// Whether it was mailed, or is being mailed, in these words or in those that they correct. A mailing that still runs says what was
    /// corrected; a second one would bring it twice.
    /// </summary>
    public static async Task<bool> WasMailedAsync(UndersignedDb db, long letterId, long? postId, CancellationToken cancellation)
    {
        for (var id = postId; id is not null; id = await db.Posts.Where(p => p.LetterId == letterId && p.Id == id).Select(p => p.ReplacesId).SingleOrDefaultAsync(cancellation))
            if (await db.Mailings.AnyAsync(m => m.PostId == id, cancellation))
                return true;
        return false;
    }

    /// <summary>How many mails were queued.</summary>
    public async Task<int> FeedAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        // An update is mailed once it stands under the letter.
        var running = await db.Mailings.AsNoTracking().Where(m => m.PausedAt == null && m.AllQueuedAt == null
            && db.Posts.Any(p => p.Id == m.PostId && db.Logs.Any(l => l.LetterId == m.LetterId && p.LeafIndex < l.PublishedSize))).ToListAsync(cancellation);
        var all = 0;
        foreach (var mailing in running)
            if (await db.Outbox.CountAsync(m => m.PostId == mailing.PostId && m.State == MailState.Waiting, cancellation) < Ahead)
                all += await commits.RunAsync((d, c) => FeedAsync(d, mailing, c), cancellation);
        if (all > 0)
            work.Poke();
        return all;
    }

    private async Task<int> FeedAsync(UndersignedDb db, Mailing seen, CancellationToken cancellation)
    {
        var some = await Readers(db, seen.LetterId).AsNoTracking().Where(s => s.Id > seen.LastSignatureId).OrderBy(s => s.Id).Take(AtOnce).ToListAsync(cancellation);
        var (now, last) = (time.GetUtcNow(), some.Count > 0 ? some[^1].Id : seen.LastSignatureId);
        DateTimeOffset? done = some.Count < AtOnce ? now : null;
        var moved = await db.Mailings.Where(m => m.PostId == seen.PostId && m.LastSignatureId == seen.LastSignatureId && m.PausedAt == null && m.AllQueuedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LastSignatureId, last).SetProperty(m => m.AllQueuedAt, done).SetProperty(m => m.Queued, m => m.Queued + some.Count), cancellation);
        if (moved == 0)
            return 0;
        foreach (var signature in some)
            db.Queue(signature, seen, now);
        await db.SaveChangesAsync(cancellation);
        return some.Count;
    }

    public static async Task<Dictionary<long, MailingProgress>> ProgressAsync(UndersignedDb db, long letterId, CancellationToken cancellation)
    {
        var mailings = await db.Mailings.AsNoTracking().Where(m => m.LetterId == letterId).ToListAsync(cancellation);
        var mails = (await db.Outbox.Where(m => m.LetterId == letterId && m.PostId != null).GroupBy(m => new { m.PostId, m.State })
            .Select(g => new { Post = g.Key.PostId!.Value, g.Key.State, Count = g.Count() }).ToListAsync(cancellation)).ToDictionary(g => (g.Post, g.State), g => g.Count);
        var progress = new Dictionary<long, MailingProgress>();
        foreach (var mailing in mailings)
        {
            int In(MailState state) => mails.GetValueOrDefault((mailing.PostId, state));
            var ahead = mailing.AllQueuedAt is not null ? 0 : await Readers(db, letterId).CountAsync(s => s.Id > mailing.LastSignatureId, cancellation);
            var waiting = In(MailState.Waiting);
            progress.Add(mailing.PostId, new MailingProgress(mailing, mailing.Queued + ahead, In(MailState.Sent), In(MailState.Failed), In(MailState.Suppressed), waiting));
        }
        return progress;
    }
}

/// <summary>Feeds the outbox whenever a mailing runs.</summary>
public sealed class MailingLoop(Mailings mailings, FollowUpMailings followUps, WorkSignal work, ILogger<MailingLoop> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = work.Next(TimeSpan.FromSeconds(1), stoppingToken);
            try
            {
                await mailings.FeedAsync(stoppingToken);
                await followUps.FeedAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("A mailing stopped in mid-round ({Error}) and goes on", e.GetType().Name);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            await next;
        }
    }
}
