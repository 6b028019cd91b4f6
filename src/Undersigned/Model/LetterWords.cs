using System.Text.Json;

namespace Undersigned.Model;

/// <summary>A letter's words, as its pages print them: of the revision that was signed, or of the row while nobody has signed.</summary>
public sealed record LetterWords(string Title, string Body, string Addressees, IReadOnlyList<string> Demands, string Language, string Organiser)
{
    public static LetterWords Of(Letter letter) =>
        new(letter.Title, letter.Body, letter.Addressees, letter.Demands, letter.Language, letter.Organiser);

    /// <summary>Of the JSON text that the log commits to (section 3 of the signatory log).</summary>
    public static LetterWords Of(Revision revision) => JsonSerializer.Deserialize<LetterWords>(revision.Text, JsonSerializerOptions.Web)!;

    /// <summary>The first of several addressees, which stand divided by semicolons.</summary>
    public string Addressee => Addressees.Split(';')[0].Trim();

    public string Direction => Tongue.DirectionOf(Language);

    /// <summary>For elements that hold them; none where the page speaks the same language.</summary>
    public string? Lang => Tongue.LangOf(Language);
    public string? Dir => Tongue.DirOf(Language);
}
