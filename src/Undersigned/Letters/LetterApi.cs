using Microsoft.AspNetCore.Http.HttpResults;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

/// <summary>The number and what it was read at.</summary>
public sealed record NumberAnswer(
    string Origin, string Title, string State, string Time, long TreeSize, string Root, int Standing, int Withheld, IReadOnlyDictionary<string, int> ByLevel, int? Edition);

/// <summary>A letter's words, of the revision that is signed now, with its number.</summary>
public sealed record LetterAnswer(
    string Slug, string Language, string Title, string Addressees, string Organiser, string Published, int Revision, string Body, IReadOnlyList<string> Demands, NumberAnswer Number);

public sealed record LetterEntry(string Slug, string Language, string Published, NumberAnswer Number);

public sealed record LettersAnswer(IReadOnlyList<LetterEntry> Letters);

/// <summary>The letters, one letter, its number, for programs (section 5, check 7 of the signatory log).</summary>
public static class LetterApi
{
    public static void MapLetterApi(this WebApplication app)
    {
        app.MapOfTheLog("/letters/{slug}.json", ShowNumber);
        app.MapApi("/letters", ShowAll, "The public letters, newest first");
        app.MapApi("/letters/{slug}", Show, "A letter: its words and its number");
        app.MapApi("/letters/{slug}/number", ShowNumber, "The number, split by how names were checked");
    }

    private static Results<Ok<NumberAnswer>, ProblemHttpResult> ShowNumber(string slug, PublishedLetters letters) =>
        letters.Find(slug) is { } letter ? TypedResults.Ok(Number(letter)) : Problems.NoSuchLetter();

    private static Ok<LettersAnswer> ShowAll(PublishedLetters letters) => TypedResults.Ok(new LettersAnswer(
        [.. letters.All.Select(l => new LetterEntry(l.Letter.Slug, l.Words.Language, Printed.Machine(l.OpenedAt), Number(l)))]));

    private static Results<Ok<LetterAnswer>, ProblemHttpResult> Show(string slug, PublishedLetters letters)
    {
        if (letters.Find(slug) is not { } letter)
            return Problems.NoSuchLetter();
        var words = letter.Words;
        return TypedResults.Ok(new LetterAnswer(
            slug, words.Language, words.Title, words.Addressees, words.Organiser, Printed.Machine(letter.OpenedAt), letter.Revision.Number, words.Body, words.Demands, Number(letter)));
    }

    private static NumberAnswer Number(PublishedLetter letter) => new(
        letter.Origin, letter.Words.Title, letter.Letter.State.ToString().ToLowerInvariant(), Printed.Machine(letter.At.EntryAt), letter.Size, letter.Fingerprint,
        letter.Counts.Standing, letter.Counts.Withheld, letter.Counts.ByLevel, letter.Edition?.Number);
}
