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

    public static void MapSignatoriesApi(this WebApplication app) =>
        app.MapGet("/letters/{slug}/signatories.json", Show).WithMetadata(new PublicPageAttribute());

    private static async Task<IResult> Show(string slug, int? after, HttpContext http, PublishedLetters letters, ListQuery list, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return Results.NotFound();
        var page = after is { } number
            ? await list.PageAfterAsync(letter, number, PageSize + 1, cancellation)
            : await list.PageAsync(letter, "", PageSize + 1, cancellation);
        return page is null ? Results.NotFound() : Results.Json(Answer(letter, page, after, http.Request.PathBase), Format);
    }

    private static object Answer(PublishedLetter letter, List<RollLine> page, int? after, PathString basePath) => new
    {
        letter.Origin,
        letter.Words.Title,
        State = letter.Letter.State.ToString().ToLowerInvariant(),
        Time = Printed.Machine(letter.At.EntryAt),
        TreeSize = letter.Size,
        Root = letter.Fingerprint,
        letter.Counts.Standing,
        letter.Counts.Withheld,
        letter.Counts.ByLevel,
        Complete = after is null && page.Count <= PageSize,
        Next = page.Count > PageSize ? $"{basePath}/letters/{letter.Letter.Slug}/signatories.json?after={page[PageSize - 1].Number}" : null,
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
