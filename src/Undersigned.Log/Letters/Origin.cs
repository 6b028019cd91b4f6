using System.Diagnostics.CodeAnalysis;

namespace Undersigned.Log.Letters;

/// <summary>
/// A letter's log is called by its origin, which is fixed when the letter is published (signatory log, section 1):
/// <c>HOST[/BASE]/letters/SLUG/log</c>, such as <c>letters.example.org/letters/waterways/log</c>.
/// </summary>
public sealed record Origin
{
    private const string Letters = "/letters/";

    private Origin(string text, string slug) => (Text, Slug) = (text, slug);

    /// <summary>The whole origin, without scheme and trailing slash.</summary>
    public string Text { get; }

    /// <summary>The letter's slug in it.</summary>
    public string Slug { get; }

    /// <summary>The origin of a letter: HOST[/BASE], lower case and with <c>:PORT</c> where it is not 443, and its slug.</summary>
    /// <exception cref="LogFormatException">Not an origin.</exception>
    public static Origin Of(string place, string slug) => Parse($"{place}{Letters}{slug}/log");

    /// <summary>Parses an origin.</summary>
    /// <exception cref="LogFormatException">Not an origin.</exception>
    public static Origin Parse(string text) => TryParse(text, out var origin) ? origin : throw new LogFormatException("not a letter's origin");

    /// <summary>As <see cref="Parse"/>, but false instead of an exception.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Origin? origin)
    {
        origin = null;
        var letters = text.LastIndexOf(Letters, StringComparison.Ordinal);
        if (letters <= 0 || !text.EndsWith("/log", StringComparison.Ordinal)) return false;
        var from = letters + Letters.Length;
        if (text.Length - 4 < from) return false;
        var slug = text[from..^4];
        if (!IsSlug(slug) || !IsPlace(text[..letters])) return false;
        origin = new Origin(text, slug);
        return true;
    }

    /// <summary>Whether this can be a letter's slug: 1 to 64 of <c>a-z0-9-</c>, not beginning or ending with <c>-</c>, and not <c>log</c>.</summary>
    public static bool IsSlug(string slug) =>
        slug.Length is >= 1 and <= 64 && slug != "log" && slug[0] != '-' && slug[^1] != '-'
        && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsPlace(string place)
    {
        var host = place.Split('/')[0];
        if (host.Length == 0 || host.Any(char.IsUpper) || host.EndsWith(":443", StringComparison.Ordinal)) return false;
        return !place.Any(c => c == '+' || char.IsWhiteSpace(c) || char.IsControl(c)) && place.Split('/').All(part => part.Length > 0);
    }
}
