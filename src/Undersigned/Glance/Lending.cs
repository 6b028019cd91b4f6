using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Glance;

/// <summary>
/// Lends waiting signatures to one person at a time. A loan is the batch's id on the signature, set where it was free,
/// so that of two who take at once each gets lines of their own; one that lapsed is free again without anybody's doing.
/// </summary>
public sealed class Lending(UndersignedDb db, TimeProvider time)
{
    public const int LinesAScreen = 40;
    public static readonly TimeSpan For = TimeSpan.FromMinutes(10);

    /// <summary>The loan that this person holds, the oldest first; null where they hold none with a line left.</summary>
    public Task<GlanceBatch?> OpenAsync(long letterId, long accountId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return db.GlanceBatches.AsNoTracking()
            .Where(b => b.LetterId == letterId && b.AccountId == accountId && b.DecidedAt == null && b.LentUntil > now)
            .Where(b => db.Signatures.Any(s => s.GlanceBatchId == b.Id && s.State == SignatureState.Confirmed))
            .OrderBy(b => b.Id)
            .FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The open loan, or a new one; null where nothing is free.</summary>
    public async Task<GlanceBatch?> TakeAsync(long letterId, long accountId, CancellationToken cancellation)
    {
        if (await OpenAsync(letterId, accountId, cancellation) is { } open)
            return open;
        while (true)
        {
            var ids = await Free(letterId, accountId).OrderBy(s => s.Id).Take(LinesAScreen).Select(s => s.Id).ToListAsync(cancellation);
            if (ids.Count == 0)
                return null;
            // All of them gone in the meantime means that somebody else got them: progress was made, so this ends.
            if (await LendAsync(letterId, accountId, ids, cancellation) is { } batch)
                return batch;
        }
    }

    public Task<int> FreeAsync(long letterId, long accountId, CancellationToken cancellation) => Free(letterId, accountId).CountAsync(cancellation);

    /// <summary>Not what this person pasted in, unless there is nobody else.</summary>
    private IQueryable<Signature> Free(long letterId, long accountId)
    {
        var now = time.GetUtcNow();
        return db.MayBeLetInBy(db.Signatures, accountId).Where(s => s.LetterId == letterId && s.State == SignatureState.Confirmed
            && (s.GlanceBatchId == null || db.GlanceBatches.Any(b => b.Id == s.GlanceBatchId && (b.LentUntil <= now || b.DecidedAt != null))));
    }

    private async Task<GlanceBatch?> LendAsync(long letterId, long accountId, List<long> ids, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var batch = new GlanceBatch { LetterId = letterId, AccountId = accountId, TakenAt = now, LentUntil = now + For };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.GlanceBatches.Add(batch);
        await db.SaveChangesAsync(cancellation);
        db.Entry(batch).State = EntityState.Detached;
        var lent = await Free(letterId, accountId).Where(s => ids.Contains(s.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.GlanceBatchId, batch.Id), cancellation);
        if (lent == 0)
            return null;
        await transaction.CommitAsync(cancellation);
        return batch;
    }
}
