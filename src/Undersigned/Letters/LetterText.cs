using System.Net;
using System.Text;
using Ganss.Xss;
using Markdig;
using Markdig.Extensions.Footnotes;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace Undersigned.Letters;

/// <summary>
/// A letter's body as HTML: CommonMark with footnotes, each note after the paragraph that first names it. HTML in the text is text;
/// what remains passes an allow-list all the same, so that a mistake in one of the two lets nothing through.
/// </summary>
public sealed class LetterText(IStringLocalizer<LettersTexts> texts)
{
    /// <summary>Beyond it a body is not read as CommonMark; no letter is a book, and the parser's time grows with what it is fed.</summary>
    public const int Longest = 200_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseFootnotes().DisableHtml().Build();
    private static readonly HtmlSanitizer Sanitizer = MakeSanitizer();

    /// <param name="body">CommonMark.</param>
    /// <param name="mark">What the ids of its notes begin with, where several texts stand on one page.</param>
    /// <param name="below">Level of the heading that it stands under.</param>
    public IHtmlContent Html(string body, string mark = "", int below = 1)
    {
        if (body.Length <= Longest)
        {
            try
            {
                return new HtmlString(Sanitizer.Sanitize(Render(Markdown.Parse(body, Pipeline), mark, below)));
            }
            catch (ArgumentException)
            {
                // Nested deeper than the parser goes: no letter, but nothing to fail a page for.
            }
        }
        return new HtmlString("<pre>" + WebUtility.HtmlEncode(body) + "</pre>");
    }

    /// <summary>The first paragraph that is more than an address ("Minister,"), as plain text, up to a sentence's end near 300 characters.</summary>
    public static string Opening(string body, int atLeast = 60)
    {
        const int enough = 300;
        if (body.Length > Longest)
            return "";
        var text = Paragraphs(body).FirstOrDefault(p => p.Length >= atLeast) ?? "";
        if (text.Length <= enough)
            return text;
        var end = text.LastIndexOfAny(['.', '?', '!', '。', '؟'], enough - 1);
        return end > 60 ? text[..(end + 1)] : text[..text.LastIndexOf(' ', enough)] + " …";
    }

    private static IEnumerable<string> Paragraphs(string body)
    {
        try
        {
            return [.. Markdown.Parse(body, Pipeline).OfType<ParagraphBlock>().Select(p => string.Concat(p.Inline!.Descendants().Select(Plain)))];
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    private static string Plain(MarkdownObject inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        _ => "",
    };

    private string Render(MarkdownDocument document, string mark, int below)
    {
        // The page's own heading is the title.
        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.Level = Math.Clamp(heading.Level + below, below + 1, 4);
        using var writer = new StringWriter();
        var html = new HtmlRenderer(writer);
        Pipeline.Setup(html);
        html.ObjectRenderers.TryRemove<HtmlFootnoteLinkRenderer>();
        html.ObjectRenderers.Add(new NoteReference(texts, mark));
        var printed = new HashSet<Footnote>();
        foreach (var block in document)
        {
            if (block is FootnoteGroup)
                continue;
            html.Render(block);
            WriteNotes(html, block, printed, mark);
        }
        return writer.ToString();
    }

    private void WriteNotes(HtmlRenderer html, Block block, HashSet<Footnote> printed, string mark)
    {
        var notes = NotesOf(block).Where(printed.Add).ToList();
        if (notes.Count == 0)
            return;
        html.Write("<div class=\"notes\" role=\"note\">");
        // A note may name another; it then stands here too.
        for (var i = 0; i < notes.Count; i++)
        {
            WriteNote(html, notes[i], mark);
            notes.AddRange(NotesOf(notes[i]).Where(printed.Add));
        }
        html.WriteLine("</div>");
    }

    private static IEnumerable<Footnote> NotesOf(Block block) =>
        (block is LeafBlock leaf ? leaf.Inline?.Descendants() ?? [] : block.Descendants()).OfType<FootnoteLink>().Where(l => !l.IsBackLink).Select(l => l.Footnote);

    private void WriteNote(HtmlRenderer html, Footnote note, string mark)
    {
        html.Write($"<p id=\"note-{mark}{note.Order}\"><a href=\"#note-{mark}{note.Order}-ref\" aria-label=\"");
        html.WriteEscape(texts["note-back", note.Order].Value);
        html.Write($"\">{note.Order}</a> ");
        var isFirst = true;
        foreach (var part in note)
        {
            if (isFirst && part is ParagraphBlock paragraph)
                html.WriteLeafInline(paragraph).Write("</p>");
            else
                html.Write(isFirst ? "</p>" : "").Render(part);
            isFirst = false;
        }
        if (isFirst)
            html.Write("</p>");
    }

    private sealed class NoteReference(IStringLocalizer<LettersTexts> texts, string mark) : HtmlObjectRenderer<FootnoteLink>
    {
        protected override void Write(HtmlRenderer renderer, FootnoteLink obj)
        {
            if (obj.IsBackLink)
                return;
            var order = obj.Footnote.Order;
            // The way back leads to the first of several references.
            var id = obj.Footnote.Links.First(l => !l.IsBackLink) == obj ? $" id=\"note-{mark}{order}-ref\"" : "";
            renderer.Write($"<sup><a href=\"#note-{mark}{order}\"{id} aria-label=\"");
            renderer.WriteEscape(texts["note", order].Value);
            renderer.Write($"\">{order}</a></sup>");
        }
    }

    private static HtmlSanitizer MakeSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string> { "p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "em", "strong", "a", "sup", "br", "hr", "code", "pre", "div" },
            AllowedAttributes = new HashSet<string> { "href", "id", "class", "role", "aria-label", "start" },
            AllowedSchemes = new HashSet<string> { "https", "mailto" },
            UriAttributes = new HashSet<string> { "href" },
        })
        {
            KeepChildNodes = true,
        };
        sanitizer.FilterUrl += (_, url) =>
        {
            if (!IsOutward(url.OriginalUrl) && !url.OriginalUrl.StartsWith("#note-", StringComparison.Ordinal))
                url.SanitizedUrl = null;
        };
        return sanitizer;
    }

    private static bool IsOutward(string url) =>
        url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
}
