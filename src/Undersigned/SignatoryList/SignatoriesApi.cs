using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.OpenApi;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.SignatoryList;

/// <summary>A line of the list; several offices are parts divided by "; ", in one order.</summary>
public sealed record SignatoryEntry(int Signatory, string Name, string? Position, string? Organization, IReadOnlyList<YearSpan>? Years, string? Location, string Level, string Since)
{
    public static SignatoryEntry Of(RollLine line)
    {
        var shown = line.Shown;
        return new(line.Number, shown.Name, shown.Position, shown.Organization, shown.Years, shown.Location, LevelModel.Code(line.Level), Printed.Machine(line.Since));
    }
}

/// <summary>A page of the list. Where there is another, next is its address; complete says that every signatory is in this answer.</summary>
public sealed record SignatoriesAnswer(
    string Origin, string Title, string State, string Time, long TreeSize, string Root, int Standing, int Withheld, IReadOnlyDictionary<string, int> ByLevel, int? Edition,
    int? NotShown, string Order, bool Complete, string? Next, IReadOnlyList<SignatoryEntry> Signatories);

/// <summary>One line, and the entry of the log since which it reads so.</summary>
public sealed record SignatoryAnswer(string Origin, string Time, long TreeSize, string Root, long Index, SignatoryEntry Line);

/// <summary>The list for programs, in its order, in pages that each name the size they were read at.</summary>
public static class SignatoriesApi
{
    private const int PageSize = 500;

    public static void MapSignatoriesApi(this WebApplication app)
    {
        app.MapOfTheLog("/letters/{slug}/signatories.json", ShowAsync);
        app.MapOfTheLog("/letters/{slug}/editions/{edition:int}.json", ShowAsync);
        app.MapApi("/letters/{slug}/signatories", ShowAsync, "The list, 500 a page, in its order; narrowed, and as of a time, where asked").ProducesProblem(StatusCodes.Status400BadRequest)
            .AddOpenApiOperationTransformer((operation, _, _) => Asks(operation, [.. Narrowing, At]));
        app.MapApi("/letters/{slug}/editions/{edition:int}/signatories", ShowAsync, "The list of an edition").ProducesProblem(StatusCodes.Status400BadRequest)
            .AddOpenApiOperationTransformer((operation, _, _) => Asks(operation, Narrowing));
        app.MapApi("/letters/{slug}/signatories/{number:int}", ShowOneAsync, "One line, by the signatory's number").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status410Gone)
            .AddOpenApiOperationTransformer((operation, _, _) => Asks(operation, At));
    }

    private static async Task<Results<Ok<SignatoriesAnswer>, ProblemHttpResult>> ShowAsync(
        string slug, int? after, HttpContext http, ListReading reading, ListQuery query, FacetCache facets, CancellationToken cancellation)
    {
        if (await reading.FindAsync(slug, RouteNumber(http), http.Request.Query, cancellation) is not { IsTooEarly: false } list)
            return Problems.NoSuchList();
        if (list.IsBadMoment)
            return Problems.BadTime();
        if (list.Filter.HasBadYears)
            return Problems.BadYears();
        var page = after is { } number
            ? await query.PageAfterAsync(list, number, PageSize + 1, cancellation)
            : await query.PageAsync(list, "", PageSize + 1, cancellation);
        if (page is null)
            return Problems.NoSuchSignatory();
        return TypedResults.Ok(Answer(list, page, after, await list.NotShownAsync(facets), http.Request));
    }

    private static async Task<Results<Ok<SignatoryAnswer>, ProblemHttpResult>> ShowOneAsync(
        string slug, int number, HttpContext http, ListReading reading, UndersignedDb db, CancellationToken cancellation)
    {
        if (await reading.FindAsync(slug, null, http.Request.Query, cancellation) is not { IsTooEarly: false } list)
            return Problems.NoSuchList();
        if (list.IsBadMoment)
            return Problems.BadTime();
        var letter = list.Letter;
        if (number < 1 || number > letter.Counts.Signed)
            return Problems.NoSuchSignatory();
        if (await db.Lines.AsNoTracking().StandingAt(letter).FirstOrDefaultAsync(l => l.Number == number, cancellation) is not { } line)
            return Problems.NotListed();
        return TypedResults.Ok(new SignatoryAnswer(
            letter.Origin, Printed.Machine(letter.At.EntryAt), letter.Size, letter.Fingerprint, line.LeafIndex, SignatoryEntry.Of(new RollLine(line.Number, line.Level, line.Record, line.SortName, line.Since))));
    }

    private static int? RouteNumber(HttpContext http) =>
        http.Request.RouteValues["edition"] is string text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static SignatoriesAnswer Answer(AskedList list, List<RollLine> page, int? after, int notShown, HttpRequest request)
    {
        var (letter, counts) = (list.Letter, list.Letter.Counts);
        return new SignatoriesAnswer(
            letter.Origin, letter.Words.Title, letter.Letter.State.ToString().ToLowerInvariant(), Printed.Machine(letter.At.EntryAt), letter.Size, letter.Fingerprint,
            counts.Standing, counts.Withheld, counts.ByLevel, (list.Edition ?? letter.Edition)?.Number,
            notShown == 0 ? null : notShown,
            list.Order,
            after is null && page.Count <= PageSize && list.Filter.IsNone && notShown == 0,
            page.Count > PageSize ? Next(list, page[PageSize - 1].Number, request) : null,
            [.. page.Take(PageSize).Select(SignatoryEntry.Of)]);
    }

    // The next page is asked for at the address that this one was.
    private static string Next(AskedList list, int after, HttpRequest request)
    {
        var pair = KeyValuePair.Create("after", (string?)after.ToString(CultureInfo.InvariantCulture));
        return request.Path.StartsWithSegments(PublicApi.Root)
            ? $"{request.PathBase}{PublicApi.Root}/{list.Address(list.Edition is null ? "" : "/signatories", pair)}"
            : $"{request.PathBase}/{list.Address(".json", pair)}";
    }

    private static readonly (string Name, string Says)[] Narrowing =
    [
        ("organization", "Case and diacritics do not matter."), ("position", "Case and diacritics do not matter."), ("place", "Case and diacritics do not matter."),
        ("from-year", "Served in or after this year; one year alone is that year."), ("to-year", "Served in or before this year."),
        ("era", "The years of an era of the letter, 1981-1989."), ("level", "How the line was checked: imported, email, account, domain, roster, vouched or known."),
    ];

    private static readonly (string Name, string Says) At = ("at", "The list as it stood: 2026-02-20T18:00Z, or a day as it ended, 2026-02-20 (UTC).");

    // What ListFilter and ListMoment read from the address themselves.
    private static Task Asks(OpenApiOperation operation, params (string Name, string Says)[] names)
    {
        foreach (var (name, says) in names)
            (operation.Parameters ??= []).Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = says, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        return Task.CompletedTask;
    }
}
