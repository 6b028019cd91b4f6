using System.Globalization;
using System.Text.RegularExpressions;
using Undersigned.Model;

namespace Undersigned.Figures;

/// <summary>Eras as people paste them, one a line: "Reagan 1981–1989 Republican", "Reagan, 1981-1989, Republican", "Lantern (2019–today)".</summary>
public static partial class EraLines
{
    public const int Most = 60;
    private const int LongestName = 80;

    /// <summary>The eras in the order of the lines, or what is wrong with the first line that cannot be read.</summary>
    public static (IReadOnlyList<Era> Eras, string? Wrong) Read(string? text)
    {
        var eras = new List<Era>();
        var number = 0;
        foreach (var line in (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()))
        {
            number++;
            if (line.Length == 0)
                continue;
            if (Problem(line, out var era) is { } problem)
                return ([], $"Line {number}: {problem}");
            if (eras.Any(e => e.Key == era!.Key))
                return ([], $"Line {number}: the years {era!.Years} are there twice.");
            eras.Add(era!);
        }
        return eras.Count > Most ? ([], $"More than {Most} eras say nothing to a reader.") : (eras, null);
    }

    private static string? Problem(string line, out Era? era)
    {
        era = null;
        if (Pattern().Match(line) is not { Success: true } match)
            return "we need a name, then two years: “Reagan 1981–1989 Republican”.";
        var from = int.Parse(match.Groups["from"].Value, CultureInfo.InvariantCulture);
        int? to = match.Groups["to"] is { Success: true, Length: 4 } last && char.IsAsciiDigit(last.Value[0]) ? int.Parse(last.Value, CultureInfo.InvariantCulture) : null;
        if (to < from)
            return $"the last year, {to}, comes before the first, {from}. Which is right?";
        var (name, group) = (match.Groups["name"].Value.Trim(' ', ','), match.Groups["group"].Value.Trim(' ', ',', ';', ')'));
        if (name.Length > LongestName || group.Length > LongestName)
            return $"a name has at most {LongestName} characters.";
        era = new Era(name, from, to, group.Length == 0 ? null : group);
        return null;
    }

    public static string Write(IEnumerable<Era> eras) => string.Join('\n', eras.Select(e => $"{e.Name}, {e.From}–{e.To?.ToString(CultureInfo.InvariantCulture) ?? "today"}{(e.Group is null ? "" : ", " + e.Group)}"));

    [GeneratedRegex(@"^(?<name>\S.*?)[\s,;:(\t]+(?<from>1\d{3}|2\d{3})\s*(?:[-–—/]|to|until)\s*(?<to>[12]\d{3}|today|now|present)?(?!\d)[\s,;:)\t]*(?<group>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
