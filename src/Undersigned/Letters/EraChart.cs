using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

/// <summary>One era's bar: as wide as its years, as high as the number of those who served in it. x and width in percent, the rest in pixels.</summary>
public sealed record EraBar(EraCount Era, bool IsHatched, string X, string Width, string Middle, string Y, string Height, string LabelY);

/// <summary>
/// Who they served under: the bars side by side, two groups solid and hatched, never two colours. Eras that overlap have no places side by
/// side, and more than two groups no marks of their own: then the table stands alone, or the bars are all alike.
/// </summary>
public sealed record EraChart(IReadOnlyList<EraCount> Eras, IReadOnlyList<EraBar> Bars, IReadOnlyList<string> Groups, int WithYears, string Heading)
{
    private const double Base = 150;
    private const double Highest = 118;
    private const double Gap = 0.5;

    public static EraChart? Of(ListFacets facets, string? heading, int thisYear)
    {
        if (heading is null)
            return null;
        var eras = facets.Eras.OrderBy(e => e.Era.From).ThenBy(e => e.Era.To ?? int.MaxValue).ToList();
        var groups = eras.Select(e => e.Era.Group).OfType<string>().Distinct().ToList();
        var mayHatch = groups.Count == 2 && eras.All(e => e.Era.Group is not null);
        return new EraChart(eras, Overlap(eras) ? [] : [.. BarsOf(eras, mayHatch ? groups[1] : null, thisYear)], mayHatch ? groups : [], facets.WithYears, heading);
    }

    private static bool Overlap(List<EraCount> eras) =>
        eras.Count < 2 || eras.Zip(eras.Skip(1)).Any(p => p.First.Era.To is not { } to || to > p.Second.Era.From);

    private static IEnumerable<EraBar> BarsOf(List<EraCount> eras, string? hatched, int thisYear)
    {
        int EndOf(Era era) => Math.Max(era.To ?? thisYear, era.From + 1);
        var (first, last, most) = (eras[0].Era.From, eras.Max(e => EndOf(e.Era)), Math.Max(1, eras.Max(e => e.Count)));
        foreach (var era in eras)
        {
            var x = 100.0 * (era.Era.From - first) / (last - first);
            var width = Math.Max(1, 100.0 * (EndOf(era.Era) - era.Era.From) / (last - first) - Gap);
            var height = Highest * era.Count / most;
            yield return new EraBar(era, hatched is not null && era.Era.Group == hatched, Svg.Percent(x), Svg.Percent(width), Svg.Percent(x + width / 2), Svg.Pixels(Base - height), Svg.Pixels(height), Svg.Pixels(Base - height - 6));
        }
    }
}
