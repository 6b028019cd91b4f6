using Undersigned.Access;
using Undersigned.Model;
using Undersigned.Shared;
using Undersigned.SignatoryList;

namespace Undersigned.Figures;

/// <summary>A number as a sentence that can be read to a reporter: when, of how many, what was counted, and what it does not say.</summary>
public static class FigureWords
{
    public static string Sentence(Letter letter, Figure figure, string? text, ListFilter filter)
    {
        var whole = letter.IsPublic ? "listed under" : "let in so far under";
        var said = $"As of {Printed.Moment(figure.At)}, {StaffWords.Count(figure.Count, "person", "people")} of the {Printed.Number(figure.All)} {whole} “{letter.Title}”{What(letter, text, filter)}.";
        var eras = figure.Found.Eras.Where(e => e.Count > 0).Select(e => $"{e.Era.Name} {Printed.Number(e.Count)}").ToList();
        if (eras.Count > 0 && filter.EraKey is null)
            said += $" Under whom they served, by the years they gave: {string.Join(", ", eras)}; one person may have served under several.";
        return said + Checked(figure);
    }

    private static string What(Letter letter, string? text, ListFilter filter)
    {
        var parts = new List<string>();
        if (!string.IsNullOrWhiteSpace(text))
            parts.Add($"name “{text.Trim()}” as or in an organization, a position or a place");
        if (filter.Organization is { } organization)
            parts.Add($"served at “{organization}”");
        if (filter.Position is { } position)
            parts.Add($"served as “{position}”");
        if (letter.Eras.FirstOrDefault(e => e.Key == filter.EraKey) is { } era)
            parts.Add($"served under {era.Name} ({era.Years})");
        if (filter.FromYear is { } from)
            parts.Add(filter.ToYear == from ? $"served in {from}" : $"served between {from} and {filter.ToYear}");
        if (filter.Level is { } level)
            parts.Add($"are listed as “{StaffWords.Level(level)}”");
        return parts.Count == 0 ? " stand" : " " + string.Join(" and ", parts);
    }

    private static string Checked(Figure figure)
    {
        var beyond = figure.Found.Levels.Where(l => LevelModel.IsChecked(l.Key)).Sum(l => l.Value);
        return figure.Count == 0 ? "" : $" Of {Printed.Number(figure.Count)}, {Printed.Number(beyond)} {(beyond == 1 ? "was" : "were")} checked beyond an address.";
    }
}
