using System.Globalization;
using Undersigned.Model;

namespace Undersigned.Writing;

/// <summary>What the text page holds, as typed.</summary>
public sealed class TextForm
{
    /// <summary>Characters; a page that long is no letter any more.</summary>
    public const int LongestBody = 100_000;

    public string? Title { get; set; }
    public string? Slug { get; set; }
    public string? Addressees { get; set; }
    public string? Body { get; set; }
    /// <summary>One a line.</summary>
    public string? Demands { get; set; }
    public string? Language { get; set; }
    public string? Organiser { get; set; }
    public string? Eligibility { get; set; }
    public bool GlanceRequired { get; set; }
    public bool AskService { get; set; }
    public bool AskLocation { get; set; }
    public string? PressContact { get; set; }
    public string? Imprint { get; set; }
    public string? PromiseHours { get; set; }

    public static TextForm Of(Letter letter) => new()
    {
        Title = letter.Title,
        Slug = letter.Slug,
        Addressees = letter.Addressees,
        Body = letter.Body,
        Demands = string.Join('\n', letter.Demands),
        Language = letter.Language,
        Organiser = letter.Organiser,
        Eligibility = letter.Eligibility,
        GlanceRequired = letter.GlanceRequired,
        AskService = letter.Asks.HasFlag(Asks.Service),
        AskLocation = letter.Asks.HasFlag(Asks.Location),
        PressContact = letter.PressContact,
        Imprint = letter.Imprint,
        PromiseHours = letter.PromiseHours.ToString(CultureInfo.InvariantCulture),
    };

    public LetterWords Words => new(Line(Title), Lines(Body), Line(Addressees), DemandLines, Language ?? "en", Line(Organiser));

    private List<string> DemandLines => [.. Lines(Demands).Split('\n').Select(d => d.Trim()).Where(d => d.Length > 0)];

    /// <summary>Fields and what is wrong with them; only the settings once the words are frozen.</summary>
    public IEnumerable<(string Field, string Problem)> Problems(bool isFrozen)
    {
        if (!isFrozen)
            foreach (var problem in ProblemsOfWords())
                yield return problem;
        if (!int.TryParse(PromiseHours, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours is < 1 or > 720)
            yield return ("promisehours", "A number of hours from 1 to 720.");
        if (Lines(Imprint).Length > 500)
            yield return ("imprint", "At most 500 characters.");
        if (Lines(PressContact).Length > 500)
            yield return ("presscontact", "At most 500 characters.");
    }

    public IEnumerable<(string Field, string Problem)> ProblemsOfWords()
    {
        if (LineProblem(Title, 200) is { } title)
            yield return ("title", title);
        if (LineProblem(Organiser, 200) is { } organiser)
            yield return ("organiser", organiser);
        if (Line(Addressees).Length > 500)
            yield return ("addressees", "At most 500 characters.");
        if (Lines(Body).Length > LongestBody)
            yield return ("body", "At most 100,000 characters.");
        if (DemandLines.Count > 30 || DemandLines.Any(d => d.Length > 1_000))
            yield return ("demands", "At most 30 demands, each of at most 1,000 characters.");
        if (Lines(Eligibility).Length > 1_000)
            yield return ("eligibility", "At most 1,000 characters.");
        if (!Languages.IsTag(Language))
            yield return ("language", "A tag like “en”, “de” or “pt-BR”.");
    }

    public static string? LineProblem(string? text, int most) => Line(text) switch
    {
        "" => "This cannot be empty.",
        var t when t.Length > most => $"At most {most} characters.",
        _ => null,
    };

    public void WriteWords(Letter letter)
    {
        var words = Words;
        (letter.Title, letter.Body, letter.Addressees) = (words.Title, words.Body, words.Addressees);
        (letter.Demands, letter.Language, letter.Organiser) = ([.. words.Demands], words.Language, words.Organiser);
        (letter.Eligibility, letter.GlanceRequired) = (Lines(Eligibility), GlanceRequired);
    }

    public void WriteSettings(Letter letter)
    {
        letter.Asks = (AskService ? Asks.Service : Asks.Nothing) | (AskLocation ? Asks.Location : Asks.Nothing);
        (letter.PressContact, letter.Imprint) = (Lines(PressContact), Lines(Imprint));
        letter.PromiseHours = int.Parse(PromiseHours!, CultureInfo.InvariantCulture);
    }

    private static string Line(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}
