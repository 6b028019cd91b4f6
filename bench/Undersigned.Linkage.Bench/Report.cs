namespace Undersigned.Linkage.Bench;

internal static class Report
{
    public static void Text(List<Result> results)
    {
        foreach (var r in results) Console.WriteLine($"{r.Set} [{(r.Reached switch { true => "reached", false => "MISSED", _ => "-" })}] {string.Join("  ", r.Figures.Select(f => $"{f.Key} {f.Value:0.####}"))}");
    }

    public static void Json(List<Result> results) { }

    public static void Markdown(string path, List<Result> results) { }
}
