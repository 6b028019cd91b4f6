using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Editions;

/// <summary>An edition and what it changed since the one before.</summary>
public sealed record EditionEntry(int Number, string Time, long TreeSize, int Standing, int Added, int Withdrawn, int Removed, int Corrected);

public sealed record EditionsAnswer(
    string Origin, string Time, long TreeSize, string Root, int Standing, int Withheld, IReadOnlyDictionary<string, int> ByLevel, IReadOnlyList<EditionEntry> Editions);

/// <summary>The editions for programs, newest first.</summary>
public static class EditionsApi
{
    public static void MapEditionsApi(this WebApplication app)
    {
        app.MapOfTheLog("/letters/{slug}/editions.json", ShowAsync);
        app.MapApi("/letters/{slug}/editions", ShowAsync, "The numbered editions of the list, newest first");
    }

    private static async Task<Results<Ok<EditionsAnswer>, ProblemHttpResult>> ShowAsync(string slug, PublishedLetters letters, UndersignedDb db, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return Problems.NoSuchLetter();
        var editions = await db.EditionsAt(letter.Letter.Id, letter.Size).AsNoTracking().OrderByDescending(e => e.Number).ToListAsync(cancellation);
        return TypedResults.Ok(new EditionsAnswer(
            letter.Origin, Printed.Machine(letter.At.EntryAt), letter.Size, letter.Fingerprint, letter.Counts.Standing, letter.Counts.Withheld, letter.Counts.ByLevel, [.. editions.Select(Entry)]));
    }

    private static EditionEntry Entry(Edition edition) =>
        new(edition.Number, Printed.Machine(edition.At), edition.Size, edition.Standing, edition.Added, edition.Withdrawn, edition.Removed, edition.Corrected);
}
