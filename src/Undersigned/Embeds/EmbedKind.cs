using System.Net;
using Undersigned.Model;

namespace Undersigned.Embeds;

/// <summary>A frame that other sites may show, with the size it is made for.</summary>
/// <param name="Code">In its address: /letters/SLUG/embed/CODE.</param>
public sealed record EmbedKind(string Code, int Width, int Height)
{
    public static readonly EmbedKind Counter = new("counter", 360, 270);
    public static readonly EmbedKind Names = new("names", 360, 510);
    public static readonly EmbedKind Button = new("button", 360, 180);

    public static IReadOnlyList<EmbedKind> All { get; } = [Counter, Names, Button];

    public static EmbedKind? Find(string code) => All.FirstOrDefault(k => k.Code == code);

    public string PathFor(string slug) => $"/letters/{slug}/embed/{Code}";

    /// <summary>What is pasted into another page. Nothing in it runs or follows anybody; it is loaded when it comes into sight.</summary>
    public string Html(Instance instance, PublishedLetter letter, int width, int height) =>
        $"<iframe src=\"{WebUtility.HtmlEncode(instance.UrlOf(PathFor(letter.Letter.Slug)))}\" title=\"{WebUtility.HtmlEncode(letter.Words.Title)}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" style=\"border:0;max-width:100%\"></iframe>";
}
