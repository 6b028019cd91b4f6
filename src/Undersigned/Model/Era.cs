using System.Globalization;
using System.Text.Json.Serialization;

namespace Undersigned.Model;

/// <summary>Named interval of years with a group: "Reagan, 1981–1989, Republican".</summary>
public sealed record Era(string Name, int From, int? To, string? Group)
{
    private const int Never = 9999;

    /// <summary>"1981-1989": names an era in an address of the list.</summary>
    [JsonIgnore]
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{From}-{To}");

    /// <summary>"1981–1989", "2019–"</summary>
    [JsonIgnore]
    public string Years => ShownLine.YearsText([new YearSpan(From, To)]);

    /// <summary>
    /// Whom it counts: who served in a year that is wholly of this era, or in all years of it. Lines give years alone, and in the year in
    /// which one era follows another nobody can tell whom somebody served under, so that year alone counts for neither.
    /// </summary>
    public EraReach ReachAmong(IReadOnlyList<Era> all)
    {
        var first = From + (all.Any(e => e != this && e.To == From) ? 1 : 0);
        var last = To is { } to ? to - (all.Any(e => e != this && e.From == to) ? 1 : 0) : Never;
        return first <= last ? new EraReach(last, first) : new EraReach(From, To ?? Never);
    }
}

/// <summary>Years of service reach an era if they begin by <see cref="BeginBy"/> and do not end before <see cref="EndFrom"/>.</summary>
public readonly record struct EraReach(int BeginBy, int EndFrom)
{
    public bool Holds(int? from, int? to) => from <= BeginBy && (to is null || to >= EndFrom);
}

/// <summary>The organiser's nouns: "administration", "administrations", "party", "parties".</summary>
public sealed record EraWords
{
    public string Era { get; init; } = "administration";
    public string Eras { get; init; } = "administrations";
    public string Group { get; init; } = "party";
    public string Groups { get; init; } = "parties";

    /// <summary>Changes with the words.</summary>
    [JsonIgnore]
    public string Mark => string.Join('/', Era, Eras, Group, Groups);
}
