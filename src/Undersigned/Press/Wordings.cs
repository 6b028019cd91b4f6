using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Press;

/// <summary>Words that may be printed, and on what they rest and how long they are true.</summary>
public sealed record Wording(string Words, string Ground);

/// <summary>Computes what stays true of a list although some may leave it.</summary>
public sealed class Wordings(IStringLocalizer<SharedTexts> shared, IStringLocalizer<PressTexts> texts)
{
    private const int Fewest = 20;
    private const int MostOrganizations = 3;

    /// <summary>
    /// N of "more than N": a round number, so far below that one in a hundred, and at least two, may leave and it is still true. Null where
    /// there are too few to round.
    /// </summary>
    public static int? RoundBelow(int count)
    {
        if (count < Fewest)
            return null;
        var step = count switch { < 200 => 10, < 1_000 => 50, < 10_000 => 100, < 100_000 => 1_000, _ => 10_000 };
        var safe = count - Math.Max(2, count / 100) - 1;
        return safe / step * step;
    }

    public IReadOnlyList<Wording> Of(PublishedLetter letter, ListFacets counts) =>
        [Signed(letter), .. Eras(letter, counts), .. Organizations(counts), .. Checked(letter.Counts)];

    private Wording Signed(PublishedLetter letter)
    {
        var (signed, title, at) = (letter.Counts.SignedHere, letter.Words.Title, Printed.Moment(letter.At.EntryAt));
        return RoundBelow(signed) is { } round
            ? new Wording(texts["say-more", Printed.Number(round), title], texts["say-more-why", Printed.Number(signed), at, Printed.Number(round + 1)])
            : new Wording(texts[signed switch { 0 => "say-none", 1 => "say-one", _ => "say-exact" }, at, Printed.Number(signed), title], texts["say-exact-why"]);
    }

    private IEnumerable<Wording> Eras(PublishedLetter letter, ListFacets counts)
    {
        if (shared.Served([.. counts.Eras.Select(e => (e.Era, e.Count))], letter.Letter.EraWords, counts.WithYears) is not { } served)
            yield break;
        var fewest = counts.Eras.Where(e => e.Count > 0).MinBy(e => e.Count)!;
        yield return new Wording(served, texts[fewest.Count == 1 ? "say-eras-why-one" : "say-eras-why", Printed.Number(counts.WithYears), Printed.Number(fewest.Count), $"{fewest.Era.Name} ({fewest.Era.Years})"]);
    }

    private IEnumerable<Wording> Organizations(ListFacets counts) =>
        from organization in counts.Organizations.Take(MostOrganizations)
        let round = RoundBelow(organization.Count)
        where round is not null
        select new Wording(
            texts["say-organization", Printed.Number(round.Value), organization.Label],
            texts["say-organization-why", Printed.Number(organization.Count), Printed.Number(round.Value + 1)]);

    private IEnumerable<Wording> Checked(ListCounts counts)
    {
        var known = Enum.GetValues<SignatureLevel>().Where(LevelModel.IsChecked).Sum(counts.Of);
        if (RoundBelow(known) is { } round)
            yield return new Wording(texts["say-checked", Printed.Number(round)], texts["say-checked-why", Printed.Number(known), Printed.Number(counts.Standing)]);
    }
}
