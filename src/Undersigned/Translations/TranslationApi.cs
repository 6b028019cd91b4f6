using Microsoft.AspNetCore.Http.HttpResults;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Translations;

/// <summary>A translation in short: in which language, of which revision, and the entry that published it.</summary>
public sealed record TranslationEntry(string Language, string Title, int Revision, bool Outdated, string? Translator, string Published, long Entry, string TextHash);

/// <summary>The latest translation of each language; <paramref name="Authoritative"/> is the language of the text that is signed.</summary>
public sealed record TranslationsAnswer(string Origin, string Authoritative, int Revision, IReadOnlyList<TranslationEntry> Translations);

/// <summary>A translation's words. They are no part of what was signed.</summary>
public sealed record TranslationAnswer(string Origin, string Authoritative, TranslationEntry Translation, string Addressees, string Body, IReadOnlyList<string> Demands);

/// <summary>Translations for programs.</summary>
public static class TranslationApi
{
    public static void MapTranslationApi(this WebApplication app)
    {
        app.MapApi("/letters/{slug}/translations", ShowAll, "The translations of a letter");
        app.MapApi("/letters/{slug}/translations/{language}", Show, "A translation of a letter: its words");
    }

    private static Results<Ok<TranslationsAnswer>, ProblemHttpResult> ShowAll(string slug, PublishedLetters letters) => letters.Find(slug) is { } letter
        ? TypedResults.Ok(new TranslationsAnswer(letter.Origin, letter.Words.Language, letter.Revision.Number, [.. LetterTranslation.LatestOf(letter).Select(Entry)]))
        : Problems.NoSuchLetter();

    private static Results<Ok<TranslationAnswer>, ProblemHttpResult> Show(string slug, string language, PublishedLetters letters)
    {
        if (letters.Find(slug) is not { } letter)
            return Problems.NoSuchLetter();
        if (LetterTranslation.Find(letter, language) is not { } found)
            return Problems.NoSuchTranslation();
        return TypedResults.Ok(new TranslationAnswer(letter.Origin, letter.Words.Language, Entry(found), found.Words.Addressees ?? "", found.Words.Body, found.Words.Demands ?? []));
    }

    private static TranslationEntry Entry(LetterTranslation translation) => new(
        translation.Language, translation.Words.Title, translation.Revision, translation.IsOutdated, translation.Words.Translator, Printed.Machine(translation.Post.At), translation.Post.Entry,
        Convert.ToHexStringLower(translation.Post.TextHash));
}
