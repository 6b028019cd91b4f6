using Markdig;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Undersigned.Mail;

/// <summary>
/// What an editor wrote as CommonMark, as pieces of a mail: plain words in paragraphs. The address of a link stands behind its words, so
/// that nobody is led where they do not see; emphasis is left to the page.
/// </summary>
internal static class WrittenText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseFootnotes().DisableHtml().Build();

    public static IReadOnlyList<MailPiece> PiecesOf(string body)
    {
        try
        {
            return [.. Markdown.Parse(body, Pipeline).SelectMany(b => Of(b, ""))];
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes.
            return [Paragraph(body)];
        }
    }

    private static IEnumerable<MailPiece> Of(Block block, string mark) => block switch
    {
        HeadingBlock heading => [new MailPiece.Heading(Words(heading.Inline))],
        ParagraphBlock paragraph => [Paragraph(mark + Words(paragraph.Inline))],
        QuoteBlock quote => quote.Descendants<ParagraphBlock>().Select(p => new MailPiece.Quote(Words(p.Inline))),
        ListBlock list => list.OfType<ListItemBlock>().SelectMany(item => OfItem(item, list.IsOrdered ? $"{item.Order}. " : "– ")),
        FootnoteGroup notes => notes.OfType<Footnote>().SelectMany(note => OfItem(note, $"[{note.Order}] ")),
        CodeBlock code => [Paragraph(code.Lines.ToString())],
        ContainerBlock other => other.SelectMany(b => Of(b, mark)),
        _ => [],
    };

    private static IEnumerable<MailPiece> OfItem(ContainerBlock item, string mark) => item.SelectMany((b, i) => Of(b, i == 0 ? mark : ""));

    private static MailPiece.Paragraph Paragraph(string words) => new(words, words);

    private static string Words(ContainerInline? inline) => inline is null ? "" : string.Concat(inline.Select(Words));

    private static string Words(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        AutolinkInline address => address.Url,
        FootnoteLink note => note.IsBackLink ? "" : $" [{note.Footnote.Order}]",
        LinkInline link => Words((ContainerInline)link) is var words && (link.Url is null || words == link.Url) ? words : $"{words} ({link.Url})",
        ContainerInline container => Words(container),
        _ => "",
    };
}
