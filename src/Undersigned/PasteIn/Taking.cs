using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.PasteIn;

/// <summary>What came of taking: how many, what is left, and whether this very form was taken before.</summary>
public sealed record Taken(int Count, PasteRead Read, bool WasTakenBefore);

/// <summary>
/// Turns the good lines of a paste into admitted signatures, all in one transaction. Each carries the form's one-time number,
/// unique in the database, so that the same form posted twice takes nothing twice, also at the same moment.
/// </summary>
public sealed class Taking(UndersignedDb db, PasteCheck check, InstanceKeys keys, TimeProvider time)
{
    private const int Attempts = 4;

    /// <param name="record">Adds the act to the record; called in the transaction.</param>
    public async Task<Taken> TakeAsync(long letterId, long accountId, string text, string nonce, string? knownHow, Action<int> record, CancellationToken cancellation)
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
                await WriteAsync(letterId, accountId, read.Good, nonce, knownHow, record, cancellation);
                return new Taken(read.Good.Count, read, WasTakenBefore: false);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Another press of the same button, a first signer who fixed the letter's words, or one of these addresses signing: read again.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task WriteAsync(
        long letterId, long accountId, IReadOnlyList<PastedLine> lines, string nonce, string? knownHow, Action<int> record, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
        var revision = RevisionWriter.Fix(db, letter, now);
        var signatures = lines.Select((l, i) => Signature(letterId, l, revision, NonceOf(nonce, i), knownHow, accountId, now)).ToList();
        db.Signatures.AddRange(signatures);
        record(signatures.Count);
        await db.SaveChangesAsync(cancellation);
        // Their place in the line needs their ids.
        foreach (var signature in signatures)
            db.Admit(signature, now);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
    }

    private Signature Signature(long letterId, PastedLine line, int revision, string nonce, string? knownHow, long accountId, DateTimeOffset now) => new()
    {
        LetterId = letterId,
        Revision = revision,
        State = SignatureState.Admitted,
        StateAt = now,
        Source = SignatureSource.Import,
        Level = knownHow is null ? SignatureLevel.Imported : SignatureLevel.Known,
        KnownHow = knownHow,
        Name = line.Name,
        FoldedName = NameFolding.Fold(line.Name),
        Posts = [.. line.Posts],
        SubmittedAt = now,
        Email = line.Address?.ToString(),
        EmailDomain = line.Address?.Domain,
        AddressTag = line.Address is null ? null : keys.AddressTag(letterId, line.Address),
        FormNonce = nonce,
        DecidedBy = accountId,
        DecidedAt = now,
    };

    private static string NonceOf(string nonce, int i) => $"paste/{nonce}/{i}";
}
