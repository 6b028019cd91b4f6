using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Undersigned.Shared;

/// <summary>Charts are drawn by the server: x and width in percent, the rest in pixels, so that they stretch and their type does not.</summary>
public static class Svg
{
    public static string Percent(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + "%";

    public static string Pixels(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>SVG's text, which Razor would take for its own.</summary>
    public static IHtmlContent Label(string x, string y, string text, string? anchor = null, bool isDim = false) => new HtmlContentBuilder()
        .AppendHtml($"<text {(isDim ? "class=\"dim\" " : "")}{(anchor is null ? "" : $"text-anchor=\"{anchor}\" ")}x=\"{x}\" y=\"{y}\">").Append(text).AppendHtml("</text>");
}
