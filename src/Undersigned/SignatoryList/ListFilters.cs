using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.SignatoryList;

/// <summary>What the form that narrows the list offers, and what is chosen.</summary>
public sealed record ListFilters(AskedList List, ListFacets Facets)
{
    public ListFilter Chosen => List.Filter;

    public bool IsOffered => Facets.Shown > 1;

    /// <summary>Strongest first.</summary>
    public IEnumerable<(SignatureLevel Level, int Count)> Levels => Facets.Levels.OrderByDescending(l => l.Key).Select(l => (l.Key, l.Value));

    public IEnumerable<EraCount> Eras => Facets.Eras.Where(e => e.Count > 0 || e.Era.Key == Chosen.EraKey).Reverse();
}

/// <summary>One of the form's lists of values.</summary>
public sealed record FacetChoice(string Name, string Label, string All, IReadOnlyList<FacetValue> Values, string? Chosen)
{
    // Nobody chooses from a thousand positions; the commonest are offered, and any is found by its name in the address.
    private const int Most = 200;

    /// <summary>By name; also what was chosen and nobody has.</summary>
    public IEnumerable<FacetValue> Offered => Values.Take(Most)
        .Concat(Values.Skip(Most).Where(v => v.Key == Chosen))
        .Concat(Chosen is null || Values.Any(v => v.Key == Chosen) ? [] : [new FacetValue(Chosen, Chosen, 0)])
        .OrderBy(v => v.Key, StringComparer.Ordinal);
}
