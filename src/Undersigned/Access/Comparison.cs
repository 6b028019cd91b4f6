using Undersigned.Model;

namespace Undersigned.Access;

/// <summary>One part of two lines side by side.</summary>
public sealed record ComparedPart(string What, string Left, string Right)
{
    public bool Differs => Left != Right;

    /// <summary>The words before the first that differs, those that differ, and those after the last.</summary>
    public (string Before, string Marked, string After) LeftParts => Parts(Left, Right);
    public (string Before, string Marked, string After) RightParts => Parts(Right, Left);

    private static (string, string, string) Parts(string text, string other)
    {
        var (mine, theirs) = (text.Split(' '), other.Split(' '));
        var shorter = Math.Min(mine.Length, theirs.Length);
        var begin = 0;
        while (begin < shorter && mine[begin] == theirs[begin])
            begin++;
        var end = 0;
        while (end < shorter - begin && mine[^(end + 1)] == theirs[^(end + 1)])
            end++;
        return (Join(mine[..begin]) + (begin > 0 ? " " : ""), Join(mine[begin..^end]), (end > 0 ? " " : "") + Join(mine[^end..]));
    }

    private static string Join(string[] words) => string.Join(' ', words);
}

/// <summary>Two lines, part by part.</summary>
public static class Comparison
{
    public static IReadOnlyList<ComparedPart> Of(ShownLine left, ShownLine right) =>
    [
        new("Name", left.Name, right.Name),
        new("Position", left.Position ?? "", right.Position ?? ""),
        new("Organization", left.Organization ?? "", right.Organization ?? ""),
        new("Years", Years(left), Years(right)),
        new("Place", left.Location ?? "", right.Location ?? ""),
    ];

    private static string Years(ShownLine line) => line.Years is null ? "" : ShownLine.YearsText(line.Years);
}
