using System.Diagnostics;

namespace Undersigned.Linkage.Bench;

/// <summary>How long it takes, on signatories made from a seed.</summary>
internal static class Speed
{
    public static List<Result> All(bool full, int? lines)
    {
        if (lines is { } one) return [AllPairs(one, ratio: one <= 100_000)];
        var results = new List<Result> { AllPairs(2_600, ratio: false), AllPairs(10_000, ratio: true), AllPairs(100_000, ratio: true) };
        if (full) results.Add(AllPairs(1_000_000, ratio: false));
        return results;
    }

    private static Result AllPairs(int lines, bool ratio)
    {
        if (lines == 2_600) Run(Index(new Generator(1), 2_600, out _), out _);
        GC.Collect();
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        var generator = new Generator(lines);
        var watch = Stopwatch.StartNew();
        var index = Index(generator, lines, out var building);
        var pairs = Run(index, out var running);
        figures["seconds by the clock, people included"] = watch.Elapsed.TotalSeconds;
        figures["processor seconds, index"] = building;
        figures["processor seconds, all pairs"] = running;
        // The index is one thread's work, the pairs are two threads'.
        figures["seconds on 2 free cores"] = building + running / 2;
        figures["pairs compared"] = index.PairsCompared;
        figures["pairs at review"] = pairs.Count;
        Recall(figures, pairs, generator);
        using var process = Process.GetCurrentProcess();
        figures["peak MB"] = process.PeakWorkingSet64 / 1048576.0;
        One(figures, index, lines);
        if (ratio) AgainstBare(figures, index, lines);
        return new($"{lines:N0} signatories", "speed", figures)
        {
            Aims = lines switch
            {
                2_600 => [("seconds on 2 free cores", 1, true)],
                1_000_000 => [("seconds on 2 free cores", 120, true), ("peak MB", 2048, true), ("one, p99 processor ms", 10, true)],
                _ => [],
            },
        };
    }

    /// <summary>People come one by one, so that memory is the index's; making them is measured alone and taken off.</summary>
    private static LinkageIndex Index(Generator generator, int lines, out double seconds)
    {
        var made = 0L;
        var making = Processor(() => made = new Generator(lines).Make(lines).LongCount());
        GC.KeepAlive(made);
        var index = new LinkageIndex();
        seconds = Processor(() => index.AddRange(generator.Make(lines))) - making;
        return index;
    }

    private static IReadOnlyList<ScoredPair> Run(LinkageIndex index, out double seconds)
    {
        IReadOnlyList<ScoredPair> pairs = [];
        seconds = Processor(() => pairs = index.AllPairs());
        return pairs;
    }

    /// <summary>Processor time of all threads: on a machine with other work the clock says little.</summary>
    private static double Processor(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static void Recall(Dictionary<string, double> figures, IReadOnlyList<ScoredPair> pairs, Generator generator)
    {
        var groups = generator.Persons.GroupBy(person => person.Value).Where(group => group.Count() > 1).Sum(group => (long)group.Count() * (group.Count() - 1) / 2);
        long right = pairs.Count(pair => generator.Persons[pair.First] == generator.Persons[pair.Second]);
        long likely = pairs.Count(pair => pair.Probability >= .5), rightLikely = pairs.Count(pair => pair.Probability >= .5 && generator.Persons[pair.First] == generator.Persons[pair.Second]);
        figures["recall at review"] = (double)right / groups;
        figures["precision"] = (double)rightLikely / Math.Max(1, likely);
        figures["recall"] = (double)rightLikely / groups;
    }

    /// <summary>New lines against all that stand.</summary>
    private static void One(Dictionary<string, double> figures, LinkageIndex index, int lines)
    {
        var people = new Generator(77).Make(2_200).ToList();
        var times = new List<(double Clock, double Processor)>();
        foreach (var line in people)
        {
            var watch = Stopwatch.StartNew();
            var processor = Processor(() => index.Find(line with { Id = lines + line.Id }));
            times.Add((watch.Elapsed.TotalMilliseconds, processor * 1000));
        }
        times.RemoveRange(0, 200);
        figures["one, p50 ms"] = At(times.Select(time => time.Clock), .5);
        figures["one, p99 ms"] = At(times.Select(time => time.Clock), .99);
        figures["one, p99 processor ms"] = At(times.Select(time => time.Processor), .99);

        static double At(IEnumerable<double> times, double share) => times.Order().ElementAt((int)(times.Count() * share));
    }

    /// <summary>The same pairs once with all comparisons and once with Jaro–Winkler of the whole name alone, on one thread, without finding the pairs.</summary>
    private static void AgainstBare(Dictionary<string, double> figures, LinkageIndex index, int lines)
    {
        var names = new string[lines];
        foreach (var line in new Generator(lines).Make(lines)) names[line.Id] = line.Name.ToLowerInvariant();
        double sum = 0;
        var finding = Time(() => index.EachCandidatePair((a, b) => sum += a ^ b));
        var bare = Time(() => index.EachCandidatePair((a, b) => sum += Likeness.JaroWinkler(names[a], names[b]))) - finding;
        var all = Time(() => sum += index.ScoreEachCandidatePair()) - finding;
        figures["ns a pair, bare Jaro–Winkler"] = bare * 1e9 / index.PairsCompared;
        figures["ns a pair"] = all * 1e9 / index.PairsCompared;
        figures["× bare Jaro–Winkler"] = all / bare;
        GC.KeepAlive(sum);
    }

    private static double Time(Action work)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 2; round++)
        {
            best = Math.Min(best, Processor(work));
        }
        return best;
    }
}
