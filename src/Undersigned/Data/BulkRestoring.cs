using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// Puts one signature back to where it was before an act. Only what the act changed is looked at and put back: a merge of spellings is undone
/// also where the signature has been let in since, and not where its organization has been mended again.
/// </summary>
internal sealed class BulkRestoring(
    UndersignedDb db, Letter letter, Signature signature, SignatureThen? before, SignatureThen after, long accountId, DateTimeOffset now)
{
    private const string Reason = "error";

    private bool Moved => before is null || before.State != after.State;
    private bool Renamed => before is not null && before.Name != after.Name;
    private bool Reposted => before is not null && !before.Posts.SequenceEqual(after.Posts);
    private bool Relocated => before is not null && before.Location != after.Location;
    private bool Reworded => Renamed || Reposted || Relocated;
    private bool Noted => before is not null && before.Note != after.Note;

    /// <summary>The act was one of two decisions, and nothing else.</summary>
    public bool IsLookOnly => after.Looked.Count > 0 && after.State == SignatureState.InReview;

    public async Task<bool> IsStillAsItWasLeftAsync(CancellationToken cancellation) =>
        IsPerson(signature.State)
        // The other of the two has decided since: what came of it is undone in Review.
        && (!IsLookOnly || signature.State == after.State)
        && (!Moved || IsWhereItWasLed(signature.State, after.State) && !await IsSignedAgainAsync(cancellation))
        && (!Renamed || signature.Name == after.Name)
        && (!Reposted || signature.Posts.SequenceEqual(after.Posts))
        && (!Relocated || signature.Location == after.Location)
        && (!Noted || signature.Note == after.Note)
        && (!Reworded || signature.State is not (SignatureState.Removed or SignatureState.Withdrawn));

    private static bool IsPerson(SignatureState state) => state is not (SignatureState.Erased or SignatureState.Expired);

    // From admitted to listed it goes by itself.
    private static bool IsWhereItWasLed(SignatureState state, SignatureState led) =>
        state == led || state == SignatureState.Listed && led == SignatureState.Admitted;

    /// <summary>The same mailbox has signed again since it left: there is no way back for this one.</summary>
    private async Task<bool> IsSignedAgainAsync(CancellationToken cancellation) =>
        before is not null && Counts(before.State) && !Counts(signature.State) && signature.AddressTag is not null
        && await db.Signatures.AnyAsync(s => s.LetterId == letter.Id && s.Id != signature.Id && s.AddressTag == signature.AddressTag
            && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed), cancellation);

    private static bool Counts(SignatureState state) =>
        state is SignatureState.Confirmed or SignatureState.InReview or SignatureState.Admitted or SignatureState.Listed;

    public async Task RestoreAsync(CancellationToken cancellation)
    {
        if (Noted)
            signature.Note = before!.Note;
        await EndEvidenceAsync(cancellation);
        await TakeLooksBackAsync(cancellation);
        if (Reworded)
            await RewordAsync(cancellation);
        if (Moved)
            await MoveAsync(cancellation);
    }

    private async Task EndEvidenceAsync(CancellationToken cancellation)
    {
        if (after.Added.Count == 0)
            return;
        foreach (var one in await db.Evidence.Where(e => e.SignatureId == signature.Id && after.Added.Contains(e.Id) && e.EndedAt == null).ToListAsync(cancellation))
            (one.EndedAt, one.EndedBy) = (now, accountId);
        // One that was let in by this very act goes back below; its decision is not run anew here.
        if (!Moved)
            await db.EvidenceChangedAsync(letter, signature, now, cancellation);
        else
            await db.LevelFollowsAsync(signature, cancellation);
    }

    private async Task TakeLooksBackAsync(CancellationToken cancellation)
    {
        if (after.Looked.Count == 0)
            return;
        db.Looks.RemoveRange(await db.Looks.Where(l => l.SignatureId == signature.Id && after.Looked.Contains(l.Id)).ToListAsync(cancellation));
        if (before?.ReviewReasons.Contains(Oddity.Disagreement) == false)
            signature.ReviewReasons = [.. signature.ReviewReasons.Where(r => r != Oddity.Disagreement)];
    }

    private async Task RewordAsync(CancellationToken cancellation)
    {
        if (Renamed)
            (signature.Name, signature.FoldedName) = (before!.Name, NameFolding.Fold(before.Name));
        if (Reposted)
            signature.Posts = [.. before!.Posts];
        if (Relocated)
            signature.Location = before!.Location;
        await db.AmendAnywhereAsync(signature, Reason, now, cancellation, isLookedAt: true);
    }

    private async Task MoveAsync(CancellationToken cancellation)
    {
        var to = before?.State ?? (signature.State == SignatureState.Listed ? SignatureState.Removed : SignatureState.Declined);
        switch (to)
        {
            case SignatureState.Admitted or SignatureState.Listed:
                db.Admit(signature, now);
                break;
            case SignatureState.Submitted or SignatureState.Confirmed or SignatureState.InReview when signature.State == SignatureState.Listed:
                await db.LeaveAsync(signature, SignatureState.InReview, Reason, now, cancellation);
                signature.ReviewReasons = [Oddity.Undone];
                break;
            default:
                await db.LeaveAsync(signature, to, before is null || signature.State == SignatureState.Listed ? Reason : null, now, cancellation);
                signature.ReviewReasons = [.. before?.ReviewReasons ?? []];
                break;
        }
        signature.DecisionReason = before is null ? Reason : before.DecisionReason;
        (signature.DecidedBy, signature.DecidedAt) = before is null ? (accountId, now) : (before.DecidedBy, before.DecidedAt);
        if (to == SignatureState.Confirmed)
            signature.GlanceBatchId = null;
    }
}
