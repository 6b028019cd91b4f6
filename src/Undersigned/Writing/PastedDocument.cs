using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Undersigned.Writing;

/// <summary>
/// What a word processor or a web document puts on the clipboard, as CommonMark with footnotes: headings, links, emphasis, lists,
/// quotations and notes stay, everything else becomes text. Known are the marks of Word (mso-list, mso-footnote-id), Google Docs
/// (the wrapping b, styled spans) and LibreOffice (sdfootnote).
/// </summary>
public sealed partial class PastedDocument
{
    /// <summary>Characters of HTML; a hundred pages from Word are about half of it.</summary>
    public const int Longest = 2_000_000;
    private const int Deepest = 60;

    private readonly PastedNotes notes;
    private readonly PastedInline inline;

    private PastedDocument(IDocument document)
    {
        notes = PastedNotes.In(document);
        inline = new PastedInline(notes);
    }

    /// <summary>Empty where there is no text in it.</summary>
    public static string ToCommonMark(string html)
    {
        var document = new HtmlParser().ParseDocument(html.Length > Longest ? html[..Longest] : html);
        if (document.Body is not { } body)
            return "";
        var pasted = new PastedDocument(document);
        var blocks = pasted.Blocks(body.ChildNodes, 0);
        // The rule that stood between the text and its notes.
        if (blocks is [.., "---"])
            blocks.RemoveAt(blocks.Count - 1);
        blocks.AddRange(pasted.notes.Used.Select(pasted.Note));
        return blocks.Count == 0 ? "" : string.Join("\n\n", blocks) + "\n";
    }

    // A block is its lines without the blank ones around it.
    private List<string> Blocks(IEnumerable<INode> nodes, int depth)
    {
        var blocks = new List<string>();
        var words = new List<INode>();
        var listed = new List<WordItem>();
        foreach (var node in nodes.Where(n => !notes.IsBody(n) && !PastedInline.IsSilent(n)))
        {
            if (node is IElement paragraph && WordItem.Of(paragraph) is { } item)
            {
                Flush(words, blocks);
                listed.Add(item);
            }
            else if (node is IElement element && IsBlock(element))
            {
                FlushAll(words, listed, blocks);
                AddBlock(element, blocks, depth);
            }
            else if (listed.Count == 0 || !string.IsNullOrWhiteSpace(node.TextContent))
            {
                FlushList(listed, blocks);
                words.Add(node);
            }
        }
        FlushAll(words, listed, blocks);
        return blocks;
    }

