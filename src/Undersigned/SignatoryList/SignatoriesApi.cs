using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.SignatoryList;

/// <summary>The list for programs, in its order, in pages that each name the size they were read at.</summary>
public static class SignatoriesApi
{
    private const int PageSize = 500;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void MapSignatoriesApi(this WebApplication app)
    {
        app.MapGet("/letters/{slug}/signatories.json", Show).WithMetadata(new PublicPageAttribute());
        app.MapGet("/letters/{slug}/editions/{edition:int}.json", Show).WithMetadata(new PublicPageAttribute());
    }

    private static async Task<IResult> Show(string slug, int? after, HttpContext http, ListReading reading, ListQuery query, FacetCache facets, CancellationToken cancellation)
    {
        if (await reading.FindAsync(slug, RouteNumber(http), http.Request.Query, cancellation) is not { IsTooEarly: false } list)
            return Results.NotFound();
        if (list.IsBadMoment || list.Filter.HasBadYears)
            return Results.BadRequest();
        var page = after is { } number
            ? await query.PageAfterAsync(list, number, PageSize + 1, cancellation)
            : await query.PageAsync(list, "", PageSize + 1, cancellation);
        if (page is null)
            return Results.NotFound();
        var notShown = await list.NotShownAsync(facets);
        return Results.Json(Answer(list, page, after, notShown, http.Request.PathBase), Format);
    }

    private static int? RouteNumber(HttpContext http) =>
        http.Request.RouteValues["edition"] is string text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static object Answer(AskedList list, List<RollLine> page, int? after, int notShown, PathString basePath) => new
    {
        list.Letter.Origin,
        list.Letter.Words.Title,
        State = list.Letter.Letter.State.ToString().ToLowerInvariant(),
        Time = Printed.Machine(list.Letter.At.EntryAt),
        TreeSize = list.Letter.Size,
        Root = list.Letter.Fingerprint,
        list.Letter.Counts.Standing,
        list.Letter.Counts.Withheld,
        list.Letter.Counts.ByLevel,
        Edition = (list.Edition ?? list.Letter.Edition)?.Number,
        NotShown = notShown == 0 ? (int?)null : notShown,
        Complete = after is null && page.Count <= PageSize && list.Filter.IsNone && notShown == 0,
        Next = page.Count > PageSize ? $"{basePath}/{list.Address(".json", KeyValuePair.Create("after", (string?)page[PageSize - 1].Number.ToString(System.Globalization.CultureInfo.InvariantCulture)))}" : null,
        Signatories = page.Take(PageSize).Select(Signatory),
    };

    private static object Signatory(RollLine line)
    {
        var shown = line.Shown;
        return new
        {
            Signatory = line.Number,
            shown.Name,
            shown.Position,
            shown.Organization,
            shown.Years,
            shown.Location,
            Level = LevelModel.Code(line.Level),
            Since = Printed.Machine(line.Since),
        };
    }
}
