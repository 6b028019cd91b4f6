namespace Undersigned.Model;

/// <summary>Languages offered for a letter: those of this machine's tables, by their own names.</summary>
public static class Languages
{
    private static readonly string[] Offered =
        ["ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja",
         "ka", "ko", "lt", "lv", "mk", "ms", "nl", "no", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant"];

    public static IEnumerable<(string Tag, string Name)> All => Offered.Select(t => (t, Tongue.NameOf(t)));

    public static bool IsTag(string? tag) => tag is not null && Offered.Contains(tag);
}
