namespace Undersigned.Linkage.Bench;

/// <summary>Runs the library over every data set of a folder. A set is known by its file's name and has no setting of its own.</summary>
internal sealed partial class Accuracy(string folder, string? only)
{
    /// <summary>The probability from which a pair counts as found.</summary>
    private const double Bar = .5;

    private List<string> Files(string beginning) => [.. Directory.GetFiles(folder).Where(path => Path.GetFileName(path).StartsWith(beginning, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public IEnumerable<Result> All()
    {
        foreach (var list in Lists())
            yield return Linked(list());
        foreach (var path in Wanted("opensanctions-name-pairs-")) yield return NamePairs(path);
        foreach (var path in Wanted("translit-wikidata-")) yield return Transliterations(path);
        foreach (var result in Prominent()) yield return result;
    }

    private IEnumerable<string> Wanted(string beginning) => Files(beginning).Where(path => only is null || Path.GetFileName(path).Contains(only, StringComparison.Ordinal));

    private IEnumerable<Func<TrueList>> Lists()
    {
        var febrl = Wanted("febrl-dataset").ToList();
        foreach (var path in febrl)
        {
            var name = Path.GetFileName(path);
            // 4a and 4b are one list in two files.
            if (name.StartsWith("febrl-dataset4b", StringComparison.Ordinal)) continue;
            if (!name.StartsWith("febrl-dataset4a", StringComparison.Ordinal)) yield return () => TrueList.Febrl(name.Split('.')[0], path);
            else if (febrl.Find(other => Path.GetFileName(other).StartsWith("febrl-dataset4b", StringComparison.Ordinal)) is { } second) yield return () => TrueList.Febrl("febrl-dataset4a+4b", path, second);
        }
        foreach (var path in Wanted("splink-fake_1000").Where(path => !path.Contains("labels", StringComparison.Ordinal))) yield return () => TrueList.Fake("splink-fake_1000", path);
        foreach (var path in Wanted("splink-historical-")) yield return () => TrueList.Historical(Path.GetFileName(path).Split('.')[0], path);
    }

    private static Result Linked(TrueList list)
    {
        var truth = list.TruePairs();
        var index = new LinkageIndex(new LinkageOptions { ReviewAt = .01 });
        index.AddRange(list.Lines);
        var pairs = index.AllPairs();
        var blocked = 0;
        index.EachCandidatePair((a, b) => blocked += truth.Contains(IdPair.Of(a, b)) ? 1 : 0);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        Score(figures, "", pairs.Where(pair => pair.Probability >= Bar).Select(pair => IdPair.Of(pair.First, pair.Second)), truth);
        figures["blocking recall"] = (double)blocked / truth.Count;
        figures["pairs compared"] = index.PairsCompared;
        foreach (var (name, at) in new[] { ("review", .1), ("likely", .9) })
            Score(figures, $" at {name}", pairs.Where(pair => pair.Probability >= at).Select(pair => IdPair.Of(pair.First, pair.Second)), truth);
        Calibration(figures, pairs, truth);
        return new(list.Name, "list", figures) { Aims = AimsOf(list.Name), Peers = PeersOf(list.Name) };
    }

    private static void Score(Dictionary<string, double> figures, string suffix, IEnumerable<IdPair> found, HashSet<IdPair> truth)
    {
        int all = 0, right = 0;
        foreach (var pair in found)
        {
            all++;
            if (truth.Contains(pair)) right++;
        }
        double precision = all == 0 ? 0 : (double)right / all, recall = (double)right / truth.Count;
        figures[$"precision{suffix}"] = precision;
        figures[$"recall{suffix}"] = recall;
        figures[$"F1{suffix}"] = right == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /// <summary>Of the pairs between two probabilities, the share that are one person: nine in ten at .9 would be exact.</summary>
    private static void Calibration(Dictionary<string, double> figures, IReadOnlyList<ScoredPair> pairs, HashSet<IdPair> truth)
    {
        foreach (var (from, to) in new[] { (.1, .3), (.3, .7), (.7, .9), (.9, .99), (.99, 1.01) })
        {
            var between = pairs.Where(pair => pair.Probability >= from && pair.Probability < to).ToList();
            if (between.Count > 0) figures[$"true of p {from:0.0#}–{Math.Min(to, 1):0.0#}"] = (double)between.Count(pair => truth.Contains(IdPair.Of(pair.First, pair.Second))) / between.Count;
        }
    }

    private static (string, double, bool)[] AimsOf(string name) => name switch
    {
        "febrl-dataset1" => [("F1", .994, false)],
        "febrl-dataset3" => [("F1", .988, false)],
        "splink-fake_1000" => [("F1", .75, false)],
        _ when name.StartsWith("splink-historical", StringComparison.Ordinal) => [("F1", .76, false), ("blocking recall", .83, false)],
        _ => [],
    };

    private static string PeersOf(string name) => name switch
    {
        "febrl-dataset1" => "recordlinkage .994, Splink .992 (.996 in hindsight)",
        "febrl-dataset3" => "recordlinkage .988, Splink .979 (.985 in hindsight); published: Splink .965, GoldenMatch .996",
        "splink-fake_1000" => "Splink .724 (.855 in hindsight), blocking recall .812",
        "splink-historical-a" => "recordlinkage .668, blocking recall .670; published, whole set: Splink .757, GoldenMatch .827",
        _ => "",
    };
}
