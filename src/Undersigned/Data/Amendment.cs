using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Changes what is shown of a signature, wherever it is on its way.</summary>
public static class Amendment
{
    /// <summary>
    /// One that stands is amended. One that was let in and is not listed yet is let in anew with its new words: its place in the line is
    /// taken back, so that a sequencer which has read the old words fails its step and reads again. One that waits is ruled
    /// again by its new words. Words by which a line comes to claim a prominent name or a high office wait for two people first,
    /// unless the caller knows that two have looked, or puts back what stood before. The caller saves.
    /// </summary>
    public static async Task AmendAnywhereAsync(
        this UndersignedDb db, Signature signature, string reason, DateTimeOffset now, CancellationToken cancellation, bool isLookedAt = false)
    {
        if (!isLookedAt && await db.WaitsWithNewWordsAsync(signature, now, cancellation))
            return;
        if (signature.State == SignatureState.Admitted)
        {
            await db.LeaveAsync(signature, SignatureState.Confirmed, null, now, cancellation);
            db.Admit(signature, now);
        }
        db.Amend(signature, reason, now);
    }

    private static async Task<bool> WaitsWithNewWordsAsync(this UndersignedDb db, Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        var entry = db.Entry(signature);
        var (name, posts) = (entry.Property(s => s.Name), entry.Property(s => s.Posts));
        if (!name.IsModified && !posts.IsModified || signature.State is not (SignatureState.Confirmed or SignatureState.InReview or SignatureState.Admitted or SignatureState.Listed))
            return false;
        var letter = await db.Letters.SingleAsync(l => l.Id == signature.LetterId, cancellation);
        if (signature.State is SignatureState.Confirmed or SignatureState.InReview)
        {
            await db.RuleAgainAsync(letter, signature, await db.RulingAsync(letter, signature, now, cancellation), now, cancellation);
            return true;
        }
        var watch = await Watching.OfAsync(db, letter, cancellation);
        var before = watch.Check(new Signature { LetterId = letter.Id, Name = name.OriginalValue, Posts = posts.OriginalValue });
        if (watch.Check(signature) is not { Hold: true } hit || before is { Hold: true } && before.NameId == hit.NameId)
            return false;
        var ruling = await db.RulingAsync(letter, signature, now, cancellation);
        await db.LeaveAsync(signature, SignatureState.InReview, "other", now, cancellation);
        (signature.LooksNeeded, signature.Risk, signature.ReviewReasons) = (ruling.LooksNeeded, ruling.Risk, [.. ruling.Reasons]);
        return true;
    }
}
