using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;
using Undersigned.Letters;
using Undersigned.Model;

namespace Undersigned.Pdf;

/// <summary>
/// The page that the printer reads: one file with its stylesheet inside, no script, nothing from elsewhere. A long list is set in parts, each
/// a file of its own that goes on with the page's number; names stand in blocks, since columns take time with the square of their length.
/// </summary>
public sealed class PrintPage(LetterText text, IStringLocalizer<PdfTexts> texts, IStringLocalizer<LettersTexts> words)
{
    /// <summary>Names a part: as many as the printer sets in about a gigabyte.</summary>
    public int PartSize { get; init; } = 5_000;
    private const int BlockSize = 240;

    private static readonly string Style = ReadStyle();

    private static string ReadStyle()
    {
        using var stream = typeof(PrintPage).Assembly.GetManifestResourceStream("Undersigned.Pdf.print.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The first part, with the letter before its names, or a later one.</summary>
    public async Task WriteAsync(string file, PrintedLetter letter, IReadOnlyList<PrintedName> names, int firstPage, bool isLast, bool isWhole)
    {
        await using var writer = new StreamWriter(file, append: false, new UTF8Encoding(false));
        await writer.WriteAsync($"<!doctype html>\n<html lang=\"{Html(letter.Words.Language)}\" dir=\"{letter.Words.Direction}\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>{Html(letter.Words.Title)}</title>\n<style>{PageRules(letter, firstPage, isWhole)}{Style}</style></head><body>\n");
        if (firstPage == 1)
            await WriteLetterAsync(writer, letter);
        await WriteNamesAsync(writer, names);
        if (isLast)
            await WriteEndAsync(writer, letter);
        await writer.WriteAsync("</body></html>\n");
    }

    // The number of all pages is known to a list in one part alone.
    private string PageRules(PrintedLetter letter, int firstPage, bool isWhole)
    {
        var number = isWhole
            ? $"\"{Css(texts["page"])} \" counter(page) \"{Css(texts["of"])}\" counter(pages)"
            : $"\"{Css(texts["page"])} \" counter(page)";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            @page { counter-increment: page 1; @bottom-left { content: "{{Css(letter.Foot)}}" } @bottom-right { content: {{number}} } @top-right { content: "{{Css(letter.Head)}}" } }
            @page:first { counter-set: page {{firstPage}} }

            """);
    }

    private async Task WriteLetterAsync(StreamWriter writer, PrintedLetter letter)
    {
        await writer.WriteAsync($"<header><p class=\"kicker\">{Html(letter.Kicker)}</p><h1>{Html(letter.Words.Title)}</h1>{(letter.To is { } to ? $"<p class=\"lead\">{Html(to)}</p>" : "")}<p class=\"lead\">{Html(letter.Lead)}</p>");
        if (letter.Notice is { } notice)
            await writer.WriteAsync($"<p class=\"notice\">{Html(notice)}</p>");
        await writer.WriteAsync("</header>\n<article>");
        text.Html(letter.Words.Body).WriteTo(writer, Encoder);
        if (letter.Words.Demands.Count > 0)
        {
            await writer.WriteAsync($"<h2>{Html(words["we-ask"])}</h2><ol>");
            foreach (var demand in letter.Words.Demands)
                await writer.WriteAsync($"<li>{Html(demand)}</li>");
            await writer.WriteAsync("</ol>");
        }
        await writer.WriteAsync($"</article>\n<h2 class=\"undersigned\">{Html(words["undersigned"])}</h2>\n");
    }

    private async Task WriteNamesAsync(StreamWriter writer, IReadOnlyList<PrintedName> names)
    {
        var (initial, inBlock) = ('\0', 0);
        foreach (var name in names)
        {
            if (name.Heading is { } heading)
            {
                await writer.WriteAsync($"{(initial == '\0' ? "" : "</ul>\n")}<h2>{Html(heading)}</h2>\n");
                initial = '\0';
            }
            if (name.Initial != initial || inBlock == BlockSize)
            {
                await writer.WriteAsync(initial == '\0' ? "" : "</ul>\n");
                if (name.Initial != initial)
                    await writer.WriteAsync(name.Initial == PrintedName.First ? $"<h3>{Html(words["first-signatories"])}</h3>\n" : char.IsAsciiLetter(name.Initial) ? $"<h3>{name.Initial}</h3>\n" : "<hr>\n");
                await writer.WriteAsync("<ul>\n");
                (initial, inBlock) = (name.Initial, 0);
            }
            inBlock++;
            await writer.WriteAsync($"<li><b><bdi>{Html(name.Line.Name)}</bdi></b>");
            foreach (var part in name.Line.Location is { } location ? name.Line.Posts.Append(location) : name.Line.Posts)
                await writer.WriteAsync($"<br><bdi>{Html(part)}</bdi>");
            await writer.WriteAsync("</li>\n");
        }
        await writer.WriteAsync(initial == '\0' ? "" : "</ul>\n");
    }

    private async Task WriteEndAsync(StreamWriter writer, PrintedLetter letter)
    {
        if (letter.Withheld > 0)
            await writer.WriteAsync($"<p>{Html(letter.Withheld == 1 ? texts["withheld-one"] : texts["withheld", Shared.Printed.Number(letter.Withheld)])}</p>\n");
        if (letter.Address is { } address)
            await writer.WriteAsync($"<p class=\"end\">{Html(texts["end", address])}</p>\n");
    }

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    private static string Html(string text) => Encoder.Encode(text);

    /// <summary>Within quotes in a stylesheet that stands in a page: every character but plain ones by its number and the space that ends it.</summary>
    internal static string Css(string text) => string.Concat(text.EnumerateRunes().Select(r =>
        r.IsAscii && (char.IsAsciiLetterOrDigit((char)r.Value) || r.Value is ' ' or ',' or ':' or '.') ? ((char)r.Value).ToString() : string.Create(CultureInfo.InvariantCulture, $"\\{r.Value:x6} ")));
}
