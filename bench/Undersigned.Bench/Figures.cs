using System.Globalization;

namespace Undersigned.Bench;

/// <summary>Processor times of several rounds, printed as a table of medians and of their ratios to the bare hashing.</summary>
internal sealed class Figures
{
    public const string Bare = "hash each entry once";

    private readonly Dictionary<string, List<double>> _seconds = [];

    public void Time(string name, Action work)
    {
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        work();
        Add(name, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    public void Add(string name, double seconds)
    {
        if (!_seconds.TryGetValue(name, out var list)) _seconds[name] = list = [];
        list.Add(seconds);
    }

    public void Print(int entries, long bytes)
    {
        var bare = Median(_seconds[Bare]);
        Write($"{entries:N0} entries of {(double)bytes / entries:N0} bytes on average; processor time on one thread, median of {_seconds[Bare].Count} rounds.\n");
        Write($"| what | seconds | ns per entry | × hashing each entry once |");
        Write($"|---|---:|---:|---:|");
        foreach (var (name, seconds) in _seconds)
        {
            var median = Median(seconds);
            Write($"| {name} | {median:N2} | {median * 1e9 / entries:N0} | {median / bare:N2} |");
        }
    }

    private static double Median(List<double> seconds) => seconds.Order().ElementAt(seconds.Count / 2);

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
