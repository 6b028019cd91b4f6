using System.Globalization;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.SignatoryList;

/// <summary>
/// What a reader narrows the list by, as it stands in the address:
/// <c>?organization=weir+office&amp;position=inspector&amp;from-year=1994&amp;to-year=2003&amp;era=1991-1996&amp;level=known&amp;place=lindenmoor</c>.
/// What is asked of organization, position, years and era is asked of one office of a line.
/// </summary>
public sealed record ListFilter
{
    private const int Longest = 300;

    public static readonly ListFilter None = new();

    /// <summary>Folded, like <see cref="Position"/> and <see cref="Place"/>.</summary>
    public string? Organization { get; private init; }
    public string? Position { get; private init; }
    public string? Place { get; private init; }
    public int? FromYear { get; private init; }
    public int? ToYear { get; private init; }
    public string? EraKey { get; private init; }
    public SignatureLevel? Level { get; private init; }

    /// <summary>What of it was asked for and cannot be; shown beside what was typed.</summary>
    public bool HasBadYears { get; private init; }

    public static ListFilter Of(SignatureLevel level) => new() { Level = level };

    public bool IsNone => this == None;

    public bool IsAboutOffices => Organization is not null || Position is not null || FromYear is not null || EraKey is not null;

    /// <summary>What makes no sense (a level that there is none of) narrows nothing.</summary>
    public static ListFilter Read(IQueryCollection query)
    {
        var (from, to) = (Year(query["from-year"]), Year(query["to-year"]));
        return new ListFilter
        {
            Organization = Folded(query["organization"]),
            Position = Folded(query["position"]),
            Place = Folded(query["place"]),
            // One year alone is that year.
            FromYear = from ?? to,
            ToYear = to ?? from,
            HasBadYears = from is null && !string.IsNullOrWhiteSpace(query["from-year"]) || to is null && !string.IsNullOrWhiteSpace(query["to-year"]) || to < from,
            EraKey = Text(query["era"]),
            Level = Enum.TryParse<SignatureLevel>(Text(query["level"]), ignoreCase: true, out var level) && Enum.IsDefined(level) && !char.IsAsciiDigit(query["level"].ToString()[0]) ? level : null,
        };
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) || value.Length > Longest ? null : value.Trim();

    private static string? Folded(string? value) => Text(value) is { } text && NameFolding.Fold(text) is { Length: > 0 } folded ? folded : null;

    private static int? Year(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1000 and <= 9999 ? year : null;

    /// <summary>The same, for an address.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Pairs()
    {
        yield return new("organization", Organization);
        yield return new("position", Position);
        yield return new("from-year", FromYear?.ToString(CultureInfo.InvariantCulture));
        yield return new("to-year", ToYear == FromYear ? null : ToYear?.ToString(CultureInfo.InvariantCulture));
        yield return new("era", EraKey);
        yield return new("level", Level?.ToString().ToLowerInvariant());
        yield return new("place", Place);
    }

    public IQueryable<Line> Apply(IQueryable<Line> lines, UndersignedDb db, IReadOnlyList<Era> eras)
    {
        if (Level is { } level)
            lines = lines.Where(l => l.Level == level);
        if (Place is { } place)
            lines = lines.Where(l => l.FoldedLocation == place);
        if (!IsAboutOffices)
            return lines;
        var offices = Offices(db.LinePosts, eras);
        return lines.Where(l => offices.Any(p => p.LetterId == l.LetterId && p.LeafIndex == l.LeafIndex));
    }

    private IQueryable<LinePost> Offices(IQueryable<LinePost> offices, IReadOnlyList<Era> eras)
    {
        if (Organization is { } organization)
            offices = offices.Where(p => p.FoldedOrganization == organization);
        if (Position is { } position)
            offices = offices.Where(p => p.FoldedPosition == position);
        if (FromYear is { } from && ToYear is { } to)
            offices = offices.Where(p => p.FromYear <= to && (p.ToYear == null || p.ToYear >= from));
        if (EraKey is null)
            return offices;
        if (eras.FirstOrDefault(e => e.Key == EraKey) is not { } era)
            return offices.Where(p => false);
        var (by, end) = era.ReachAmong(eras);
        return offices.Where(p => p.FromYear <= by && (p.ToYear == null || p.ToYear >= end));
    }

    /// <summary>The same of one office, where it is read already.</summary>
    public bool Fits(LinePost office, IReadOnlyList<Era> eras) =>
        (Organization is null || office.FoldedOrganization == Organization)
        && (Position is null || office.FoldedPosition == Position)
        && (FromYear is null || office.FromYear <= ToYear && (office.ToYear is null || office.ToYear >= FromYear))
        && (EraKey is null || eras.FirstOrDefault(e => e.Key == EraKey) is { } era && era.ReachAmong(eras).Holds(office.FromYear, office.ToYear));
}
