using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

public enum IntakeResult { Taken, Closed, Held, LinkOff, LinkFull }

/// <param name="SignatureId">Of the new signature, or of the one that this very form made when it was posted before.</param>
public sealed record IntakeOutcome(IntakeResult Result, long SignatureId = 0);

/// <summary>What is known of where a form came from.</summary>
/// <param name="Revision">The revision of the letter that it was shown with; where that is none of the letter's, the current one is signed.</param>
/// <param name="NetworkTag">See <see cref="Signature.NetworkTag"/>.</param>
/// <param name="IsSuspect">Sent under suspicion and without proof of work.</param>
public sealed record FormOrigin(int Revision = 0, byte[]? NetworkTag = null, bool IsSuspect = false);

/// <summary>
/// Takes a form: the signature in pencil and its mail, in one transaction. The writes are the same whether the address is new, waits,
/// stands, was withdrawn or wants no mail: what differs is decided when the mail is written.
/// </summary>
public sealed class Intake(GroupCommit commits, InstanceKeys keys, WorkSignal signal, TimeProvider time)
{
    public async Task<IntakeOutcome> TakeAsync(long letterId, SignatureSource source, TypedLine line, EmailAddress address, string nonce, FormOrigin from, PrivateTicks ticks, CancellationToken cancellation)
    {
        var language = Tongue.Current;
        Signature Make()
        {
            var signature = Submitted(letterId, source, line, address, nonce, time.GetUtcNow());
            signature.Language = language;
            (signature.NetworkTag, signature.IsSuspect) = (from.NetworkTag, from.IsSuspect);
            signature.Revision = from.Revision;
            ticks.PutOn(signature);
            return signature;
        }
        var outcome = await commits.RunAsync((db, c) => WriteAsync(db, Make, c), cancellation);
        if (outcome.Result == IntakeResult.Taken)
            signal.Poke();
        return outcome;
    }

    // It may run again, so that it begins with a row of its own each time.
    private static async Task<IntakeOutcome> WriteAsync(UndersignedDb db, Func<Signature> make, CancellationToken cancellation)
    {
        var signature = make();
        var letterId = signature.LetterId;
        var before = await db.Signatures.Where(s => s.LetterId == letterId && s.FormNonce == signature.FormNonce).Select(s => s.Id).SingleOrDefaultAsync(cancellation);
        if (before != 0)
            return new IntakeOutcome(IntakeResult.Taken, before);
        var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
        // The first signature fixes the words: whoever is editing them at this moment goes before it or after it.
        if (letter.CurrentRevision == 0)
            await db.LockAsync(letter, cancellation);
        if (await RefusalAsync(db, letter, signature.Source, cancellation) is { } refusal)
            return new IntakeOutcome(refusal);
        signature.Revision = RevisionWriter.Signed(db, letter, signature.Revision, signature.SubmittedAt);
        db.Signatures.Add(signature);
        await db.SaveChangesAsync(cancellation);
        db.Queue(signature, MailKind.Confirmation, signature.SubmittedAt);
        await db.SaveChangesAsync(cancellation);
        return new IntakeOutcome(IntakeResult.Taken, signature.Id);
    }

    internal Signature Submitted(long letterId, SignatureSource source, TypedLine line, EmailAddress address, string nonce, DateTimeOffset now) => new()
    {
        LetterId = letterId,
        State = SignatureState.Submitted,
        StateAt = now,
        SubmittedAt = now,
        Source = source,
        Level = SignatureLevel.Email,
        Name = line.Name,
        FoldedName = NameFolding.Fold(line.Name),
        Posts = [.. line.Posts],
        Location = line.Location,
        Email = address.ToString(),
        EmailDomain = address.Domain,
        AddressTag = keys.AddressTag(letterId, address),
        FormNonce = nonce,
        CodeRound = 1,
        CodeExpiresAt = now + Signature.CodeLifetime,
    };

    /// <summary>Why nobody can sign at the moment; null where one can.</summary>
    public static async Task<IntakeResult?> RefusalAsync(UndersignedDb db, Letter letter, SignatureSource source, CancellationToken cancellation)
    {
        if (letter.HoldSigning)
            return IntakeResult.Held;
        if (!letter.IsOpenForSigning)
            return IntakeResult.Closed;
        if (source != SignatureSource.PrivateLink || letter.State != LetterState.Private)
            return null;
        if (!letter.PrivateLinkOn)
            return IntakeResult.LinkOff;
        return await db.SignedThroughLinkAsync(letter.Id, cancellation) >= letter.PrivateLinkCap ? IntakeResult.LinkFull : null;
    }
}
