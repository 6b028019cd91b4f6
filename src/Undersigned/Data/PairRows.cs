using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Undersigned.Linkage;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Pairs of a letter as rows: brought up to what stands in memory, their reasons as codes.</summary>
public static class PairRows
{
    /// <summary>Every new line moves all weights by a hair; the order of the screen bears half a bit.</summary>
    private const double WorthWriting = 0.5;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Pairs of one letter that people have told apart, to be asked about never again.</summary>
    public static async Task<IReadOnlySet<IdPair>> DifferentPeopleAsync(this UndersignedDb db, long letterId, CancellationToken cancellation) =>
        (await db.Pairs.AsNoTracking().Where(p => p.LetterId == letterId && p.State == PairState.Different).Select(p => new { p.FirstId, p.SecondId }).ToListAsync(cancellation))
            .Select(p => IdPair.Of(p.FirstId, p.SecondId)).ToHashSet();

    public static IReadOnlyList<Reason> ReasonsOf(Pair pair) => JsonSerializer.Deserialize<List<Reason>>(pair.Reasons, Format) ?? [];

    /// <summary>"Probably the same person (19 in 20)."</summary>
    public static string SumOf(Pair pair) => new Match(pair.FirstId, pair.SecondId, pair.Bits, 1 / (1 + Math.Pow(2, -pair.Bits)))
    {
        Standing = pair.IsLikely ? Standing.Likely : Standing.Review,
        MayBeImpersonation = pair.MayBeImpersonation,
    }.Sum();

    /// <summary>
    /// Reads the letter's lines, and where they differ from the last time, brings the rows to what follows from the lines as they are:
    /// new pairs wait, those that are none any more are gone. What people decide meanwhile stays decided.
    /// </summary>
    public static async Task FollowPairsAsync(this UndersignedDb db, Letter letter, DateTimeOffset now, CancellationToken cancellation)
    {
        var standing = await db.Signatures.AsNoTracking()
            .Where(s => s.LetterId == letter.Id && s.Name != ""
                && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed))
            .ToListAsync(cancellation);
        var likenesses = db.Likenesses.Of(letter.Id);
        var differs = likenesses.Follow([.. standing.Select(s => s.ToSignatory(letter))]);
        var ids = standing.Select(s => s.Id).ToHashSet();
        var rows = await db.Pairs.AsNoTracking().Where(p => p.LetterId == letter.Id).ToListAsync(cancellation);
        // Undone: both stand again, and the question is open again.
        foreach (var again in rows.Where(p => p.State == PairState.Same && ids.Contains(p.FirstId) && ids.Contains(p.SecondId)))
            await db.SetPairAsync(again, PairState.Same, PairState.Waiting, cancellation);
        if (!differs)
            return;
        var found = likenesses.Pairs(rows.Where(p => p.State == PairState.Different).Select(p => IdPair.Of(p.FirstId, p.SecondId)).ToHashSet());
        try
        {
            await db.WritePairsAsync(letter, rows, found, now, cancellation);
        }
        catch
        {
            likenesses.Again();
            throw;
        }
    }

    private static async Task WritePairsAsync(this UndersignedDb db, Letter letter, List<Pair> rows, IReadOnlyList<Match> found, DateTimeOffset now, CancellationToken cancellation)
    {
        var there = rows.ToDictionary(p => (p.FirstId, p.SecondId));
        foreach (var match in found)
            if (!there.TryGetValue((match.First, match.Second), out var row))
                db.Pairs.Add(Fill(new Pair { LetterId = letter.Id, FirstId = match.First, SecondId = match.Second, FoundAt = now }, match));
            else if (row.State is PairState.Waiting or PairState.Gone && Fill(new Pair(), match) is var other && (other.Reasons != row.Reasons || other.IsLikely != row.IsLikely || other.MayBeImpersonation != row.MayBeImpersonation || Math.Abs(other.Bits - row.Bits) >= WorthWriting || row.State == PairState.Gone))
                await db.Pairs.Where(p => p.LetterId == letter.Id && p.FirstId == row.FirstId && p.SecondId == row.SecondId && (p.State == PairState.Waiting || p.State == PairState.Gone))
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, PairState.Waiting).SetProperty(p => p.Bits, other.Bits).SetProperty(p => p.IsLikely, other.IsLikely)
                        .SetProperty(p => p.MayBeImpersonation, other.MayBeImpersonation).SetProperty(p => p.Reasons, other.Reasons), cancellation);
        var still = found.Select(m => (m.First, m.Second)).ToHashSet();
        foreach (var gone in rows.Where(p => p.State == PairState.Waiting && !still.Contains((p.FirstId, p.SecondId))))
            await db.SetPairAsync(gone, PairState.Waiting, PairState.Gone, cancellation);
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
    }

    private static Pair Fill(Pair pair, Match match)
    {
        (pair.Bits, pair.IsLikely, pair.MayBeImpersonation) = (match.Bits, match.Standing == Standing.Likely, match.MayBeImpersonation);
        pair.Reasons = JsonSerializer.Serialize(match.Reasons, Format);
        return pair;
    }

    /// <summary>From one state to another, by compare-and-swap; false where it was not in the first. Reasons, which hold parts of names, go with one that is gone.</summary>
    public static async Task<bool> SetPairAsync(this UndersignedDb db, Pair pair, PairState from, PairState to, CancellationToken cancellation, long? by = null, DateTimeOffset? at = null) =>
        await db.Pairs.Where(p => p.LetterId == pair.LetterId && p.FirstId == pair.FirstId && p.SecondId == pair.SecondId && p.State == from)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, to).SetProperty(p => p.DecidedBy, by).SetProperty(p => p.DecidedAt, at)
                .SetProperty(p => p.Reasons, p => to == PairState.Gone ? "[]" : p.Reasons), cancellation) == 1;
}
