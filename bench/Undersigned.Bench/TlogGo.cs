using System.Diagnostics;
using System.Globalization;
using Undersigned.Log;

namespace Undersigned.Bench;

/// <summary>Runs the program of bench/tlog-go, which answers with a line <c>root BASE64</c> and lines of seconds and what they were for.</summary>
internal static class TlogGo
{
    public static void Measure(string program, string entries, Hash root, Figures figures)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [entries]) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (process.ExitCode != 0 || lines is not [var first, ..] || first != $"root {root.ToBase64()}")
            throw new InvalidOperationException("tlog-go has another root.");
        foreach (var line in lines[1..])
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            figures.Add($"golang.org/x/mod: {line[(space + 1)..]}", double.Parse(line[..space], CultureInfo.InvariantCulture));
        }
    }
}
