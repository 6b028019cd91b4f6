using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Review;

/// <summary>One that waits for a decision; <see cref="Path"/> is below the letter's desk.</summary>
public sealed record QueueItem(string Path, string Name, string Why, DateTimeOffset Since, int Risk);

/// <summary>What waits, the riskiest first and among equals the oldest.</summary>
public sealed record Queue(IReadOnlyList<QueueItem> Items, int SetAside, int Corrections)
{
    public int Total => SetAside + Corrections;
    public DateTimeOffset? Oldest => Items.Count == 0 ? null : Items.Min(i => i.Since);
}

public sealed class ReviewQueue(UndersignedDb db)
{
    /// <summary>As many as are read at once; the oldest of what waits.</summary>
    private const int Shown = 100;

    private static readonly HashSet<string> Risky = [Oddity.MixedScripts, Oddity.LooksLikeEarlier, Oddity.TitleInName, Oddity.Undone];

    public async Task<Queue> ReadAsync(long letterId, CancellationToken cancellation)
    {
        var aside = db.Signatures.AsNoTracking().Where(s => s.LetterId == letterId && s.State == SignatureState.InReview);
        var asked = db.Corrections.AsNoTracking().Where(c => c.LetterId == letterId && c.State == CorrectionState.Waiting);
        var names = await aside.OrderBy(s => s.StateAt).ThenBy(s => s.Id).Take(Shown)
            .Select(s => new { s.Id, s.Name, s.ReviewReasons, s.StateAt }).ToListAsync(cancellation);
        var corrections = await asked.OrderBy(c => c.Id).Take(Shown)
            .Join(db.Signatures, c => c.SignatureId, s => s.Id, (c, s) => new { c.Id, s.Name, c.ProposedAt }).ToListAsync(cancellation);
        var items = names.Select(s => new QueueItem($"/review/{s.Id}", s.Name, Why(s.ReviewReasons), s.StateAt, s.ReviewReasons.Any(Risky.Contains) ? 0 : 1))
            .Concat(corrections.Select(c => new QueueItem($"/review/corrections/{c.Id}", c.Name, "Asks for a correction", c.ProposedAt, 1)));
        return new Queue([.. items.OrderBy(i => i.Risk).ThenBy(i => i.Since)], await aside.CountAsync(cancellation), await asked.CountAsync(cancellation));
    }

    private static string Why(List<string> reasons) =>
        reasons.Count == 0 ? "Set aside" : string.Join(" · ", reasons.Select(StaffWords.Oddity));
}
