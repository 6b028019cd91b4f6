using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>An act that was recorded for its undo.</summary>
/// <param name="First">Name on the first of its lines, as it is now; empty where the person's data is gone.</param>
public sealed record ActLine(long Id, DateTimeOffset At, string What, int Count, string First, string Who, DateTimeOffset? UndoneAt, string? UndoneBy);

public sealed class ActList(UndersignedDb db)
{
    public const int LinesAPage = 50;

    /// <summary>Newest first; one more than a page where there are more.</summary>
    public async Task<IReadOnlyList<ActLine>> ReadAsync(long letterId, long? before, CancellationToken cancellation)
    {
        var acts = db.BulkActs.AsNoTracking().Where(a => a.LetterId == letterId && (before == null || a.Id < before));
        return await acts.OrderByDescending(a => a.Id).Take(LinesAPage + 1)
            .Select(a => new ActLine(
                a.Id, a.At, a.What, a.Count,
                db.Signatures.Where(s => s.Id == db.BulkActItems.Where(i => i.BulkActId == a.Id).Min(i => i.SignatureId)).Select(s => s.Name).SingleOrDefault() ?? "",
                db.Users.Where(u => u.Id == a.AccountId).Select(u => u.DisplayName).Single(),
                a.UndoneAt,
                db.Users.Where(u => u.Id == a.UndoneBy).Select(u => u.DisplayName).SingleOrDefault()))
            .ToListAsync(cancellation);
    }

    public Task<BulkUndone> UndoAsync(Letter letter, long actId, long accountId, DateTimeOffset now, CancellationToken cancellation) =>
        db.UndoBulkAsync(letter, actId, accountId, now, cancellation);
}
