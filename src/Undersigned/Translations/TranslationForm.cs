using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Translations;

/// <summary>What an editor typed of a translation.</summary>
public sealed class TranslationForm
{
    private const int LongestTitle = 200;
    private const int LongestBody = 100_000;
    private const int LongestAddressees = 500;
    private const int LongestDemand = 1_000;

    public string? Language { get; set; }
    public string? Title { get; set; }
    public string? Addressees { get; set; }
    public string? Body { get; set; }
    /// <summary>One a line, as many as the letter has.</summary>
    public string? Demands { get; set; }
    public string? Translator { get; set; }
    /// <summary>The post that this one corrects.</summary>
    public long? Replaces { get; set; }

    public static TranslationForm Of(LetterPost post)
    {
        var words = PostWords.Parse(post.Text);
        return new TranslationForm { Language = words.Language, Title = words.Title, Addressees = words.Addressees, Body = words.Body, Demands = string.Join('\n', words.Demands ?? []), Translator = words.Translator, Replaces = post.Id };
    }

    private List<string> DemandLines => [.. Lines(Demands).Split('\n').Select(d => d.Trim()).Where(d => d.Length > 0)];

    /// <summary>What needs another look: ids of fields, and why.</summary>
    /// <param name="of">The words that are translated.</param>
    public IEnumerable<(string Field, string Problem)> Problems(LetterWords of)
    {
        if (!Languages.IsTag(Language))
            yield return ("language", "Which language is it?");
        else if (Language == of.Language)
            yield return ("language", "That is the letter’s own language.");
        foreach (var (field, text, longest) in new[] { ("title", Title, LongestTitle), ("addressees", Addressees, LongestAddressees), ("body", Body, LongestBody), ("translator", Translator, LongestTitle) })
            if (text?.Length > longest)
                yield return (field, $"At most {Printed.Number(longest)} characters; these are {Printed.Number(text.Length)}.");
        if (Line(Title).Length == 0)
            yield return ("title", "It needs a title.");
        if (Lines(Body).Length == 0)
            yield return ("body", "There is no text yet.");
        if (of.Addressees.Length > 0 && Line(Addressees).Length == 0)
            yield return ("addressees", "To whom does the letter go, in this language?");
        if (DemandLines.Count != of.Demands.Count)
            yield return ("demands", $"The letter asks for {of.Demands.Count} things, one a line; these are {DemandLines.Count}.");
        else if (DemandLines.Any(d => d.Length > LongestDemand))
            yield return ("demands", $"At most {Printed.Number(LongestDemand)} characters each.");
    }

    /// <summary>For a preview too, whatever is missing.</summary>
    public LetterWords AsLetter(LetterWords of) => new(Line(Title), Lines(Body), Line(Addressees), DemandLines, Languages.IsTag(Language) ? Language! : of.Language, of.Organiser);

    public PostWords ToWords(LetterWords of, int revision, DateTimeOffset now, LetterPost? replaces) => new()
    {
        Kind = "translation",
        Title = Line(Title),
        Body = Lines(Body),
        Time = Printed.Machine(now),
        Language = Language!,
        Addressees = Line(Addressees),
        Demands = DemandLines,
        Revision = revision,
        Authoritative = of.Language,
        Translator = Line(Translator) is { Length: > 0 } translator ? translator : null,
        Replaces = replaces is null ? null : Convert.ToBase64String(replaces.TextHash),
    };

    private static string Line(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}
