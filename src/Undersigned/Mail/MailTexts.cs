using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Undersigned.Model;

namespace Undersigned.Mail;

/// <summary>The words of all mails, from MailTexts.resx, in one language.</summary>
public sealed partial class MailTexts
{
    private static readonly ResourceManager Texts = new(typeof(MailTexts));

    private readonly CultureInfo culture;

    private MailTexts(CultureInfo culture) => this.culture = culture;

    /// <summary>The words in a language that we speak, else in English.</summary>
    public static MailTexts In(string language) => new(Tongue.CultureOf(language));

    /// <summary>BCP 47, of the words that are there.</summary>
    public string Language => culture.Name;

    public string Direction => Tongue.DirectionOf(Language);

    /// <summary>A text whose {places} are filled. <paramref name="straight"/> sets the quotes of typewriters, but not inside what is filled in.</summary>
    public string Say(string key, IReadOnlyDictionary<string, string> values, bool straight)
    {
        var text = Texts.GetString(key, culture) ?? throw new MissingManifestResourceException($"MailTexts has no '{key}'.");
        if (straight)
            text = text.Replace('“', '"').Replace('”', '"').Replace('„', '"').Replace('’', '\'');
        return Place().Replace(text, m => values[m.Groups[1].Value]);
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();
}
