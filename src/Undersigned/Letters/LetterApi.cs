using System.Text.Json;
using System.Text.Json.Serialization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

/// <summary>The letter for programs (section 5, check 7 of the signatory log).</summary>
public static class LetterApi
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void MapLetterApi(this WebApplication app) =>
        app.MapGet("/letters/{slug}.json", Show).WithMetadata(new PublicPageAttribute());

    private static IResult Show(string slug, PublishedLetters letters)
    {
        if (letters.Find(slug) is not { } letter)
            return Results.NotFound();
        var counts = letter.Counts;
        return Results.Json(new
        {
            letter.Origin,
            letter.Words.Title,
            State = letter.Letter.State.ToString().ToLowerInvariant(),
            Time = Printed.Machine(letter.At.EntryAt),
            TreeSize = letter.Size,
            Root = letter.Fingerprint,
            counts.Standing,
            counts.Withheld,
            counts.ByLevel,
            Edition = letter.Edition?.Number,
        }, Format);
    }
}
