using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Undersigned.Linkage.Bench;

/// <summary>The results on the screen, as JSON, and between the markers of bench/LINKAGE.md.</summary>
internal static class Report
{
    private const string Begin = "<!-- measured -->", End = "<!-- /measured -->";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Text(List<Result> results)
    {
        foreach (var result in results)
        {
            Console.WriteLine($"{result.Set} ({result.Kind}){Verdict(result, ": ")}");
            foreach (var (name, value) in result.Figures) Console.WriteLine($"    {name,-40} {Shown(value)}");
            if (result.Peers.Length > 0) Console.WriteLine($"    peers: {result.Peers}");
        }
    }

    public static void Json(List<Result> results) => Console.WriteLine(JsonSerializer.Serialize(results.Select(result => new
    {
        set = result.Set,
        kind = result.Kind,
        figures = result.Figures,
        aims = result.Aims.Select(aim => new { figure = aim.Figure, value = aim.Value, atMost = aim.AtMost }),
        reached = result.Reached,
        peers = result.Peers,
    }), Indented));

    public static void Markdown(string path, List<Result> results)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Begin}\n`bench/linkage`, {DateTime.Today:yyyy-MM-dd}, {Environment.ProcessorCount} cores, .NET {Environment.Version}; load of the machine {Load()}.\n");
        Table(text, results, "list", ["F1", "precision", "recall", "blocking recall", "pairs compared", "F1 at review", "F1 at likely"], "Lists: pairs of one person, found at p ≥ .5");
        Table(text, results, "name pairs", ["F1", "precision", "recall"], "Two names alone");
        Table(text, results, "transliterations", ["found", "false"], "Single words in two alphabets");
        Table(text, results, "prominent names", ["alarms", "hints", "forms", "held", "held or hinted"], "Prominent names");
        Table(text, results, "speed", ["seconds on 2 free cores", "processor seconds, index", "processor seconds, all pairs", "seconds by the clock, people included", "pairs compared", "peak MB", "one, p50 ms", "one, p99 ms", "one, p99 processor ms", "× bare Jaro–Winkler", "precision", "recall"], "Speed, on signatories made from a seed");
        Calibration(text, results);
        text.Append(End);
        var old = File.Exists(path) ? File.ReadAllText(path) : $"# Linkage, measured\n\n{Begin}\n{End}\n";
        int from = old.IndexOf(Begin, StringComparison.Ordinal), to = old.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(path, from < 0 || to < from ? old + "\n" + text + "\n" : string.Concat(old.AsSpan(0, from), text.ToString(), old.AsSpan(to + End.Length)));
    }

    private static void Table(StringBuilder text, List<Result> results, string kind, string[] columns, string heading)
    {
        var rows = results.Where(result => result.Kind == kind).ToList();
        if (rows.Count == 0) return;
        text.AppendLine(CultureInfo.InvariantCulture, $"### {heading}\n\n| data | {string.Join(" | ", columns)} | aim | peers |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(columns.Select(_ => "---:|"))}---|---|");
        foreach (var row in rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Set} | {string.Join(" | ", columns.Select(column => row.Figures.TryGetValue(column, out var value) ? Shown(value) : ""))} | {Verdict(row, "")} | {row.Peers} |");
        text.AppendLine();
    }

    private static void Calibration(StringBuilder text, List<Result> results)
    {
        var rows = results.Where(result => result.Kind == "list").ToList();
        if (rows.Count == 0) return;
        var names = rows.SelectMany(row => row.Figures.Keys).Where(name => name.StartsWith("true of", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal).ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"### Calibration: the share of pairs that are one person\n\n| data | {string.Join(" | ", names.Select(name => name["true of ".Length..]))} |\n|---|{string.Concat(names.Select(_ => "---:|"))}");
        foreach (var row in rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Set} | {string.Join(" | ", names.Select(name => row.Figures.TryGetValue(name, out var value) ? Shown(value) : ""))} |");
        text.AppendLine();
    }

    private static string Verdict(Result result, string before)
    {
        if (result.Aims.Length == 0) return "";
        var aims = string.Join(", ", result.Aims.Select(aim => $"{aim.Figure} {(aim.AtMost ? "≤" : "≥")} {Shown(aim.Value)}"));
        return $"{before}{aims} — {(result.Reached == true ? "reached" : "**missed**")}";
    }

    private static string Shown(double value) => value switch
    {
        >= 1000 => value.ToString("#,##0", CultureInfo.InvariantCulture),
        > 2 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    private static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";
}
