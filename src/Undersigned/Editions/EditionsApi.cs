using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Editions;

/// <summary>The editions for programs, newest first.</summary>
public static class EditionsApi
{
    public static void MapEditionsApi(this WebApplication app) =>
        app.MapGet("/letters/{slug}/editions.json", Show).WithMetadata(new PublicPageAttribute());

    private static async Task<IResult> Show(string slug, PublishedLetters letters, UndersignedDb db, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return Results.NotFound();
        var editions = await db.EditionsAt(letter.Letter.Id, letter.Size).AsNoTracking().OrderByDescending(e => e.Number).ToListAsync(cancellation);
        return Results.Json(new
        {
            letter.Origin,
            Time = Printed.Machine(letter.At.EntryAt),
            TreeSize = letter.Size,
            Root = letter.Fingerprint,
            letter.Counts.Standing,
            letter.Counts.Withheld,
            letter.Counts.ByLevel,
            Editions = editions.Select(Edition),
        });
    }

    private static object Edition(Edition edition) => new
    {
        edition.Number,
        Time = Printed.Machine(edition.At),
        TreeSize = edition.Size,
        edition.Standing,
        edition.Added,
        edition.Withdrawn,
        edition.Removed,
        edition.Corrected,
    };
}
