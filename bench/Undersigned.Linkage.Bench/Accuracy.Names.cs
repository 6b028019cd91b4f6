namespace Undersigned.Linkage.Bench;

internal sealed partial class Accuracy
{
    /// <summary>Two names alone; rows of persons.</summary>
    private static Result NamePairs(string path)
    {
        var csv = Csv.Read(path);
        int right = 0, found = 0, all = 0;
        foreach (var row in csv.Rows)
        {
            if (csv.Get(row, "schema") != "Person") continue;
            var truth = csv.Get(row, "is_match").Equals("true", StringComparison.OrdinalIgnoreCase);
            var same = NameLikeness.AreSame(csv.Get(row, "name1"), csv.Get(row, "name2"));
            if (truth) all++;
            if (same) found++;
            if (truth && same) right++;
        }
        double precision = (double)right / Math.Max(1, found), recall = (double)right / Math.Max(1, all);
        return new(Path.GetFileName(path).Split('.')[0], "name pairs", new Dictionary<string, double>
        {
            ["precision"] = precision,
            ["recall"] = recall,
            ["F1"] = right == 0 ? 0 : 2 * precision * recall / (precision + recall),
        })
        { Aims = [("F1", .80, false)], Peers = "logic-v2 .774, fifteen lines with Jaro–Winkler .765 (.797 in hindsight), Levenshtein .640" };
    }

    /// <summary>Single words in two alphabets; false are pairs shuffled with a fixed seed.</summary>
    private static Result Transliterations(string path)
    {
        var pairs = Csv.Text(path).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Split('\t')).Where(row => row.Length >= 2)
            .Select(row => (Latin: row[0], Native: row[1].Replace(" ", "", StringComparison.Ordinal))).ToArray();
        var shuffled = pairs.Select(pair => pair.Native).ToArray();
        new Random(20260824).Shuffle(shuffled);
        int found = 0, wrong = 0, strangers = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            if (NameLikeness.AreSame(pairs[i].Latin, pairs[i].Native)) found++;
            if (shuffled[i] == pairs[i].Native) continue;
            strangers++;
            if (NameLikeness.AreSame(pairs[i].Latin, shuffled[i])) wrong++;
        }
        var name = Path.GetFileName(path).Split('.')[0];
        return new(name, "transliterations", new Dictionary<string, double> { ["found"] = (double)found / pairs.Length, ["false"] = (double)wrong / strangers })
        {
            Aims = AimsOfScript(name),
            Peers = PeersOfScript(name),
        };
    }

    private static (string, double, bool)[] AimsOfScript(string name) => name.Split('-')[2] switch
    {
        "russian" or "arabic" or "hebrew" => [("found", .75, false), ("false", .01, true)],
        "korean" or "chinese" => [("found", .60, false), ("false", .01, true)],
        _ => [("found", .612, false), ("false", .01, true)],
    };

    private static string PeersOfScript(string name) => name.Split('-')[2] switch
    {
        "russian" => "consonants with Jaro–Winkler .836 at .009 false",
        "arabic" => ".760 at .009",
        "hebrew" => ".750 at .009",
        "korean" => ".519 at .011",
        "katakana" => ".612 at .010",
        "chinese" => ".508 at .009",
        _ => "",
    };

    private IEnumerable<Result> Prominent()
    {
        var forms = Wanted("one-public-figure-80-forms").FirstOrDefault();
        var watched = Wanted("watchlist-").ToList();
        var persons = Wanted("synthetic-persons-").ToList();
        var shares = NameFrequencies.Shipped;
        foreach (var path in persons)
        {
            var csv = Csv.Read(path);
            var lines = csv.Rows.Select((row, at) => new Signatory(at, csv.Get(row, "full_name"))).ToList();
            var index = new LinkageIndex();
            index.AddRange(lines);
            shares = index.Names;
            foreach (var list in watched) yield return Alarms(path, list, lines, shares);
        }
        if (forms is not null) yield return Forms(forms, shares);
    }

    private static Result Alarms(string persons, string watched, List<Signatory> lines, NameFrequencies shares)
    {
        var csv = Csv.Read(watched);
        var list = new WatchList(csv.Rows.Select((row, at) => new WatchEntry($"{at}", csv.Get(row, "full_name"))));
        int held = 0, hinted = 0;
        foreach (var line in lines)
        {
            var finding = list.Check(line, shares);
            if (finding?.Verdict == WatchVerdict.Hold) held++;
            else if (finding is not null) hinted++;
        }
        return new($"{Path.GetFileName(persons).Split('.')[0]} against {Path.GetFileName(watched).Split('.')[0]}", "prominent names", new Dictionary<string, double>
        {
            ["alarms"] = (double)held / lines.Count,
            ["hints"] = (double)hinted / lines.Count,
        })
        { Aims = [("alarms", .0012, true)], Peers = "both end words Jaro–Winkler ≥ .92 .0017, equal first and last word .0012" };
    }

    private static Result Forms(string path, NameFrequencies shares)
    {
        var forms = Csv.Text(path).Split('\n').Select(line => line.Trim().TrimStart('\ufeff')).Where(line => line.Length > 0).ToList();
        var entry = forms.Find(form => form.All(c => c < 0x250 || char.IsPunctuation(c)))!;
        var list = new WatchList([new WatchEntry("figure", entry)], withTitlesOfOffice: false);
        int held = 0, met = 0;
        foreach (var form in forms)
        {
            var finding = list.Check(new Signatory(1, form), shares);
            if (finding is not null) met++;
            if (finding?.Verdict == WatchVerdict.Hold) held++;
        }
        return new(Path.GetFileName(path).Split('.')[0], "prominent names", new Dictionary<string, double> { ["forms"] = forms.Count, ["held"] = held, ["held or hinted"] = met, ["share held"] = (double)held / forms.Count })
        { Aims = [("share held", .75, false)] };
    }
}
