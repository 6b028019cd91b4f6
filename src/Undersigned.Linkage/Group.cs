namespace Undersigned.Linkage;

/// <summary>Lines that hang together by pairs. Its weakest link says how far to believe it.</summary>
/// <param name="Ids">The lines, in order.</param>
/// <param name="Pairs">The pairs among them, in order.</param>
public sealed record Group(IReadOnlyList<long> Ids, IReadOnlyList<ScoredPair> Pairs)
{
    /// <summary>The most lines that one look can take in; of a larger group <see cref="Core"/> is shown.</summary>
    public const int Shown = 12;

    /// <summary>The weakest pair that the group needs: of the strongest links that join all lines, the last.</summary>
    public ScoredPair Weakest { get; init; }

    /// <summary>Pairs whose loss would split the group: where two people were joined by mistake, it is one of these.</summary>
    public IReadOnlyList<ScoredPair> Bridges { get; init; } = [];

    /// <summary>The lines with the most links, at most twelve, in order.</summary>
    public IReadOnlyList<long> Core { get; init; } = [];

    internal static List<Group> Of(IReadOnlyList<ScoredPair> pairs)
    {
        var parents = new Dictionary<long, long>();
        long Root(long id)
        {
            if (!parents.TryGetValue(id, out var parent)) parents[id] = parent = id;
            while (parent != id)
            {
                var above = parents[parent];
                parents[id] = above;
                (id, parent) = (parent, above);
            }
            return id;
        }
        var weakest = new Dictionary<long, ScoredPair>();
        foreach (var pair in pairs.OrderByDescending(pair => pair.Bits).ThenBy(pair => pair.First).ThenBy(pair => pair.Second))
        {
            long a = Root(pair.First), b = Root(pair.Second);
            if (a == b) continue;
            parents[Math.Max(a, b)] = Math.Min(a, b);
            weakest[Math.Min(a, b)] = pair;
        }
        return [.. pairs.GroupBy(pair => Root(pair.First)).Select(group => Of(weakest[group.Key], [.. group])).OrderBy(group => group.Ids[0])];
    }

    private static Group Of(ScoredPair weakest, List<ScoredPair> pairs)
    {
        var links = new Dictionary<long, List<int>>();
        for (var i = 0; i < pairs.Count; i++)
        {
            Linked(pairs[i].First).Add(i);
            Linked(pairs[i].Second).Add(i);
        }
        List<int> Linked(long id) => links.TryGetValue(id, out var list) ? list : links[id] = [];
        return new Group([.. links.Keys.Order()], pairs)
        {
            Weakest = weakest,
            Bridges = BridgesOf(pairs, links),
            Core = [.. links.OrderByDescending(link => link.Value.Count).ThenBy(link => link.Key).Take(Shown).Select(link => link.Key).Order()],
        };
    }

    /// <summary>Depth first, without recursion: a pair is a bridge if nothing below it reaches above it.</summary>
    private static List<ScoredPair> BridgesOf(List<ScoredPair> pairs, Dictionary<long, List<int>> links)
    {
        var bridges = new List<ScoredPair>();
        var entered = new Dictionary<long, int>();
        var lowest = new Dictionary<long, int>();
        var path = new Stack<(long Id, int By, int Next)>();
        var start = links.Keys.Min();
        path.Push((start, -1, 0));
        entered[start] = lowest[start] = 0;
        while (path.TryPop(out var at))
        {
            if (at.Next < links[at.Id].Count)
            {
                path.Push(at with { Next = at.Next + 1 });
                var by = links[at.Id][at.Next];
                if (by == at.By) continue;
                var other = pairs[by].First == at.Id ? pairs[by].Second : pairs[by].First;
                if (entered.TryGetValue(other, out var when)) lowest[at.Id] = Math.Min(lowest[at.Id], when);
                else
                {
                    entered[other] = lowest[other] = entered.Count;
                    path.Push((other, by, 0));
                }
            }
            else if (path.TryPeek(out var above))
            {
                lowest[above.Id] = Math.Min(lowest[above.Id], lowest[at.Id]);
                if (lowest[at.Id] > entered[above.Id]) bridges.Add(pairs[at.By]);
            }
        }
        return bridges;
    }
}
