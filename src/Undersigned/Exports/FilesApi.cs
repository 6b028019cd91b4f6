using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Exports;

/// <summary>A file of the list: of an edition, or, where none is named, of now.</summary>
public sealed record FileEntry(int? Edition, string Format, string Type, string Address);

public sealed record FilesAnswer(string Origin, string Time, long TreeSize, string Root, IReadOnlyList<FileEntry> Files);

/// <summary>Which files of the list there are, for programs.</summary>
public static class FilesApi
{
    private static readonly (string Format, string Ending, string Type)[] Formats =
    [
        ("csv", ".csv", "text/csv"), ("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), ("json", "/all.json", "application/json"), ("jsonld", ".jsonld", "application/ld+json"),
    ];

    public static void MapFilesApi(this WebApplication app) =>
        app.MapApi("/letters/{slug}/files", ShowAsync, "The list as files, of now and of each edition, newest first");

    private static async Task<Results<Ok<FilesAnswer>, ProblemHttpResult>> ShowAsync(string slug, PublishedLetters letters, UndersignedDb db, Instance instance, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return Problems.NoSuchLetter();
        var editions = await db.EditionsAt(letter.Letter.Id, letter.Size).OrderByDescending(e => e.Number).Select(e => e.Number).ToListAsync(cancellation);
        var files = Of(slug, null, instance).Concat(editions.SelectMany(e => Of(slug, e, instance)));
        return TypedResults.Ok(new FilesAnswer(letter.Origin, Printed.Machine(letter.At.EntryAt), letter.Size, letter.Fingerprint, [.. files]));
    }

    private static IEnumerable<FileEntry> Of(string slug, int? edition, Instance instance) => Formats.Select(f => new FileEntry(
        edition, f.Format, f.Type, instance.UrlOf($"/letters/{slug}/{(edition is { } number ? "editions/" + number.ToString(CultureInfo.InvariantCulture) : "signatories")}{f.Ending}")));
}
