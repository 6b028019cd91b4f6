using Undersigned.Model;

namespace Undersigned.Letters;

/// <summary>What the partial _LetterText prints: a published letter, a private one, or a preview.</summary>
public sealed record LetterView(LetterWords Words)
{
    public DateTimeOffset? PublishedAt { get; init; }

    public string Eligibility { get; init; } = "";

    /// <summary>The public letter that it follows, where there is one.</summary>
    public PublishedLetter? Follows { get; init; }
    /// <summary>The public letters that follow it.</summary>
    public IReadOnlyList<FollowingLetter> FollowedBy { get; init; } = [];

    /// <summary>"Open letter to the Minister of Waterways".</summary>
    public string Addressee => Words.Language.StartsWith("en", StringComparison.Ordinal) && Tongue.Current == Tongue.English && Words.Addressee.StartsWith("The ", StringComparison.Ordinal)
        ? "the " + Words.Addressee[4..]
        : Words.Addressee;

    public static LetterView Of(PublishedLetter letter) =>
        new(letter.Words) { PublishedAt = letter.OpenedAt, Eligibility = letter.Letter.Eligibility, FollowedBy = letter.FollowedBy };

    /// <summary>As it would be printed now, for a draft and for the private link.</summary>
    public static LetterView Of(Letter letter) => new(LetterWords.Of(letter)) { Eligibility = letter.Eligibility };
}
