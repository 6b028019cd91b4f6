using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Glance;

/// <summary>For an hour, one's own screen as if it had not been decided; names already on the page leave it and go to review.</summary>
public sealed partial class GlanceModel
{
    public async Task<IActionResult> OnPostUndoAsync(long batch, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (undone, kept) = await UndoAsync(batch, cancellation);
                work.Poke();
                return Back($"?undone={undone}{(kept > 0 ? $"&kept={kept}" : "")}");
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // The sequencer listed one of them, or its signer withdrew: look again.
                Db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<(int Undone, int Kept)> UndoAsync(long batchId, CancellationToken cancellation)
    {
        var now = Now;
        var earliest = now - UndoFor;
        var batch = await Db.GlanceBatches.SingleOrDefaultAsync(
            b => b.Id == batchId && b.LetterId == Letter.Id && b.AccountId == AccountId && b.DecidedAt > earliest && b.UndoneAt == null, cancellation);
        if (batch is null)
            return (0, 0);
        batch.UndoneAt = now;
        var decided = await Db.Signatures.Where(s => s.GlanceBatchId == batchId).OrderBy(s => s.Id).ToListAsync(cancellation);
        var undone = decided.Where(s => s.DecidedAt == batch.DecidedAt
            && s.State is SignatureState.Admitted or SignatureState.Listed or SignatureState.InReview).ToList();
        foreach (var signature in undone)
            await UndoAsync(signature, now, cancellation);
        var ids = undone.Select(s => s.Id).ToList();
        Db.Looks.RemoveRange(await Db.Looks.Where(l => ids.Contains(l.SignatureId) && l.AccountId == AccountId && l.At == batch.DecidedAt).ToListAsync(cancellation));
        await Db.SaveChangesAsync(cancellation);
        return (undone.Count, decided.Count - undone.Count);
    }

    private async Task UndoAsync(Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        var from = signature.State;
        if (from == SignatureState.Listed)
        {
            await Db.LeaveAsync(signature, SignatureState.InReview, "error", now, cancellation);
            signature.ReviewReasons = [Oddity.Undone];
        }
        else
        {
            await Db.LeaveAsync(signature, SignatureState.Confirmed, null, now, cancellation);
            signature.ReviewReasons = [];
        }
        (signature.GlanceBatchId, signature.DecidedBy, signature.DecidedAt) = (null, null, null);
        Record("undo-glance", signature, from, signature.State);
    }
}
