using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// The moves of a signature between its states, each with the <see cref="Change"/> that the list's log needs for it.
/// Whoever decides sets the state; the sequencer alone sets <see cref="SignatureState.Listed"/>. The caller saves, once:
/// the state is a concurrency token, so of two decisions at once one is refused as a whole (DbUpdateConcurrencyException).
/// </summary>
public static class SignatureMoves
{
    /// <summary>To the glance; where the letter asks for none, in at once, or to review if the name is odd.</summary>
    public static void LeadOn(this UndersignedDb db, Letter letter, Signature signature, DateTimeOffset now)
    {
        if (signature.IsSuspect)
            SetAside(signature, [Oddity.NoWork, .. Oddity.Of(signature.Name)], now);
        // What was pasted in is for somebody else to let in, whatever the letter's rules.
        else if (letter.GlanceRequired || signature.ImportedBy is not null)
            Move(signature, SignatureState.Confirmed, now);
        else if (Oddity.Of(signature.Name) is { Count: > 0 } odd)
            SetAside(signature, odd, now);
        else
            db.Admit(signature, now);
    }

    /// <summary>Lets in a signature that waits or was set aside. One that stood before (its number is kept) is put back.</summary>
    public static void Admit(this UndersignedDb db, Signature signature, DateTimeOffset now)
    {
        Move(signature, SignatureState.Admitted, now);
        db.Changes.Add(Change.Of(signature.Number is null ? ChangeKind.Sign : ChangeKind.Reinstate, signature, now,
            signature.Number is null ? null : "error"));
    }

    public static void SetAside(Signature signature, IEnumerable<string> reasons, DateTimeOffset now)
    {
        Move(signature, SignatureState.InReview, now);
        signature.ReviewReasons = [.. reasons];
    }

    /// <summary>
    /// Takes a signature off the list, or out of the line for it: by the signer (<see cref="SignatureState.Withdrawn"/>) or by
    /// staff (Removed, Declined, or back to InReview or Confirmed). Listed lines leave through the log with <paramref name="reason"/>;
    /// an admission that the sequencer has not reached is taken back as if it had not been.
    /// </summary>
    public static async Task LeaveAsync(this UndersignedDb db, Signature signature, SignatureState to, string? reason, DateTimeOffset now, CancellationToken cancellation)
    {
        if (signature.State == SignatureState.Listed)
            db.Changes.Add(to == SignatureState.Withdrawn
                ? Change.Of(ChangeKind.Withdraw, signature, now)
                : Change.Of(ChangeKind.Remove, signature, now, reason ?? "other"));
        db.Changes.RemoveRange(await db.Changes
            .Where(c => c.SignatureId == signature.Id && (c.Kind == ChangeKind.Sign || c.Kind == ChangeKind.Reinstate || c.Kind == ChangeKind.Amend))
            .ToListAsync(cancellation));
        Move(signature, to, now);
        signature.DecisionReason = reason;
        if (to != SignatureState.Confirmed)
            await db.EndVouchesOfAsync(signature, wasRemoved: to == SignatureState.Removed, now, cancellation);
    }

    /// <summary>The line that stands, or will, is another from now on. Reasons: typo, update, signer-request, error …</summary>
    public static void Amend(this UndersignedDb db, Signature signature, string reason, DateTimeOffset now)
    {
        if (signature.State == SignatureState.Listed)
            db.Changes.Add(Change.Of(ChangeKind.Amend, signature, now, reason));
    }

    /// <summary>Withdraws if need be and destroys everything that tells who it was. What remains is a number without a person.</summary>
    public static async Task EraseAsync(this UndersignedDb db, Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        await db.LeaveAsync(signature, SignatureState.Withdrawn, null, now, cancellation);
        if (signature.Number is not null)
            db.Changes.Add(Change.Of(ChangeKind.Erase, signature, now));
        db.Corrections.RemoveRange(await db.Corrections.Where(c => c.SignatureId == signature.Id).ToListAsync(cancellation));
        foreach (var mail in await db.Outbox.Where(m => m.SignatureId == signature.Id && m.InquiryId == null && m.State == MailState.Waiting).ToListAsync(cancellation))
            mail.State = MailState.Suppressed;
        foreach (var evidence in await db.Evidence.Where(e => e.SignatureId == signature.Id).ToListAsync(cancellation))
            evidence.Forget(now);
        await db.ForgetInBulkActsAsync([signature.Id], cancellation);
        signature.Forget(SignatureState.Erased, now);
    }

    private static void Move(Signature signature, SignatureState to, DateTimeOffset now)
    {
        signature.State = to;
        signature.StateAt = now;
    }
}
