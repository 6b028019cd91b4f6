using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Undersigned.Writing;

/// <summary>The words of one paragraph: emphasis, links, notes, breaks; the rest is text, escaped so that it stays text.</summary>
internal sealed partial class PastedInline(PastedNotes notes)
{
    private const int Deepest = 100;

    private readonly record struct Run(string Text, bool Bold, bool Italic, string? Href, bool IsRaw);

    public string Of(IEnumerable<INode> nodes, bool isHeading = false)
    {
        var runs = new List<Run>();
        Gather(nodes, new Run("", false, false, null, false), runs, 0);
        if (isHeading)
            runs = [.. runs.Select(r => r with { Bold = false })];
        return Write(Tidy(runs));
    }

    /// <summary>Style sheets, scripts, comments, what is not shown, and the bullet that Word writes out.</summary>
    public static bool IsSilent(INode node) => node switch
    {
        IElement e => e.LocalName is "style" or "script" or "title" or "meta" or "link" or "head" or "template" or "xml" or "img" or "svg" or "math" or "object"
            || IsListMarker(e) || Hidden().IsMatch(e.GetAttribute("style") ?? ""),
        _ => node.NodeType is not NodeType.Text,
    };

    public static bool IsListMarker(IElement element) =>
        element.GetAttribute("style") is { } style && style.Contains("mso-list:", StringComparison.OrdinalIgnoreCase) && Ignored().IsMatch(style);

    public static string Collapse(string text) => Blank().Replace(text.Replace("\u00ad", "", StringComparison.Ordinal), " ");

    private void Gather(IEnumerable<INode> nodes, Run style, List<Run> runs, int depth)
    {
        foreach (var node in nodes.Where(n => !IsSilent(n) && !notes.IsBody(n)))
        {
            if (node is not IElement element)
                runs.Add(style with { Text = Collapse(node.TextContent) });
            else if (element.LocalName == "br")
                runs.Add(style with { Text = "\n", IsRaw = true });
            else if (notes.IsBackLink(element))
                continue;
            else if (notes.NumberOf(element) is { } number)
                runs.Add(new Run($"[^{number}]", false, false, null, true));
            else if (depth < Deepest)
                Gather(element.ChildNodes, Styled(element, style), runs, depth + 1);
            else
                runs.Add(style with { Text = Collapse(element.TextContent) });
        }
    }

    private static Run Styled(IElement element, Run style)
    {
        if (element.LocalName is "b" or "strong")
            style = style with { Bold = true };
        if (element.LocalName is "i" or "em" or "cite")
            style = style with { Italic = true };
        if (element.GetAttribute("style") is { } css)
        {
            if (Weight().Match(css) is { Success: true } weight)
                style = style with { Bold = weight.Groups[1].Value is var w && (w.StartsWith("bold", StringComparison.OrdinalIgnoreCase) || int.TryParse(w, out var n) && n >= 600) };
            if (Slant().Match(css) is { Success: true } slant)
                style = style with { Italic = !slant.Groups[1].Value.Equals("normal", StringComparison.OrdinalIgnoreCase) };
        }
        return element.LocalName == "a" && Link(element.GetAttribute("href")) is { } href ? style with { Href = href } : style;
    }

    /// <summary>Only addresses that lead somewhere from a letter; Google's wrapper is taken off.</summary>
    private static string? Link(string? href)
    {
        if (!Uri.TryCreate(href?.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http" or "mailto"))
            return null;
        if (uri.Host == "www.google.com" && uri.AbsolutePath == "/url"
            && Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(uri.Query).TryGetValue("q", out var real))
            return Link(real.ToString() is var inner && inner.StartsWith("https://www.google.com/url", StringComparison.Ordinal) ? null : inner);
        return uri.AbsoluteUri.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal);
    }

    // Blanks come together, spaces at an end move out of emphasis, neighbours of one style become one run.
    private static List<Run> Tidy(List<Run> runs)
    {
        var tidy = new List<Run>();
        foreach (var run in runs)
        {
            var text = run.IsRaw ? run.Text : tidy.Count == 0 || tidy[^1].Text.EndsWith(' ') || tidy[^1].Text.EndsWith('\n') ? run.Text.TrimStart(' ') : run.Text;
            if (text.Length == 0)
                continue;
            if (tidy.Count > 0 && !run.IsRaw && !tidy[^1].IsRaw && tidy[^1] with { Text = "" } == run with { Text = "" })
                tidy[^1] = run with { Text = tidy[^1].Text + text };
            else
                tidy.Add(run with { Text = text });
        }
        while (tidy.Count > 0 && string.IsNullOrWhiteSpace(tidy[^1].Text))
            tidy.RemoveAt(tidy.Count - 1);
        if (tidy.Count > 0)
            tidy[^1] = tidy[^1] with { Text = tidy[^1].Text.TrimEnd() };
        return tidy;
    }

    private static string Write(List<Run> runs)
    {
        var text = new StringBuilder();
        for (var i = 0; i < runs.Count; i++)
        {
            if (runs[i].IsRaw)
                text.Append(runs[i].Text == "\n" ? "\\\n" : runs[i].Text);
            else
                Write(text, runs[i], i + 1 < runs.Count ? runs[i + 1].Text[0] : '\n');
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, Run run, char next)
    {
        var words = run.Text.Trim(' ');
        var after = run.Text.Length > 0 && words.Length > 0 && run.Text[^1] == ' ' ? " " : "";
        if (run.Text[0] == ' ')
            text.Append(' ');
        if (words.Length == 0)
            return;
        var escaped = Escape(words, text.Length == 0 || text[^1] == '\n');
        var marks = new string('*', (run.Bold ? 2 : 0) + (run.Italic ? 1 : 0));
        // CommonMark takes no emphasis whose punctuation leans on a letter outside; the words then stand plain.
        if (IsLeaning(words[0], text.Length == 0 ? '\n' : text[^1]) || IsLeaning(words[^1], after.Length > 0 ? ' ' : next))
            marks = "";
        text.Append(run.Href is null ? marks + escaped + marks : $"{marks}[{escaped}](<{run.Href}>){marks}").Append(after);
    }

    private static bool IsLeaning(char inside, char outside) => !char.IsLetterOrDigit(inside) && char.IsLetterOrDigit(outside);

    public static string Escape(string words, bool atLineStart)
    {
        var text = Special().Replace(words, @"\$0");
        return atLineStart ? LineStart().Replace(text, m => m.Groups[1].Value + "\\" + m.Groups[2].Value) : text;
    }

    [GeneratedRegex(@"[\\`*\[\]<]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?[A-Za-z0-9]{1,31};)")]
    private static partial Regex Special();

    [GeneratedRegex(@"^(\d{0,9})((?<=\d)[.)](?=\s|$)|(?<!\d)(?:[-+](?=\s|$)|[#>=~]|-(?=-)))")]
    private static partial Regex LineStart();

    [GeneratedRegex(@"[\s\u00a0]+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"(?:^|;)\s*(?:display:\s*none|mso-hide:\s*all)", RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"mso-list:\s*ignore", RegexOptions.IgnoreCase)]
    private static partial Regex Ignored();

    [GeneratedRegex(@"(?:^|;)\s*font-weight:\s*(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Weight();

    [GeneratedRegex(@"(?:^|;)\s*font-style:\s*(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Slant();
}
