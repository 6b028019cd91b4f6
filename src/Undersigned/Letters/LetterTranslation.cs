using Undersigned.Model;

namespace Undersigned.Letters;

/// <summary>A translation of the letter as the record has it: help for reading, and not what was signed.</summary>
/// <param name="Post">Its entry.</param>
/// <param name="Revision">Of the words that it translates.</param>
/// <param name="IsOutdated">Newer words have taken the place of those.</param>
/// <param name="Later">What was published in its place; null for the latest.</param>
public sealed record LetterTranslation(PublishedPost Post, int Revision, bool IsOutdated, PublishedPost? Later)
{
    public PostWords Words => Post.Words;
    public string Language => Words.Language;

    /// <summary>As the letter's own words are printed; who keeps the letter is named as there.</summary>
    public LetterWords AsLetter(string organiser) => new(Words.Title, Words.Body, Words.Addressees ?? "", Words.Demands ?? [], Language, organiser);

    /// <summary>The latest of each language, by the languages' own names.</summary>
    public static IReadOnlyList<LetterTranslation> LatestOf(PublishedLetter letter) =>
        [.. All(letter).Where(t => t.Later is null).OrderBy(t => Tongue.NameOf(t.Language), StringComparer.Ordinal)];

    /// <summary>The latest in a language; null where there is none.</summary>
    public static LetterTranslation? Find(PublishedLetter letter, string language) => All(letter).SingleOrDefault(t => t.Language == language && t.Later is null);

    /// <summary>The one of an entry, whether it is the latest or not.</summary>
    public static LetterTranslation? Find(PublishedLetter letter, string language, long entry) => All(letter).SingleOrDefault(t => t.Language == language && t.Post.Entry == entry);

    /// <summary>The latest that speaks what the page speaks, where the letter itself does not.</summary>
    public static LetterTranslation? ForReader(PublishedLetter letter) =>
        letter.Words.Lang is null ? null : LatestOf(letter).FirstOrDefault(t => Tongue.LangOf(t.Language) is null);

    /// <summary>All of a language, newest first.</summary>
    public static IReadOnlyList<LetterTranslation> VersionsOf(PublishedLetter letter, string language) => [.. All(letter).Where(t => t.Language == language).OrderByDescending(t => t.Post.Entry)];

    public static string PathOf(Letter letter, string language) => $"/letters/{letter.Slug}/translations/{language}";

    private static IEnumerable<LetterTranslation> All(PublishedLetter letter)
    {
        var posts = letter.Posts.Where(p => p.Kind == PostKind.Translation).ToList();
        return posts.Select(p => new LetterTranslation(p, p.Words.Revision ?? 1, p.Words.Revision != letter.Revision.Number, posts.FirstOrDefault(q => UnderLetter.Replaces(q, p))));
    }
}
