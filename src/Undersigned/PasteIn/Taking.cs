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
        var revision = RevisionWriter.Fix(db, letter, now);
        var signatures = lines.Select((l, i) => Signature(letterId, l, revision, NonceOf(nonce, i), knownHow, accountId, now)).ToList();
        db.Signatures.AddRange(signatures);
        await db.SaveChangesAsync(cancellation);
        var isAlone = await db.IsAloneAsync(letterId, accountId, cancellation);
        var bulk = db.BeginBulk(letter, accountId, "paste-in", now);
        // Their evidence and their place in the line need their ids.
        foreach (var signature in signatures)
        {
            bulk.Made(signature);
            if (knownHow is not null)
                db.Evidence.Add(Known(signature, knownHow, accountId, now));
            if (isAlone)
                LetIn(signature, accountId, now);
        }
        var act = await bulk.SaveAsync($"{signatures.Count} {(knownHow is null ? "imported" : "known")}{(isAlone ? ", let in by the only member of staff" : "")}", cancellation);
        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
        return (act, isAlone);
    }

    private void LetIn(Signature signature, long accountId, DateTimeOffset now)
    {
        db.Admit(signature, now);
        (signature.DecidedBy, signature.DecidedAt) = (accountId, now);
    }

    private Signature Signature(long letterId, PastedLine line, int revision, string nonce, string? knownHow, long accountId, DateTimeOffset now) => new()
    {
        LetterId = letterId,
        Revision = revision,
        State = SignatureState.Confirmed,
        StateAt = now,
        Source = SignatureSource.Import,
        Level = knownHow is null ? SignatureLevel.Imported : SignatureLevel.Known,
        Name = line.Name,
        FoldedName = NameFolding.Fold(line.Name),
        Posts = [.. line.Posts],
        SubmittedAt = now,
        Email = line.Address?.ToString(),
        EmailDomain = line.Address?.Domain,
        AddressTag = line.Address is null ? null : keys.AddressTag(letterId, line.Address),
        FormNonce = nonce,
        ImportedBy = accountId,
    };

    private static Evidence Known(Signature signature, string how, long accountId, DateTimeOffset now)
    {
        var known = Evidence.Of(EvidenceKind.Known, signature, now, how);
        known.AccountId = accountId;
        return known;
    }

    private static string NonceOf(string nonce, int i) => $"paste/{nonce}/{i}";
}
