using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml.Linq;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Embeds;

/// <summary>
/// oEmbed 1.0 (oembed.com): <c>/oembed?url=https://letters.example/letters/weirs&amp;maxwidth=320&amp;format=json</c> answers with the frame to put into a page.
/// 404 for an address that has none (a letter that is not public among them), 501 for a format that is neither json nor xml.
/// </summary>
public static class OEmbedApi
{
    private const int CacheSeconds = 3600;

    private static readonly JsonSerializerOptions Format = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void MapOEmbed(this WebApplication app) =>
        app.MapGet("/oembed", Show).WithMetadata(new PublicPageAttribute { MayBeRead = true });

    private static IResult Show(string? url, string? format, string? maxwidth, string? maxheight, PublishedLetters letters, Instance instance, Lettering lettering)
    {
        if (format is not (null or "" or "json" or "xml"))
            return Results.Text("The formats are json and xml.", statusCode: StatusCodes.Status501NotImplemented);
        if (!TryReadSize(maxwidth, out var widest) || !TryReadSize(maxheight, out var highest))
            return Results.Text("maxwidth and maxheight are whole numbers of pixels.", statusCode: StatusCodes.Status400BadRequest);
        if (Find(url, letters, instance, highest) is not var (letter, kind))
            return Results.Text("The url is none of a letter here: " + instance.UrlOf("/letters/…"), statusCode: StatusCodes.Status404NotFound);
        var answer = Answer(letter, kind, widest, highest, instance, lettering.Covers(letter.Words.Title));
        return format == "xml" ? Results.Text(Xml(answer), "text/xml") : Results.Json(answer, Format);
    }

    private static bool TryReadSize(string? text, out int size)
    {
        size = int.MaxValue;
        return string.IsNullOrEmpty(text) || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size > 0;
    }

    /// <summary>A letter's own address, or that of one of its frames. For the letter, the counter; where that is too high, the button.</summary>
    private static (PublishedLetter, EmbedKind)? Find(string? url, PublishedLetters letters, Instance instance, int highest)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !instance.PublicUrl.Authority.Equals(address.Authority, StringComparison.OrdinalIgnoreCase))
            return null;
        var below = instance.PublicUrl.AbsolutePath.TrimEnd('/') + "/letters/";
        var path = address.AbsolutePath;
        // As it stands in the reader's address bar, whatever language they read it in.
        if (Tongue.All.FirstOrDefault(t => path.StartsWith(below.Replace("/letters/", $"/{t}/letters/", StringComparison.Ordinal), StringComparison.Ordinal)) is { } tongue)
            path = path.Replace($"/{tongue}/letters/", "/letters/", StringComparison.Ordinal);
        if (!path.StartsWith(below, StringComparison.Ordinal))
            return null;
        var parts = path[below.Length..].TrimEnd('/').Split('/');
        if (letters.Find(parts[0]) is not { } letter)
            return null;
        return parts switch
        {
            [_] => (letter, EmbedKind.Counter.Height <= highest ? EmbedKind.Counter : EmbedKind.Button),
            [_, "embed", var code] when EmbedKind.Find(code) is { } kind => (letter, kind),
            _ => null,
        };
    }

    private static OEmbed Answer(PublishedLetter letter, EmbedKind kind, int widest, int highest, Instance instance, bool hasCard)
    {
        var (width, height) = (Math.Min(kind.Width, widest), Math.Min(kind.Height, highest));
        // A thumbnail must fit into what was asked for, as the frame must.
        var shown = hasCard && Card.Width <= widest && Card.Height <= highest;
        return new OEmbed("1.0", "rich", letter.Words.Title, letter.Words.Organiser.Length > 0 ? letter.Words.Organiser : null, instance.PublicUrl.Host, instance.UrlOf("/"), CacheSeconds,
            shown ? instance.UrlOf(CardPath(letter)) : null, shown ? Card.Width : null, shown ? Card.Height : null, kind.Html(instance, letter, width, height), width, height);
    }

    public static string CardPath(PublishedLetter letter) => $"/letters/{letter.Letter.Slug}/card.png?size={letter.Size.ToString(CultureInfo.InvariantCulture)}";

    // The same members under the same names, in one element.
    private static string Xml(OEmbed answer) => new XDeclaration("1.0", "utf-8", "yes") + "\n" + new XElement("oembed",
        JsonSerializer.SerializeToNode(answer, Format)!.AsObject().Select(m => new XElement(m.Key, m.Value!.ToString())));

    private sealed record OEmbed(
        string Version, string Type, string Title, string? AuthorName, string ProviderName, string ProviderUrl, int CacheAge,
        string? ThumbnailUrl, int? ThumbnailWidth, int? ThumbnailHeight, string Html, int Width, int Height);
}
