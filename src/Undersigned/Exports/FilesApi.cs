using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Exports;

/// <summary>A file of the list: of an edition, or, where none is named, of now.</summary>
/// <param name="Sha256">Of a file that is kept, in hex: an edition's PDF. The others are written while they are read.</param>
public sealed record FileEntry(int? Edition, string Format, string Type, string Address, string? Sha256 = null);

public sealed record FilesAnswer(string Origin, string Time, long TreeSize, string Root, IReadOnlyList<FileEntry> Files);

/// <summary>Which files of the list there are, for programs.</summary>
public static class FilesApi
{
    private static readonly (string Format, string Ending, string Type)[] Formats =
    [
        ("csv", ".csv", "text/csv"), ("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), ("json", "/all.json", "application/json"), ("jsonld", ".jsonld", "application/ld+json"),
    ];

    public static void MapFilesApi(this WebApplication app) =>
        app.MapApi("/letters/{slug}/files", ShowAsync, "The list as files, of now and of each edition, newest first, with its PDF where it is made");

    private static async Task<Results<Ok<FilesAnswer>, StatusCodeHttpResult, ProblemHttpResult>> ShowAsync(string slug, HttpContext http, PublishedLetters letters, UndersignedDb db, Instance instance, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return Problems.NoSuchLetter();
        var editions = await db.EditionsAt(letter.Letter.Id, letter.Size).OrderByDescending(e => e.Number).Select(e => e.Number).ToListAsync(cancellation);
        var made = (await db.EditionFilesAsync(letter.Letter.Id, cancellation)).ToDictionary(f => f.Edition);
        List<FileEntry> files = [.. Of(slug, null, instance), .. editions.SelectMany(e => made.TryGetValue(e, out var pdf) ? Of(slug, e, instance).Append(Pdf(slug, pdf, instance)) : Of(slug, e, instance))];
        // A PDF is made, or given no more, while the list stays as it is: no cache keeps this by the list's size.
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(letter.CacheKey + string.Concat(files.Select(f => f.Address + f.Sha256)))))[..32]}\"";
        (http.Response.Headers.CacheControl, http.Response.Headers.ETag) = ("no-cache", tag);
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(new FilesAnswer(letter.Origin, Printed.Machine(letter.At.EntryAt), letter.Size, letter.Fingerprint, files));
    }

    private static FileEntry Pdf(string slug, EditionFile pdf, Instance instance) =>
        new(pdf.Edition, "pdf", "application/pdf", instance.UrlOf(string.Create(CultureInfo.InvariantCulture, $"/letters/{slug}/editions/{pdf.Edition}.pdf")), pdf.Sha256);

    private static IEnumerable<FileEntry> Of(string slug, int? edition, Instance instance) => Formats.Select(f => new FileEntry(
        edition, f.Format, f.Type, instance.UrlOf($"/letters/{slug}/{(edition is { } number ? "editions/" + number.ToString(CultureInfo.InvariantCulture) : "signatories")}{f.Ending}")));
}
