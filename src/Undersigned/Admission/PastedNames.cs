using Undersigned.Model;

namespace Undersigned.Admission;

/// <summary>One name of a pasted list.</summary>
public sealed record PastedName(string Name, IReadOnlyList<string> Aliases, string Context);

/// <summary>
/// Prominent names as people keep them, one a line, the parts divided by "|" or, pasted from a sheet, by tabs:
/// "Leopoldine Ravn-Achterberg | L. Ravn; Leo Achterberg | Chief Engineer until 2012". Only the name is needed.
/// </summary>
public static class PastedNames
{
    public const int Longest = 200;
    public const int MostAliases = 20;

    public static IReadOnlyList<PastedName> Read(string? text) =>
        [.. (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ReadLine).OfType<PastedName>()];

    private static PastedName? ReadLine(string line)
    {
        var parts = line.Split(line.Contains('|', StringComparison.Ordinal) ? '|' : '\t', StringSplitOptions.TrimEntries);
        return parts[0].Length == 0 ? null : new PastedName(parts[0], Aliases(parts.ElementAtOrDefault(1)), parts.ElementAtOrDefault(2) ?? "");
    }

    public static IReadOnlyList<string> Aliases(string? text) =>
        [.. (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    public static string? ProblemOf(PastedName name) =>
        NameFolding.Fold(name.Name).Length == 0 ? "There is no name."
        : name.Name.Length > Longest || name.Context.Length > Longest || name.Aliases.Any(a => a.Length > Longest) ? $"Each part has at most {Longest} characters."
        : name.Aliases.Count > MostAliases ? $"At most {MostAliases} other spellings."
        : null;
}
