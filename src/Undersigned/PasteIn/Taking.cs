using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.PasteIn;

/// <summary>What came of taking: how many, what is left, and whether this very form was taken before.</summary>
/// <param name="ActId">The act, for its undo.</param>
/// <param name="IsLetIn">They are let in, since there is nobody else to look at them; otherwise they wait for somebody else.</param>
public sealed record Taken(int Count, PasteRead Read, bool WasTakenBefore, long? ActId = null, bool IsLetIn = false);

/// <summary>
/// Turns the good lines of a paste into signatures, all in one transaction. They wait for somebody other than who pasted them; where
/// there is nobody else they are let in, and the record says so. Each carries the form's one-time number,
/// unique in the database, so that the same form posted twice takes nothing twice, also at the same moment.
/// </summary>
public sealed class Taking(UndersignedDb db, PasteCheck check, InstanceKeys keys, TimeProvider time)
{
    private const int Attempts = 4;

    public async Task<Taken> TakeAsync(long letterId, long accountId, string text, string nonce, string? knownHow, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var read = await check.ReadAsync(letterId, text, cancellation);
            var first = NonceOf(nonce, 0);
            if (await db.Signatures.AnyAsync(s => s.LetterId == letterId && s.FormNonce == first, cancellation))
                return new Taken(0, read, WasTakenBefore: true);
            if (read.Good.Count == 0)
                return new Taken(0, read, WasTakenBefore: false);
            try
            {
                var (act, isLetIn) = await WriteAsync(letterId, accountId, read.Good, nonce, knownHow, cancellation);
                return new Taken(read.Good.Count, read, WasTakenBefore: false, act.Id, isLetIn);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Another press of the same button, a first signer who fixed the letter's words, or one of these addresses signing: read again.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<(BulkAct Act, bool IsLetIn)> WriteAsync(
        long letterId, long accountId, IReadOnlyList<PastedLine> lines, string nonce, string? knownHow, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
        var isAlone = await db.IsAloneAsync(letterId, accountId, cancellation);
        var act = await new LineWriting(db, keys, letter, accountId, knownHow, now).WriteAsync(
            lines, (_, i) => NonceOf(nonce, i), isAlone, "paste-in", $"{lines.Count} {(knownHow is null ? "imported" : "known")}", null, cancellation);
        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
        return (act, isAlone);
    }

    private static string NonceOf(string nonce, int i) => $"paste/{nonce}/{i}";
}
