using Microsoft.Extensions.Localization;
using Undersigned.Model;

namespace Undersigned.Shared;

/// <summary>"Between them they served under seven administrations of both parties": only what the numbers bear out.</summary>
public static class EraSentence
{
    /// <summary>Null where nothing can be said: no era in which anybody served, or nobody to say it of.</summary>
    /// <param name="texts">The words around the organiser's nouns.</param>
    /// <param name="eras">All eras of the letter, each with how many served in it.</param>
    /// <param name="nouns">The organiser's.</param>
    /// <param name="people">How many of those counted give years.</param>
    public static string? Served(this IStringLocalizer<SharedTexts> texts, IReadOnlyList<(Era Era, int Count)> eras, EraWords nouns, int people)
    {
        var served = eras.Where(e => e.Count > 0).Select(e => e.Era).ToList();
        if (served.Count == 0 || people == 0)
            return null;
        var under = texts["served-eras", texts.InWords(served.Count), served.Count == 1 ? nouns.Era : nouns.Eras].Value;
        var said = texts.Groups(served, [.. eras.Select(e => e.Era)], nouns) is { } groups ? texts["served-of", under, groups].Value : under;
        return texts[people == 1 ? "served-one" : "served-many", said];
    }

    // Of groups nothing is said unless each era has one; of a single group among several, "of one party".
    private static string? Groups(this IStringLocalizer<SharedTexts> texts, List<Era> served, List<Era> all, EraWords nouns)
    {
        if (all.Any(e => string.IsNullOrEmpty(e.Group)))
            return null;
        var (of, there) = (served.Select(e => e.Group).Distinct().Count(), all.Select(e => e.Group).Distinct().Count());
        if (there < 2 || served.Count < 2)
            return null;
        if (of == there)
            return of == 2 ? texts["groups-both", nouns.Groups] : texts["groups-all", texts.InWords(of), nouns.Groups];
        return texts["groups-some", texts.InWords(of), of == 1 ? nouns.Group : nouns.Groups];
    }

    private static string InWords(this IStringLocalizer<SharedTexts> texts, int number)
    {
        var words = texts["numbers"].Value.Split('|');
        return number < words.Length ? words[number] : Printed.Number(number);
    }
}
