namespace Undersigned.Linkage;

public sealed partial class LinkageIndex
{
    private const int RowsAtATime = 2048;

    /// <summary>How many blocks were too large to compare each with each, counted once for each line in them, in the last run over all pairs.</summary>
    public long OverfullBlocks { get; private set; }

    /// <summary>How many pairs the last run over all compared.</summary>
    public long PairsCompared { get; private set; }

    /// <summary>All pairs at or above the review bar, in the order of their numbers. Two threads work on it.</summary>
    /// <param name="differentPeople">Pairs that a person has looked at and found to be two.</param>
    public IReadOnlyList<ScoredPair> AllPairs(IReadOnlySet<IdPair>? differentPeople = null)
    {
        var prior = PriorBits();
        var bar = Bits(_options.ReviewAt) - prior;
        var found = new List<ScoredPair>();
        long compared = 0, overfull = 0;
        EachCandidate((comparison, row, others, pairs) =>
        {
            foreach (var other in others)
            {
                ref readonly var a = ref _store[row];
                ref readonly var b = ref _store[other];
                var bits = a.Id < b.Id ? comparison.Score(a, b) : comparison.Score(b, a);
                if (bits < bar || IsExcluded(row, other, differentPeople)) continue;
                var pair = IdPair.Of(a.Id, b.Id);
                pairs.Add(new(pair.First, pair.Second, bits + prior, Match.ProbabilityOf(bits + prior)));
            }
        }, (pairs, done, capped) =>
        {
            found.AddRange(pairs);
            compared += done;
            overfull += capped;
        });
        (PairsCompared, OverfullBlocks) = (compared, overfull);
        found.Sort((x, y) => (x.First, x.Second).CompareTo((y.First, y.Second)));
        return found;
    }

    /// <summary>The pairs of <see cref="AllPairs"/> as groups of lines that hang together.</summary>
    public IReadOnlyList<Group> Groups(IReadOnlySet<IdPair>? differentPeople = null) => Group.Of(AllPairs(differentPeople));

    /// <summary>For tests and measurements: the pairs that are compared at all.</summary>
    internal void EachCandidatePair(Action<long, long> pair)
    {
        var candidates = new Candidates { OnlyLater = true };
        candidates.Grow(_store.Rows);
        for (var row = 0; row < _store.Rows; row++)
        {
            if (!_store[row].Alive) continue;
            _blocks.Candidates(row, candidates);
            foreach (var other in candidates.Rows) pair(_store[row].Id, _store[other].Id);
        }
    }

    /// <summary>For measurements: what one comparison costs, on one thread.</summary>
    internal double ScoreEachCandidatePair()
    {
        var sum = 0.0;
        var candidates = new Candidates { OnlyLater = true };
        candidates.Grow(_store.Rows);
        for (var row = 0; row < _store.Rows; row++)
        {
            if (!_store[row].Alive) continue;
            _blocks.Candidates(row, candidates);
            foreach (var other in candidates.Rows) sum += _comparison.Score(_store[row], _store[other]);
        }
        return sum;
    }

    private void EachCandidate(Action<PairComparison, int, List<int>, List<ScoredPair>> compare, Action<List<ScoredPair>, long, long> done)
    {
        var next = -RowsAtATime;
        var gate = new Lock();
        void Work()
        {
            var comparison = new PairComparison(_store);
            var candidates = new Candidates { OnlyLater = true };
            candidates.Grow(_store.Rows);
            while (Interlocked.Add(ref next, RowsAtATime) is var from && from < _store.Rows)
            {
                var pairs = new List<ScoredPair>();
                long compared = 0;
                candidates.Overfull = 0;
                for (var row = from; row < Math.Min(from + RowsAtATime, _store.Rows); row++)
                {
                    if (!_store[row].Alive) continue;
                    _blocks.Candidates(row, candidates);
                    compared += candidates.Rows.Count;
                    compare(comparison, row, candidates.Rows, pairs);
                }
                lock (gate) done(pairs, compared, candidates.Overfull);
            }
        }
        if (_store.Rows <= RowsAtATime) Work();
        else Parallel.Invoke(Work, Work);
    }
}
