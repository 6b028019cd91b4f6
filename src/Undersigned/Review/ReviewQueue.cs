using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Review;

/// <summary>One that waits for a decision; <see cref="Path"/> is below the letter's desk.</summary>
/// <param name="IsPutOff">Asked for more, or held: after the others.</param>
/// <param name="HasLooked">Who asks has decided, and another person is to: after all others.</param>
/// <param name="WaitsForSecond">Somebody else has decided, and one more decision is all it needs.</param>
public sealed record QueueItem(string Path, string Name, string Why, DateTimeOffset Since, int Risk, bool NeedsTwo, bool IsPutOff, bool HasLooked, bool WaitsForSecond);

/// <summary>What waits, the riskiest first and among equals the oldest.</summary>
public sealed record Queue(IReadOnlyList<QueueItem> Items, int SetAside, int Corrections)
{
    public int Total => SetAside + Corrections;
    public DateTimeOffset? Oldest => Items.Count == 0 ? null : Items.Min(i => i.Since);

    /// <summary>The first that this person can do something about now.</summary>
    public QueueItem? Next => Items.FirstOrDefault(i => !i.HasLooked && !i.IsPutOff) ?? Items.FirstOrDefault(i => !i.HasLooked) ?? (Items.Count > 0 ? Items[0] : null);
}

public sealed class ReviewQueue(UndersignedDb db)
{
    /// <summary>As many as are read at once.</summary>
    private const int Shown = 100;
    private const int RiskOfACorrection = 15;

    public async Task<Queue> ReadAsync(long letterId, long accountId, CancellationToken cancellation)
    {
        var aside = db.Signatures.AsNoTracking().Where(s => s.LetterId == letterId && s.State == SignatureState.InReview);
        var asked = db.Corrections.AsNoTracking().Where(c => c.LetterId == letterId && c.State == CorrectionState.Waiting);
        var names = await aside.OrderByDescending(s => s.Risk).ThenBy(s => s.StateAt).ThenBy(s => s.Id).Take(Shown).ToListAsync(cancellation);
        var corrections = await asked.OrderBy(c => c.Id).Take(Shown)
            .Join(db.Signatures, c => c.SignatureId, s => s.Id, (c, s) => new { Wish = c, s.Name }).ToListAsync(cancellation);
        var looks = await LooksAsync([.. names.Where(n => n.LooksNeeded > 1).Select(n => n.Id), .. corrections.Select(c => c.Wish.SignatureId)], cancellation);
        var items = names.Select(s => Item(s, looks, accountId)).Concat(corrections.Select(c => Item(c.Wish, c.Name, looks, accountId)));
        return new Queue(
            [.. items.OrderBy(i => i.HasLooked).ThenBy(i => i.IsPutOff).ThenByDescending(i => i.Risk).ThenBy(i => i.Since)],
            await aside.CountAsync(cancellation), await asked.CountAsync(cancellation));
    }

    /// <summary>Who has decided, by the signature and the line as it was seen.</summary>
    private async Task<ILookup<(long, string), long>> LooksAsync(IReadOnlyList<long> signatures, CancellationToken cancellation) =>
        (signatures.Count == 0 ? [] : await db.Looks.AsNoTracking().Where(l => signatures.Contains(l.SignatureId)).ToListAsync(cancellation))
        .ToLookup(l => (l.SignatureId, l.Mark), l => l.AccountId);

    private static QueueItem Item(Signature s, ILookup<(long, string), long> looks, long accountId)
    {
        var isDisputed = s.ReviewReasons.Contains(Oddity.Disagreement);
        var who = s.LooksNeeded > 1 && !isDisputed ? looks[(s.Id, s.ToShown().Mark())].ToList() : [];
        return new QueueItem(
            $"/review/{s.Id}", s.Name, Why(s.ReviewReasons), s.StateAt, s.Risk, s.LooksNeeded > 1,
            s.ReviewReasons.Exists(r => r is Oddity.Held or Oddity.Asked), who.Contains(accountId), who.Count > 0 && !who.Contains(accountId));
    }

    private static QueueItem Item(Correction wish, string name, ILookup<(long, string), long> looks, long accountId)
    {
        var who = looks[(wish.SignatureId, ShownLine.Of(wish.Name, wish.Posts, wish.Location).Mark())].ToList();
        return new QueueItem(
            $"/review/corrections/{wish.Id}", name, "Asks for a correction", wish.ProposedAt, RiskOfACorrection, false, false, who.Contains(accountId), who.Count > 0 && !who.Contains(accountId));
    }

    private static string Why(List<string> reasons) =>
        reasons.Count == 0 ? "Set aside" : string.Join(" · ", reasons.Select(StaffWords.Oddity));
}
