using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Press;

/// <summary>The numbers behind the charts; named are those that are counted, since nobody is whose name is withheld.</summary>
public sealed record StatisticsAnswer(
    string Origin, string Time, long TreeSize, string Root, int Standing, int Withheld, IReadOnlyDictionary<string, int> ByLevel, int Named, int WithYears,
    SeriesAnswer OverTime, IReadOnlyList<EraAnswer> Eras, IReadOnlyList<OrganizationAnswer> Organizations);

/// <summary>Steps of an hour or a day (UTC) without a gap.</summary>
public sealed record SeriesAnswer(string Unit, IReadOnlyList<StepAnswer> Steps);

public sealed record StepAnswer(string From, int New, int All);

public sealed record EraAnswer(string Name, int From, int? To, string? Group, int Signatories);

public sealed record OrganizationAnswer(string Name, int Signatories);

/// <summary>The numbers behind the charts for programs: JSON with time, size and root, and each table as CSV.</summary>
public static class StatisticsApi
{
    public static void MapStatisticsApi(this WebApplication app)
    {
        app.MapOfTheLog("/letters/{slug}/statistics.json", ShowAsync);
        app.MapApi("/letters/{slug}/statistics", ShowAsync, "Signatures over time, by era and by organization");
        Table(app, "time", TimeTable);
        Table(app, "eras", (_, counts) => ErasTable(counts));
        Table(app, "organizations", (_, counts) => OrganizationsTable(counts));
        Table(app, "levels", (_, counts) => LevelsTable(counts));
    }

    // As in the list's own files: each row says of which list it is, also when it is cut out.
    private static void Table(WebApplication app, string name, Func<PublishedLetter, ListFacets, IEnumerable<string[]>> rows) =>
        app.MapGet($"/letters/{{slug}}/statistics/{name}.csv", async (string slug, PublishedLetters letters, FacetCache facets) =>
            letters.Find(slug) is { } letter
                ? Results.Bytes(Written(rows(letter, await facets.OfAsync(letter)), [Printed.Machine(letter.At.EntryAt), letter.Size.ToString(CultureInfo.InvariantCulture), letter.Fingerprint]), "text/csv; charset=utf-8")
                : Results.NotFound()).WithMetadata(new PublicPageAttribute());

    private static byte[] Written(IEnumerable<string[]> rows, string[] of) =>
        [.. Csv.ByteOrderMark, .. Encoding.UTF8.GetBytes(string.Concat(rows.Select((row, i) => Csv.Line([.. row, .. i == 0 ? ["time", "treeSize", "root"] : of]))))];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> TimeTable(PublishedLetter letter, ListFacets counts) =>
        TimeSeries.FineOf(counts.Hours, letter.At.EntryAt).Steps.Select(s => new[] { Printed.Machine(s.From), Number(s.New), Number(s.All) }).Prepend(["from", "new", "all"]);

    private static IEnumerable<string[]> ErasTable(ListFacets counts) =>
        counts.Eras.Select(e => new[] { e.Era.Name, Number(e.Era.From), e.Era.To is { } to ? Number(to) : "", e.Era.Group ?? "", Number(e.Count) }).Prepend(["era", "from", "to", "group", "signatories"]);

    private static IEnumerable<string[]> OrganizationsTable(ListFacets counts) =>
        counts.Organizations.Select(o => new[] { o.Label, Number(o.Count) }).Prepend(["organization", "signatories"]);

    private static IEnumerable<string[]> LevelsTable(ListFacets counts) =>
        counts.Levels.OrderByDescending(l => l.Key).Select(l => new[] { LevelModel.Code(l.Key), Number(l.Value) }).Prepend(["level", "signatories"]);

    private static async Task<Results<Ok<StatisticsAnswer>, ProblemHttpResult>> ShowAsync(string slug, PublishedLetters letters, FacetCache facets)
    {
        if (letters.Find(slug) is not { } letter)
            return Problems.NoSuchLetter();
        var counts = await facets.OfAsync(letter);
        var series = TimeSeries.FineOf(counts.Hours, letter.At.EntryAt);
        return TypedResults.Ok(new StatisticsAnswer(
            letter.Origin, Printed.Machine(letter.At.EntryAt), letter.Size, letter.Fingerprint, letter.Counts.Standing, letter.Counts.Withheld, letter.Counts.ByLevel, counts.Shown, counts.WithYears,
            new SeriesAnswer(series.Unit.ToString().ToLowerInvariant(), [.. series.Steps.Select(s => new StepAnswer(Printed.Machine(s.From), s.New, s.All))]),
            [.. counts.Eras.Select(e => new EraAnswer(e.Era.Name, e.Era.From, e.Era.To, e.Era.Group, e.Count))],
            [.. counts.Organizations.Select(o => new OrganizationAnswer(o.Label, o.Count))]));
    }
}
