using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.PasteIn;

/// <summary>Turns good lines, pasted or imported, into signatures of one act; inside the caller's transaction.</summary>
internal sealed class LineWriting(UndersignedDb db, InstanceKeys keys, Letter letter, long accountId, string? knownHow, DateTimeOffset now)
{
    /// <param name="nonces">One for each line, unique in the letter: the same line is not taken twice.</param>
    /// <param name="isAlone">There is nobody else who could let them in, so they are let in.</param>
    /// <param name="more">The act that they belong to, where it was begun before.</param>
    public async Task<BulkAct> WriteAsync(
        IReadOnlyList<PastedLine> lines, Func<PastedLine, int, string> nonces, bool isAlone, string what, string detail, BulkAct? more, CancellationToken cancellation)
    {
        // The first names fix the letter's words, which somebody may be changing.
        await db.LockAsync(letter, cancellation);
        var revision = RevisionWriter.Fix(db, letter, now);
        var signatures = lines.Select((l, i) => Signature(l, revision, nonces(l, i))).ToList();
        db.Signatures.AddRange(signatures);
        await db.SaveChangesAsync(cancellation);
        var bulk = db.BeginBulk(letter, accountId, what, now, more);
        // Their evidence and their place in the line need their ids.
        foreach (var signature in signatures)
        {
            bulk.Made(signature);
            if (knownHow is not null)
                db.Evidence.Add(Known(signature, knownHow));
            if (isAlone)
                LetIn(signature);
        }
        return await bulk.SaveAsync(detail + (isAlone ? ", let in by the only member of staff" : ""), cancellation);
    }

    private void LetIn(Signature signature)
    {
        db.Admit(signature, now);
        (signature.DecidedBy, signature.DecidedAt) = (accountId, now);
    }

    private Signature Signature(PastedLine line, int revision, string nonce)
    {
        var signature = new Signature
        {
            LetterId = letter.Id,
            Revision = revision,
            State = SignatureState.Confirmed,
            StateAt = now,
            Source = SignatureSource.Import,
            Level = knownHow is null ? SignatureLevel.Imported : SignatureLevel.Known,
            Name = line.Name,
            FoldedName = NameFolding.Fold(line.Name),
            Posts = [.. line.Posts],
            Location = line.Location,
            SubmittedAt = now,
            Email = line.Address?.ToString(),
            EmailDomain = line.Address?.Domain,
            AddressTag = line.Address is null ? null : keys.AddressTag(letter.Id, line.Address),
            FormNonce = nonce,
            ImportedBy = accountId,
        };
        if (line.Note is not null)
            signature.Note = line.Note;
        return signature;
    }

    private Evidence Known(Signature signature, string how)
    {
        var known = Evidence.Of(EvidenceKind.Known, signature, now, how);
        known.AccountId = accountId;
        return known;
    }
}
