using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Duplicates;

/// <summary>A person's word about a pair.</summary>
/// <param name="WordsOf">Whose words the kept line has; null for its own.</param>
public sealed record Told(long FirstId, long SecondId, bool IsSame, long? WordsOf = null);

/// <summary>One person or two: merges the one, remembers the other for ever.</summary>
public sealed class Telling(UndersignedDb db, TimeProvider time)
{
    private const string Reason = "duplicate";

    /// <summary>False where somebody else has decided, or one of the two has left or moved meanwhile; nothing happened then.</summary>
    public async Task<bool> TellAsync(long letterId, long accountId, Told told, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
        await db.LockAsync(letter, cancellation);
        var now = time.GetUtcNow();
        var pair = await db.Pairs.AsNoTracking().SingleOrDefaultAsync(p => p.LetterId == letterId && p.FirstId == told.FirstId && p.SecondId == told.SecondId, cancellation);
        if (pair is null || !await db.SetPairAsync(pair, PairState.Waiting, told.IsSame ? PairState.Same : PairState.Different, cancellation, accountId, now))
            return false;
        var both = await db.Signatures.Where(s => s.LetterId == letterId && (s.Id == told.FirstId || s.Id == told.SecondId)).ToListAsync(cancellation);
        if (both.Count != 2 || !both.TrueForAll(Counts))
            return false;
        try
        {
            if (told.IsSame)
                await MergeAsync(letter, accountId, both, told.WordsOf, now, cancellation);
            else
                await TellApartAsync(letter, accountId, both, now, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static bool Counts(Signature s) => s.State is SignatureState.Confirmed or SignatureState.InReview or SignatureState.Admitted or SignatureState.Listed;

    /// <summary>The line that stays: the better checked one, then the one with a number, then the earlier.</summary>
    public static Signature KeptOf(Signature a, Signature b) =>
        new[] { a, b }.OrderByDescending(s => s.Level).ThenBy(s => s.State != SignatureState.Listed).ThenBy(s => s.Number ?? int.MaxValue).ThenBy(s => s.Id).First();

    private async Task MergeAsync(Letter letter, long accountId, List<Signature> both, long? wordsOf, DateTimeOffset now, CancellationToken cancellation)
    {
        var kept = KeptOf(both[0], both[1]);
        var other = both.Single(s => s != kept);
        var bulk = db.BeginBulk(letter, accountId, "same-person", now);
        bulk.About(kept);
        bulk.About(other);
        await TakeOverAsync(letter, kept, other, now, cancellation);
        if (wordsOf == other.Id && kept.ToShown().Mark() != other.ToShown().Mark())
        {
            (kept.Name, kept.FoldedName, kept.Posts, kept.Location) = (other.Name, other.FoldedName, [.. other.Posts], other.Location);
            await db.AmendAnywhereAsync(kept, "update", now, cancellation);
        }
        await db.LeaveAsync(other, other.State == SignatureState.Listed ? SignatureState.Removed : SignatureState.Declined, Reason, now, cancellation);
        (other.DecidedBy, other.DecidedAt) = (accountId, now);
        kept.ReviewReasons = [.. kept.ReviewReasons.Where(r => !IsOfKin(r))];
        await bulk.SaveAsync(Reason, cancellation);
    }

    /// <summary>What was checked about the person speaks for the line that stays. An account speaks for one line alone and stays where it is.</summary>
    private async Task TakeOverAsync(Letter letter, Signature kept, Signature other, DateTimeOffset now, CancellationToken cancellation)
    {
        var evidence = await db.Evidence.Where(e => (e.SignatureId == kept.Id || e.SignatureId == other.Id) && e.EndedAt == null).ToListAsync(cancellation);
        foreach (var one in evidence.Where(e => e.SignatureId == other.Id && e.Kind != EvidenceKind.Account
            && e.VoucherId != kept.Id && !evidence.Any(k => k.SignatureId == kept.Id && k.Kind == e.Kind && k.What == e.What && k.VoucherId == e.VoucherId)))
            db.Evidence.Add(new Evidence
            {
                LetterId = letter.Id,
                SignatureId = kept.Id,
                Kind = one.Kind,
                At = one.At,
                AccountId = one.AccountId,
                VoucherId = one.VoucherId,
                FromLetterId = one.FromLetterId,
                What = one.What,
                Claim = one.Claim,
            });
        await db.EvidenceChangedAsync(letter, kept, now, cancellation);
    }

    /// <summary>What waited only because the two look alike goes on.</summary>
    private async Task TellApartAsync(Letter letter, long accountId, List<Signature> both, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var signature in both)
        {
            db.Acts.Add(new StaffAct
            {
                LetterId = letter.Id,
                AccountId = accountId,
                At = now,
                What = "different-people",
                SignatureId = signature.Id,
                FromState = signature.State.ToString(),
                ToState = signature.State.ToString(),
            });
            if (signature.State == SignatureState.InReview && signature.LooksNeeded < 2 && signature.ReviewReasons.Count > 0 && signature.ReviewReasons.TrueForAll(IsOfKin))
            {
                signature.ReviewReasons = [];
                signature.GlanceBatchId = null;
                await db.LeadOnAsync(letter, signature, now, cancellation);
            }
        }
        await db.SaveChangesAsync(cancellation);
    }

    private static bool IsOfKin(string reason) =>
        Oddity.Parts(reason).Code is Oddity.PerhapsSame or Oddity.UsesName or Oddity.SameName or Oddity.LooksLikeEarlier;
}
