using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Undersigned.Mail;

/// <summary>The words of all mails, from MailTexts.resx, in one language.</summary>
public sealed partial class MailTexts
{
    private static readonly ResourceManager Texts = new(typeof(MailTexts));

    private readonly CultureInfo culture;

    private MailTexts(CultureInfo culture) => this.culture = culture;

    /// <summary>The words in a letter's language, or in English where there are none.</summary>
    public static MailTexts In(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        while (culture.Name.Length > 0 && Texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false) is null)
            culture = culture.Parent;
        return new MailTexts(culture.Name.Length > 0 ? culture : CultureInfo.GetCultureInfo("en"));
    }

    /// <summary>BCP 47, of the words that are there.</summary>
    public string Language => culture.Name;

    public string Direction => culture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>A text whose {places} are filled. <paramref name="straight"/> sets the quotes of typewriters, but not inside what is filled in.</summary>
    public string Say(string key, IReadOnlyDictionary<string, string> values, bool straight)
    {
        var text = Texts.GetString(key, culture) ?? throw new MissingManifestResourceException($"MailTexts has no '{key}'.");
        if (straight)
            text = text.Replace('“', '"').Replace('”', '"').Replace('’', '\'');
        return Place().Replace(text, m => values[m.Groups[1].Value]);
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();
}
