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

    /// <summary>Lines that are looked at each round because others changed.</summary>
    private const int OthersARound = 2_000;

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
    /// Reads what changed among the letter's lines, and brings the rows of some of them to what follows from the lines as they are: new
    /// pairs wait, those that are none any more are gone. What people decide meanwhile stays decided.
    /// </summary>
    public static async Task FollowPairsAsync(this UndersignedDb db, Letter letter, DateTimeOffset now, CancellationToken cancellation)
    {
        await db.CatchUpAsync(letter.Id, cancellation);
        var likenesses = db.Likenesses.Of(letter.Id);
        var apart = await db.DifferentPeopleAsync(letter.Id, cancellation);
        var turn = likenesses.Next(apart, OthersARound);
        if (turn.Lines.Count == 0)
            return;
        var rows = await db.RowsOfAsync(letter.Id, turn.Lines, cancellation);
        // Undone: both stand again, and the question is open again.
        foreach (var again in rows.Where(p => p.State == PairState.Same && likenesses.Stands(p.FirstId) && likenesses.Stands(p.SecondId)))
            if (await db.SetPairAsync(again, PairState.Same, PairState.Waiting, cancellation))
                again.State = PairState.Waiting;
        await db.WritePairsAsync(letter, rows, Wanted(likenesses, turn, rows, apart), now, cancellation);
        likenesses.Done(turn);
    }

    private static async Task<List<Pair>> RowsOfAsync(this UndersignedDb db, long letterId, IReadOnlyCollection<long> lines, CancellationToken cancellation)
    {
        var pairs = db.Pairs.AsNoTracking().Where(p => p.LetterId == letterId);
        var first = await pairs.Where(p => lines.Contains(p.FirstId)).ToListAsync(cancellation);
        var second = await pairs.Where(p => lines.Contains(p.SecondId)).ToListAsync(cancellation);
        return [.. first.Concat(second).DistinctBy(p => (p.FirstId, p.SecondId))];
    }

    /// <summary>A pair is asked about while it is among the likeliest of either of its lines.</summary>
    private static Dictionary<(long First, long Second), Match> Wanted(LetterLikenesses likenesses, Turn turn, List<Pair> rows, IReadOnlySet<IdPair> apart)
    {
        var wanted = new Dictionary<(long First, long Second), Match>();
        var looked = new HashSet<long>();
        void Look(long line)
        {
            if (looked.Add(line))
                foreach (var match in likenesses.Likeliest(line, apart))
                    wanted[(match.First, match.Second)] = match;
        }
        foreach (var line in turn.Lines)
            Look(line);
        foreach (var row in rows.Where(r => r.State == PairState.Waiting && !wanted.ContainsKey((r.FirstId, r.SecondId))))
        {
            Look(row.FirstId);
            Look(row.SecondId);
        }
        return wanted.Where(w => turn.Lines.Contains(w.Key.First) || turn.Lines.Contains(w.Key.Second)).ToDictionary();
    }

    private static async Task WritePairsAsync(this UndersignedDb db, Letter letter, List<Pair> rows, Dictionary<(long First, long Second), Match> wanted, DateTimeOffset now, CancellationToken cancellation)
    {
        var there = rows.ToDictionary(p => (p.FirstId, p.SecondId));
        foreach (var match in wanted.Values)
            if (!there.TryGetValue((match.First, match.Second), out var row))
                db.Pairs.Add(Fill(new Pair { LetterId = letter.Id, FirstId = match.First, SecondId = match.Second, FoundAt = now }, match));
            else if (row.State is PairState.Waiting or PairState.Gone && Fill(new Pair(), match) is var other && (other.Reasons != row.Reasons || other.IsLikely != row.IsLikely || other.MayBeImpersonation != row.MayBeImpersonation || Math.Abs(other.Bits - row.Bits) >= WorthWriting || row.State == PairState.Gone))
                await db.Pairs.Where(p => p.LetterId == letter.Id && p.FirstId == row.FirstId && p.SecondId == row.SecondId && (p.State == PairState.Waiting || p.State == PairState.Gone))
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.State, PairState.Waiting).SetProperty(p => p.Bits, other.Bits).SetProperty(p => p.IsLikely, other.IsLikely)
                        .SetProperty(p => p.MayBeImpersonation, other.MayBeImpersonation).SetProperty(p => p.Reasons, other.Reasons), cancellation);
        foreach (var gone in rows.Where(p => p.State == PairState.Waiting && !wanted.ContainsKey((p.FirstId, p.SecondId))))
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
