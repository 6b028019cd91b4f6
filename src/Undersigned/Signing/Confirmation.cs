using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

public enum ConfirmResult
{
    Done,
    /// <summary>Another signature of this address counts already; the outcome names it.</summary>
    SignedBefore,
    /// <summary>"This was not me" is done.</summary>
    Blocked,
    /// <summary>"This was not me" is recorded, one of many from its domain: a person does it.</summary>
    BlockHeld,
    WrongCode,
    /// <summary>Five tries are used up, or 72 hours over.</summary>
    CodeDead,
    /// <summary>The line is another than the one that was shown beside the code's field.</summary>
    LineChanged,
    Held,
    Closed,
    LinkFull,
    /// <summary>Confirmed before, expired or forgotten.</summary>
    NotWaiting,
}

public sealed record ConfirmOutcome(ConfirmResult Result, long SignatureId, int TriesLeft = 0);

/// <summary>What the six digits do: confirm a signature, or say that it was somebody else's act.</summary>
public sealed class Confirmation(GroupCommit commits, InstanceKeys keys, WorkSignal signal, TimeProvider time)
{
    /// <param name="mark">Of the line as the signer saw it.</param>
    public Task<ConfirmOutcome> ConfirmAsync(long signatureId, string mark, string? code, CancellationToken cancellation) =>
        RunAsync((db, c) => ConfirmAsync(db, signatureId, mark, code, c), cancellation);

    public Task<ConfirmOutcome> NotMeAsync(long signatureId, string? code, CancellationToken cancellation) =>
        RunAsync((db, c) => NotMeAsync(db, signatureId, code, c), cancellation);

    /// <summary>A new code by a new mail, as far as the mailbox's budget goes; the code before dies only where a mail will come.</summary>
    public async Task SendAgainAsync(long signatureId, CancellationToken cancellation)
    {
        await commits.RunAsync((db, c) => SendAgainAsync(db, signatureId, c), cancellation);
        signal.Poke();
    }

    private async Task<ConfirmOutcome> RunAsync(Func<UndersignedDb, CancellationToken, Task<ConfirmOutcome>> write, CancellationToken cancellation)
    {
        var outcome = await commits.RunAsync(write, cancellation);
        signal.Poke();
        return outcome;
    }

    private async Task<ConfirmOutcome> ConfirmAsync(UndersignedDb db, long id, string mark, string? code, CancellationToken cancellation)
    {
        var signature = await db.Signatures.SingleAsync(s => s.Id == id, cancellation);
        if (signature.State != SignatureState.Submitted)
            return new(ConfirmResult.NotWaiting, id);
        var letter = await db.Letters.SingleAsync(l => l.Id == signature.LetterId, cancellation);
        if (letter.HoldSigning)
            return new(ConfirmResult.Held, id);
        // Closing takes no new signatures but decides those that wait.
        if (!letter.IsOpenForSigning && letter.State != LetterState.Closing)
            return new(ConfirmResult.Closed, id);
        if (signature.ToShown().Mark() != mark)
            return new(ConfirmResult.LineChanged, id);
        if (await TryCodeAsync(db, signature, code, cancellation) is { } failed)
            return failed;
        if (await IsLinkFullAsync(db, letter, signature, cancellation))
            return new(ConfirmResult.LinkFull, id);
        return await SettleAsync(db, letter, signature, cancellation);
    }

    /// <summary>Null where it is the code. Tries are counted by the database, so that guesses at the same moment cannot be more than five.</summary>
    private async Task<ConfirmOutcome?> TryCodeAsync(UndersignedDb db, Signature signature, string? code, CancellationToken cancellation)
    {
        var (id, round) = (signature.Id, signature.CodeRound);
        if (time.GetUtcNow() >= signature.CodeExpiresAt)
            return new(ConfirmResult.CodeDead, id);
        var counted = await db.Signatures
            .Where(s => s.Id == id && s.State == SignatureState.Submitted && s.CodeRound == round && s.CodeTries < Signature.TriesPerCode)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.CodeTries, s => s.CodeTries + 1), cancellation);
        if (counted == 0)
            return new(ConfirmResult.CodeDead, id);
        if (SixDigits.Matches(code, keys.Code(id, round)))
            return null;
        var tries = await db.Signatures.Where(s => s.Id == id).Select(s => s.CodeTries).SingleAsync(cancellation);
        return tries >= Signature.TriesPerCode ? new(ConfirmResult.CodeDead, id) : new(ConfirmResult.WrongCode, id, Signature.TriesPerCode - tries);
    }

    private static async Task<bool> IsLinkFullAsync(UndersignedDb db, Letter letter, Signature signature, CancellationToken cancellation)
    {
        if (signature.Source != SignatureSource.PrivateLink || letter.State != LetterState.Private)
            return false;
        // Locks the letter's row to the end of the transaction, so that two at the last place are counted one after the other.
        await db.Letters.Where(l => l.Id == letter.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.PrivateLinkCap, l => l.PrivateLinkCap), cancellation);
        return await db.SignedThroughLinkAsync(letter.Id, cancellation) >= letter.PrivateLinkCap;
    }

    private async Task<ConfirmOutcome> SettleAsync(UndersignedDb db, Letter letter, Signature signature, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var before = await CountingOf(db, signature).Select(s => s.Id).FirstOrDefaultAsync(cancellation);
        if (before != 0)
        {
            await db.ForgetInBulkActsAsync([signature.Id], cancellation);
            signature.Forget(SignatureState.Expired, now);
            await db.SaveChangesAsync(cancellation);
            return new(ConfirmResult.SignedBefore, before);
        }
        signature.CodeRound++;
        await db.ConfirmAsync(keys, letter, signature, ConfirmationHow.Code, now, cancellation);
        await db.SaveChangesAsync(cancellation);
        return new(ConfirmResult.Done, signature.Id);
    }

    private async Task<ConfirmOutcome> NotMeAsync(UndersignedDb db, long id, string? code, CancellationToken cancellation)
    {
        var signature = await db.Signatures.SingleAsync(s => s.Id == id, cancellation);
        if (signature.State != SignatureState.Submitted)
            return new(ConfirmResult.NotWaiting, id);
        if (await TryCodeAsync(db, signature, code, cancellation) is { } failed)
            return failed;
        var now = time.GetUtcNow();
        var held = await db.IsHeldAsync(signature, InquiryKind.Objection, now, cancellation);
        if (!held)
            await db.ObjectAsync(signature, now, cancellation);
        await db.SaveChangesAsync(cancellation);
        if (held)
            return new(ConfirmResult.BlockHeld, id);
        return new(ConfirmResult.Blocked, id);
    }

    private async Task<bool> SendAgainAsync(UndersignedDb db, long id, CancellationToken cancellation)
    {
        var signature = await db.Signatures.SingleAsync(s => s.Id == id, cancellation);
        var now = time.GetUtcNow();
        if (signature.State != SignatureState.Submitted || !EmailAddress.TryParse(signature.Email, out var address, out _)
            || !await MailAllowance.AllowsAsync(db, signature.LetterId, MailKind.Confirmation, keys.MailboxTag(address), now, cancellation))
            return false;
        (signature.CodeRound, signature.CodeTries, signature.CodeExpiresAt) = (signature.CodeRound + 1, 0, now + Signature.CodeLifetime);
        db.Queue(signature, MailKind.Confirmation, now);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private static IQueryable<Signature> CountingOf(UndersignedDb db, Signature signature) =>
        db.Signatures.Where(s => s.LetterId == signature.LetterId && s.AddressTag == signature.AddressTag && s.Id != signature.Id
            && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed));
}
