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
    /// <summary>Where the letter's rules lead (<see cref="Ruling"/>): to the glance, to review with the reasons, or in at once.</summary>
    public static async Task LeadOnAsync(this UndersignedDb db, Letter letter, Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        var ruling = await db.RulingAsync(letter, signature, now, cancellation);
        (signature.LooksNeeded, signature.Risk) = (ruling.LooksNeeded, ruling.Risk);
        if (ruling.Path == AdmissionPath.Review)
            SetAside(signature, ruling.Reasons, now);
        // What was pasted in is for somebody else to let in, whatever the letter's rules.
        else if (ruling.Path == AdmissionPath.Glance || signature.ImportedBy is not null)
            Move(signature, SignatureState.Confirmed, now);
        else
            db.Admit(signature, now);
    }

    /// <summary>
    /// The same for one whose line was changed, or whose letter's rules were, while it waits or before it is listed. What stays where it is
    /// keeps its place in the line; what was let in and now needs more people than have looked goes to review.
    /// </summary>
    public static async Task RuleAgainAsync(this UndersignedDb db, Letter letter, Signature signature, Ruling ruling, DateTimeOffset now, CancellationToken cancellation)
    {
        var had = signature.LooksNeeded;
        (signature.LooksNeeded, signature.Risk) = (ruling.LooksNeeded, Math.Max(ruling.Risk, signature.State == SignatureState.InReview ? signature.Risk : 0));
        switch (signature.State)
        {
            case SignatureState.InReview:
                signature.ReviewReasons = [.. ruling.Reasons.Union(signature.ReviewReasons)];
                break;
            case SignatureState.Confirmed when ruling.Path == AdmissionPath.Review:
                SetAside(signature, ruling.Reasons, now);
                break;
            case SignatureState.Admitted when ruling.LooksNeeded > had:
                await db.LeaveAsync(signature, SignatureState.InReview, null, now, cancellation);
                signature.ReviewReasons = [.. ruling.Reasons];
                break;
        }
    }

    /// <summary>Lets in a signature that waits or was set aside. One that stood before (its number is kept) is put back.</summary>
    public static void Admit(this UndersignedDb db, Signature signature, DateTimeOffset now)
    {
        Move(signature, SignatureState.Admitted, now);
        db.Changes.Add(Change.Of(signature.Number is null ? ChangeKind.Sign : ChangeKind.Reinstate, signature, now,
            signature.Number is null ? null : "error"));
        if (signature.Number is not null)
            db.QueueDecision(signature, now);
    }

    public static void SetAside(Signature signature, IEnumerable<string> reasons, DateTimeOffset now)
    {
        Move(signature, SignatureState.InReview, now);
        signature.ReviewReasons = [.. reasons];
    }

    /// <summary>
    /// Takes a signature off the list, or out of the line for it: by the signer (<see cref="SignatureState.Withdrawn"/>) or by
    /// staff (Removed, Declined, or back to InReview or Confirmed). Listed lines leave through the log with <paramref name="reason"/>;
    /// an admission that the sequencer has not reached is taken back as if it had not been. Whoever confirmed is told what staff decided.
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
        if (to is SignatureState.Removed or SignatureState.Declined || to == SignatureState.InReview && signature.State == SignatureState.Listed)
            db.QueueDecision(signature, now);
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
        await db.ForgetAroundAsync(signature, now, cancellation);
        signature.Forget(SignatureState.Erased, now);
    }

    /// <summary>Who was asked for more has answered: it is looked at again in its turn.</summary>
    internal static void SpeaksAnew(Signature signature) =>
        signature.ReviewReasons = [.. signature.ReviewReasons.Where(r => r is not (Oddity.Asked or Oddity.Held or Oddity.NewEvidence)), Oddity.NewEvidence];

    private static void Move(Signature signature, SignatureState to, DateTimeOffset now)
    {
        signature.State = to;
        signature.StateAt = now;
    }
}
