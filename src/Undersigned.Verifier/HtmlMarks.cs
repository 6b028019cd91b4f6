using System.Net;

namespace Undersigned.Verifier;

/// <summary>
/// Finds the elements of a page that bear <c>data-undersigned-…</c> attributes. It knows as much of HTML as that needs: tags, attributes in their
/// four spellings, comments, and that script and style hold no tags. Whatever it is given, it ends.
/// </summary>
internal static class HtmlMarks
{
    internal const string Prefix = "data-undersigned-";

    private static readonly string[] RawElements = ["script", "style", "textarea", "title"];

    /// <summary>The marks of each element that has any, in the order of the page: names without the prefix, values decoded.</summary>
    internal static IEnumerable<IReadOnlyDictionary<string, string>> Of(string html)
    {
        var at = 0;
        while ((at = html.IndexOf('<', at)) >= 0)
        {
            if (Follows(html, at, "<!--"))
            {
                at = End(html, at + 4, "-->");
                continue;
            }
            at++;
            if (at >= html.Length || !char.IsAsciiLetter(html[at])) continue;
            var name = Name(html, ref at);
            var marks = Attributes(html, ref at);
            if (marks.Count > 0) yield return marks;
            if (RawElements.Contains(name)) at = EndOfRaw(html, at, name);
        }
    }

    private static string Name(string html, ref int at)
    {
        var from = at;
        while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] is not '>' and not '/') at++;
        return html[from..at].ToLowerInvariant();
    }

    private static Dictionary<string, string> Attributes(string html, ref int at)
    {
        var marks = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            while (at < html.Length && (char.IsWhiteSpace(html[at]) || html[at] == '/')) at++;
            if (at >= html.Length) return marks;
            if (html[at] == '>')
            {
                at++;
                return marks;
            }
            var name = AttributeName(html, ref at);
            var value = AttributeValue(html, ref at);
            if (name.StartsWith(Prefix, StringComparison.Ordinal)) marks.TryAdd(name[Prefix.Length..], WebUtility.HtmlDecode(value));
        }
    }

    private static string AttributeName(string html, ref int at)
    {
        var from = at++;
        while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] is not '=' and not '>' and not '/') at++;
        return html[from..at].ToLowerInvariant();
    }

    private static string AttributeValue(string html, ref int at)
    {
        var next = at;
        while (next < html.Length && char.IsWhiteSpace(html[next])) next++;
        if (next >= html.Length || html[next] != '=') return "";
        at = next + 1;
        while (at < html.Length && char.IsWhiteSpace(html[at])) at++;
        if (at >= html.Length) return "";
        return html[at] is '"' or '\'' ? Quoted(html, ref at) : Unquoted(html, ref at);
    }

    private static string Quoted(string html, ref int at)
    {
        var from = at + 1;
        var end = html.IndexOf(html[at], from);
        if (end < 0) end = html.Length;
        at = Math.Min(end + 1, html.Length);
        return html[from..end];
    }

    private static string Unquoted(string html, ref int at)
    {
        var from = at;
        while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] != '>') at++;
        return html[from..at];
    }

    private static bool Follows(string html, int at, string what) => string.CompareOrdinal(html, at, what, 0, what.Length) == 0;

    private static int End(string html, int from, string what) => html.IndexOf(what, from, StringComparison.Ordinal) is >= 0 and var end ? end + what.Length : html.Length;

    private static int EndOfRaw(string html, int from, string name) =>
        html.IndexOf("</" + name, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var end ? end : html.Length;
}
