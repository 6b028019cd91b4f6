using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>What came of one person's decision about a signature.</summary>
public enum LookOutcome
{
    Admitted,
    Declined,
    /// <summary>The first of two; the second sees it only after their own.</summary>
    WaitsForSecond,
    /// <summary>The two do not agree; an owner decides.</summary>
    WaitsForOwner,
    /// <summary>This person has decided already.</summary>
    LookedBefore,
    /// <summary>Nobody lets in what they pasted in themselves.</summary>
    OwnImport,
    /// <summary>The two did not agree, and this person is no owner, or was one of the two.</summary>
    OwnersOnly,
}

/// <summary>How far two people have come with a line as it stands now.</summary>
public sealed record LooksSoFar(IReadOnlyList<Look> Looks)
{
    public bool IsDisputed => Looks.Select(l => l.Verdict).Distinct().Count() > 1;
    public Look? Of(long accountId) => Looks.FirstOrDefault(l => l.AccountId == accountId);
}

/// <summary>
/// One person's decision, where one is enough, or as one of two. Looks belong to the line as it was seen: another line needs another look.
/// </summary>
public static class TwoPeople
{
    public static async Task<LooksSoFar> LooksSoFarAsync(this UndersignedDb db, Signature signature, string mark, CancellationToken cancellation) =>
        new(await db.Looks.AsNoTracking().Where(l => l.SignatureId == signature.Id && l.Mark == mark).OrderBy(l => l.Id).ToListAsync(cancellation));

    /// <summary>
    /// Decides, or keeps the first of two decisions. The signature is tracked; the caller runs a transaction, saves, and commits. Two who
    /// look at the same moment come one after the other, by the letter's lock.
    /// </summary>
    public static async Task<LookOutcome> DecideAsync(
        this UndersignedDb db, Letter letter, Signature signature, (long Id, StaffRole Role) who, LookVerdict verdict, string? reason, DateTimeOffset now, CancellationToken cancellation)
    {
        if (verdict == LookVerdict.Admit && signature.ImportedBy == who.Id && !await db.IsAloneAsync(letter.Id, who.Id, cancellation))
            return LookOutcome.OwnImport;
        var outcome = await db.LookAsync(letter, signature, signature.ToShown().Mark(), signature.LooksNeeded, who, verdict, reason, now, cancellation);
        if (outcome == LookOutcome.Admitted)
            db.Admit(signature, now);
        else if (outcome == LookOutcome.Declined)
        {
            await db.LeaveAsync(signature, SignatureState.Declined, reason, now, cancellation);
        }
        else if (outcome == LookOutcome.WaitsForOwner && !signature.ReviewReasons.Contains(Oddity.Disagreement))
            signature.ReviewReasons = [Oddity.Disagreement, .. signature.ReviewReasons];
        if (outcome is LookOutcome.Admitted or LookOutcome.Declined)
            (signature.DecidedBy, signature.DecidedAt) = (who.Id, now);
        return outcome;
    }

    /// <summary>The same for a line that is not the signature's yet: a correction that waits. Nothing but the look is written.</summary>
    public static async Task<LookOutcome> LookAsync(
        this UndersignedDb db, Letter letter, Signature signature, string mark, int needed, (long Id, StaffRole Role) who, LookVerdict verdict, string? reason, DateTimeOffset now, CancellationToken cancellation)
    {
        var decided = verdict == LookVerdict.Admit ? LookOutcome.Admitted : LookOutcome.Declined;
        if (needed < 2)
            return decided;
        await db.LockAsync(letter, cancellation);
        var before = await db.LooksSoFarAsync(signature, mark, cancellation);
        var mine = before.Of(who.Id);
        if (before.IsDisputed)
            return who.Role != StaffRole.Owner || mine is not null && verdict == LookVerdict.Admit ? LookOutcome.OwnersOnly : decided;
        if (mine is not null)
            return LookOutcome.LookedBefore;
        db.Looks.Add(new Look { LetterId = letter.Id, SignatureId = signature.Id, AccountId = who.Id, At = now, Verdict = verdict, Reason = reason, Mark = mark });
        if (before.Looks.Count == 0)
            return LookOutcome.WaitsForSecond;
        return before.Looks[0].Verdict == verdict ? decided : LookOutcome.WaitsForOwner;
    }
}
