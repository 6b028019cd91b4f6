using System.Globalization;
using System.Resources;

namespace Undersigned.Updates;

/// <summary>Names the resource file of this feature's texts.</summary>
public sealed class UpdatesTexts
{
    private static readonly ResourceManager Texts = new(typeof(UpdatesTexts));

    /// <summary>A text in a letter's language, whoever reads it: it becomes part of the record.</summary>
    public static string In(string language, string name, string with)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return string.Format(culture, Texts.GetString(name, culture)!, with);
    }
}
