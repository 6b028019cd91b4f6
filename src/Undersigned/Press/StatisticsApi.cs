using System.Globalization;
using System.Text;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Press;

/// <summary>The numbers behind the charts for programs: JSON with time, size and root, and each table as CSV.</summary>
public static class StatisticsApi
{
    public static void MapStatisticsApi(this WebApplication app)
    {
        app.MapGet("/letters/{slug}/statistics.json", ShowAsync).WithMetadata(new PublicPageAttribute());
        Table(app, "time", TimeTable);
        Table(app, "eras", (_, counts) => ErasTable(counts));
        Table(app, "organizations", (_, counts) => OrganizationsTable(counts));
        Table(app, "levels", (_, counts) => LevelsTable(counts));
    }

    private static void Table(WebApplication app, string name, Func<PublishedLetter, ListFacets, IEnumerable<string[]>> rows) =>
        app.MapGet($"/letters/{{slug}}/statistics/{name}.csv", async (string slug, PublishedLetters letters, FacetCache facets) =>
            letters.Find(slug) is { } letter
                ? Results.Bytes(Written(rows(letter, await facets.OfAsync(letter))), "text/csv; charset=utf-8")
                : Results.NotFound()).WithMetadata(new PublicPageAttribute());

    private static byte[] Written(IEnumerable<string[]> rows) => [.. Csv.ByteOrderMark, .. Encoding.UTF8.GetBytes(string.Concat(rows.Select(Csv.Line)))];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> TimeTable(PublishedLetter letter, ListFacets counts) =>
        TimeSeries.FineOf(counts.Hours, letter.At.EntryAt).Steps.Select(s => new[] { Printed.Machine(s.From), Number(s.New), Number(s.All) }).Prepend(["from", "new", "all"]);

    private static IEnumerable<string[]> ErasTable(ListFacets counts) =>
        counts.Eras.Select(e => new[] { e.Era.Name, Number(e.Era.From), e.Era.To is { } to ? Number(to) : "", e.Era.Group ?? "", Number(e.Count) }).Prepend(["era", "from", "to", "group", "signatories"]);

    private static IEnumerable<string[]> OrganizationsTable(ListFacets counts) =>
        counts.Organizations.Select(o => new[] { o.Label, Number(o.Count) }).Prepend(["organization", "signatories"]);

    private static IEnumerable<string[]> LevelsTable(ListFacets counts) =>
        counts.Levels.OrderByDescending(l => l.Key).Select(l => new[] { LevelModel.Code(l.Key), Number(l.Value) }).Prepend(["level", "signatories"]);

    private static async Task<IResult> ShowAsync(string slug, PublishedLetters letters, FacetCache facets)
    {
        if (letters.Find(slug) is not { } letter)
            return Results.NotFound();
        var counts = await facets.OfAsync(letter);
        var series = TimeSeries.FineOf(counts.Hours, letter.At.EntryAt);
        return Results.Json(new
        {
            letter.Origin,
            Time = Printed.Machine(letter.At.EntryAt),
            TreeSize = letter.Size,
            Root = letter.Fingerprint,
            letter.Counts.Standing,
            letter.Counts.Withheld,
            letter.Counts.ByLevel,
            Named = counts.Shown,
            counts.WithYears,
            OverTime = new { Unit = series.Unit.ToString().ToLowerInvariant(), Steps = series.Steps.Select(s => new { From = Printed.Machine(s.From), s.New, s.All }) },
            Eras = counts.Eras.Select(e => new { e.Era.Name, e.Era.From, e.Era.To, e.Era.Group, Signatories = e.Count }),
            Organizations = counts.Organizations.Select(o => new { Name = o.Label, Signatories = o.Count }),
        });
    }
}