    private void AddBlock(IElement element, List<string> blocks, int depth)
    {
        if (depth >= Deepest)
        {
            Add(blocks, PastedInline.Escape(PastedInline.Collapse(element.TextContent).Trim(), atLineStart: true));
            return;
        }
        switch (element.LocalName)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                Add(blocks, Heading(element.LocalName[1] - '0', element));
                break;
            case "p" when element.ClassList.Contains("MsoTitle"):
                Add(blocks, Heading(1, element));
                break;
            case "ul" or "ol":
                Add(blocks, List(element, depth));
                break;
            case "blockquote":
                Add(blocks, Prefixed(string.Join("\n\n", Blocks(element.ChildNodes, depth + 1)), "> ", "> "));
                break;
            case "hr":
                blocks.Add("---");
                break;
            case "table":
                blocks.AddRange(Table(element, depth));
                break;
            default:
                blocks.AddRange(Blocks(element.ChildNodes, depth + 1));
                break;
        }
    }

    private string Heading(int level, IElement element) =>
        inline.Of(element.ChildNodes, isHeading: true).Replace("\\\n", " ", StringComparison.Ordinal) is { Length: > 0 } words ? new string('#', level) + " " + words : "";

    private string List(IElement list, int depth)
    {
        var items = new List<List<string>>();
        foreach (var child in list.Children.Where(c => !notes.IsBody(c) && !PastedInline.IsSilent(c)))
        {
            // Google Docs puts the inner list beside the item that it belongs to, not into it.
            if (child.LocalName is "ul" or "ol" && items.Count > 0)
                Add(items[^1], depth < Deepest ? List(child, depth + 1) : "");
            else
                items.Add(Blocks(child.LocalName == "li" ? child.ChildNodes : [child], depth + 1));
        }
        var first = list.LocalName == "ol" && int.TryParse(list.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        return Listed(items.Where(i => i.Count > 0), list.LocalName == "ol", Math.Min(first, 999_999));
    }

    private static string Listed(IEnumerable<List<string>> items, bool isOrdered, int first)
    {
        var lines = new List<string>();
        foreach (var item in items)
        {
            var marker = isOrdered ? string.Create(CultureInfo.InvariantCulture, $"{first + lines.Count}. ") : "- ";
            var isTight = item.Skip(1).All(StartsList().IsMatch);
            lines.Add(Prefixed(string.Join(isTight ? "\n" : "\n\n", item), marker, new string(' ', marker.Length)));
        }
        return string.Join('\n', lines);
    }

    /// <summary>Word's lists are paragraphs that name their level; those that follow one another make one list.</summary>
    private string Listed(List<WordItem> items)
    {
        var (at, level) = (0, items.Min(i => i.Level));
        var lists = new List<string>();
        while (at < items.Count)
            Add(lists, Listed(items, ref at, level, 0));
        return string.Join("\n\n", lists);
    }

    private string Listed(List<WordItem> items, ref int at, int level, int depth)
    {
        var isOrdered = items[at].IsOrdered;
        var rows = new List<List<string>>();
        while (at < items.Count && items[at].Level >= level && (items[at].Level > level || items[at].IsOrdered == isOrdered))
        {
            if (items[at].Level > level && rows.Count > 0 && depth < Deepest)
                Add(rows[^1], Listed(items, ref at, items[at].Level, depth + 1));
            else
                rows.Add([inline.Of(items[at++].Paragraph.ChildNodes)]);
        }
        return Listed(rows.Where(r => r[0].Length > 0), isOrdered, 1);
    }

    // A table with one column only lays out; others become a line a row.
    private IEnumerable<string> Table(IElement table, int depth)
    {
        var rows = table.QuerySelectorAll("tr").Where(r => r.Closest("table") == table)
            .Select(r => r.Children.Where(c => c.LocalName is "td" or "th").ToList()).Where(r => r.Count > 0).ToList();
        if (rows.All(r => r.Count == 1))
            return rows.SelectMany(r => Blocks(r[0].ChildNodes, depth + 1));
        var lines = rows.Select(r => string.Join(" · ", r.Select(c => inline.Of(c.ChildNodes).Replace("\\\n", " ", StringComparison.Ordinal)).Where(w => w.Length > 0)));
        return [string.Join("\\\n", lines.Where(l => l.Length > 0))];
    }

    private string Note(PastedNote note)
    {
        var blocks = Blocks(note.Body.LocalName is "p" ? [note.Body] : note.Body.ChildNodes, 0);
        return Prefixed(blocks.Count == 0 ? "…" : string.Join("\n\n", blocks), $"[^{note.Number}]: ", "    ");
    }

    private void FlushAll(List<INode> words, List<WordItem> listed, List<string> blocks)
    {
        Flush(words, blocks);
        FlushList(listed, blocks);
    }

    private void Flush(List<INode> words, List<string> blocks)
    {
        blocks.AddRange(inline.Of(words).Split("\\\n\\\n").Select(p => p.StartsWith("\\\n", StringComparison.Ordinal) ? p[2..] : p).Where(p => p.Length > 0));
        words.Clear();
    }

    private void FlushList(List<WordItem> listed, List<string> blocks)
    {
        if (listed.Count > 0)
            Add(blocks, Listed(listed));
        listed.Clear();
    }

    private static void Add(List<string> blocks, string block)
    {
        if (block.Length > 0)
            blocks.Add(block);
    }

    private static string Prefixed(string text, string first, string others) =>
        text.Length == 0 ? "" : first + string.Join('\n', text.Split('\n').Select((l, i) => i == 0 || l.Length == 0 && others.Trim().Length == 0 ? l : (others + l).TrimEnd()));

    // The wrapping b of Google Docs, or a span around paragraphs, is as transparent as a div.
    private static bool IsBlock(IElement element) => element.LocalName switch
    {
        "p" or "div" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "ul" or "ol" or "li" or "blockquote" or "hr" or "table" or "pre" or "section"
            or "article" or "main" or "header" or "footer" or "aside" or "figure" or "figcaption" or "dl" or "dt" or "dd" or "address" or "center" => true,
        "b" or "strong" or "i" or "em" or "span" or "font" or "a" => element.QuerySelector("p, div, h1, h2, h3, h4, ul, ol, table, blockquote") is not null,
        _ => false,
    };

    [GeneratedRegex(@"^(- |1\. )")]
    private static partial Regex StartsList();

    /// <summary>A paragraph of Word with "mso-list:l0 level2 lfo1" in its style.</summary>
    private sealed partial record WordItem(IElement Paragraph, int Level, bool IsOrdered)
    {
        public static WordItem? Of(IElement element)
        {
            if (element.LocalName != "p" || element.GetAttribute("style") is not { } style || MsoList().Match(style) is not { Success: true } list)
                return null;
            var marker = element.QuerySelectorAll("span").FirstOrDefault(PastedInline.IsListMarker)?.TextContent.Trim() ?? "";
            return new WordItem(element, int.Parse(list.Groups[1].Value, CultureInfo.InvariantCulture), Counted().IsMatch(marker));
        }

        [GeneratedRegex(@"mso-list:\s*l\d+\s+level(\d)\b")]
        private static partial Regex MsoList();

        [GeneratedRegex(@"^\(?([0-9]{1,4}|[a-zA-Z]{1,4})[.)]")]
        private static partial Regex Counted();
    }
}
