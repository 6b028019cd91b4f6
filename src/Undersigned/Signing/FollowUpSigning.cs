using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

public enum FollowUpResult
{
    Done,
    /// <summary>This address counts on the letter already; the outcome names its signature.</summary>
    SignedBefore,
    Closed,
    Held,
    /// <summary>They stand on the earlier letter no more.</summary>
    Left,
}

public sealed record FollowUpOutcome(FollowUpResult Result, long SignatureId = 0);

/// <summary>
/// A signatory of the earlier letter signs the one that follows it: the link in the mail proves the mailbox, so that no code is asked for.
/// From here on it is a signature like any other, and the letter's rules lead.
/// </summary>
public sealed class FollowUpSigning(GroupCommit commits, Intake intake, InstanceKeys keys, WorkSignal signal, TimeProvider time)
{
    public async Task<FollowUpOutcome> SignAsync(long letterId, long earlierId, TypedLine line, PrivateTicks ticks, FormOrigin from, CancellationToken cancellation)
    {
        var nonce = Guid.NewGuid().ToString("N");
        Task<FollowUpOutcome> Write(UndersignedDb db, CancellationToken c) => SignAsync(db, letterId, earlierId, line, ticks, from, nonce, c);
        FollowUpOutcome outcome;
        try
        {
            outcome = await commits.RunAsync(Write, cancellation);
        }
        catch (DbUpdateException)
        {
            // Pressed twice at once: the address's unique index let one in, and the other finds it now.
            outcome = await commits.RunAsync(Write, cancellation);
        }
        signal.Poke();
        return outcome;
    }

    private async Task<FollowUpOutcome> SignAsync(UndersignedDb db, long letterId, long earlierId, TypedLine line, PrivateTicks ticks, FormOrigin from, string nonce, CancellationToken cancellation)
    {
        var earlier = await db.Signatures.SingleAsync(s => s.Id == earlierId, cancellation);
        if (earlier.State != SignatureState.Listed || !EmailAddress.TryParse(earlier.Email, out var address, out _))
            return new(FollowUpResult.Left);
        var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
        // The first signature fixes the words: whoever is editing them at this moment goes before it or after it.
        if (letter.CurrentRevision == 0)
            await db.LockAsync(letter, cancellation);
        var before = await db.CountingOf(letterId, keys.AddressTag(letterId, address)).Select(s => s.Id).FirstOrDefaultAsync(cancellation);
        if (before != 0)
            return new(FollowUpResult.SignedBefore, before);
        if (letter.HoldSigning || !letter.IsOpenForSigning)
            return new(letter.HoldSigning ? FollowUpResult.Held : FollowUpResult.Closed);
        var now = time.GetUtcNow();
        var signature = intake.Submitted(letterId, SignatureSource.Form, line, address, nonce, now);
        (signature.NetworkTag, signature.Revision) = (from.NetworkTag, RevisionWriter.Signed(db, letter, from.Revision, now));
        signature.Language = earlier.Language;
        ticks.PutOn(signature);
        db.Signatures.Add(signature);
        await db.SaveChangesAsync(cancellation);
        await db.FollowUpDeclines.Where(d => d.LetterId == letterId && d.SignatureId == earlierId).ExecuteDeleteAsync(cancellation);
        await db.ConfirmAsync(keys, letter, signature, ConfirmationHow.FollowUp, now, cancellation);
        await db.SaveChangesAsync(cancellation);
        return new(FollowUpResult.Done, signature.Id);
    }

    /// <summary>"No, thank you."</summary>
    public Task DeclineAsync(long letterId, long earlierId, CancellationToken cancellation) => commits.RunAsync(async (db, c) =>
    {
        if (!await db.FollowUpDeclines.AnyAsync(d => d.LetterId == letterId && d.SignatureId == earlierId, c))
            db.FollowUpDeclines.Add(new FollowUpDecline { LetterId = letterId, SignatureId = earlierId, At = time.GetUtcNow() });
        return await db.SaveChangesAsync(c);
    }, cancellation);
}
