using System.Globalization;

namespace Undersigned.Model;

/// <summary>
/// The languages that the interface speaks. Which one is <see cref="CultureInfo.CurrentUICulture"/> alone: CurrentCulture, by which programs
/// write numbers and compare texts, is never set. Nothing is guessed from Accept-Language: an address says the same to everybody.
/// </summary>
public static class Tongue
{
    public const string English = "en";

    /// <summary>BCP 47, as it begins an address: <c>/es/letters/weirs</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [English, "es", "fr", "de", "ar"];

    // The primary subtags that are written from right to left wherever no script is named.
    private static readonly string[] RightToLeft = ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ps", "sd", "syr", "ug", "ur", "yi"];

    public static string Current => Of(CultureInfo.CurrentUICulture.Name);

    public static string Direction => DirectionOf(Current);

    /// <summary>What the interface speaks where a text is in <paramref name="language"/>: the same where it can, else English.</summary>
    public static string Of(string? language) => All.FirstOrDefault(t => t == Primary(language)) ?? English;

    public static string DirectionOf(string language) => RightToLeft.Contains(Primary(language)) ? "rtl" : "ltr";

    /// <summary>Value of an element's `lang` where its words are in <paramref name="language"/>; none where the page around it speaks it too.</summary>
    public static string? LangOf(string language) => Primary(language) == Current ? null : language;

    /// <summary>Value of `dir`, beside <see cref="LangOf"/>.</summary>
    public static string? DirOf(string language) => LangOf(language) is null ? null : DirectionOf(language);

    /// <summary>"Español": in itself, as it stands in lists of languages.</summary>
    public static string NameOf(string language)
    {
        var name = CultureInfo.GetCultureInfo(language).NativeName;
        return char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..];
    }

    public static CultureInfo CultureOf(string? language) => CultureInfo.GetCultureInfo(Of(language));

    /// <summary>Says something in the tongue of a language, whatever the request or the loop around it speaks.</summary>
    public static T In<T>(string? language, Func<T> say)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureOf(language);
        try
        {
            return say();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Primary(string? language) => (language ?? "").Split('-')[0].ToLowerInvariant();
}
