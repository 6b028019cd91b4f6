using System.Globalization;
using System.Text;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>
/// An export as CSV (RFC 4180; signatory log, section 5, check 7). Each row says of which list it is:
/// <code>
/// signatory,name,…,time,treeSize,root,standing,withheld,…,complete
/// 12,'=Ada,…,2026-03-01T09:00:00Z,1202,ab455bee6671d614,1143,42,…,true
/// </code>
/// A cell that begins with an apostrophe before a formula's sign is read without it.
/// </summary>
internal static class CsvPage
{
    private const string Head = "signatory,name,";

    internal static bool Is(string text) => text.StartsWith(Head, StringComparison.Ordinal);

    /// <exception cref="LogFormatException">It does not say what a page must.</exception>
    internal static PageAnswer Parse(string where, string text)
    {
        using var rows = Rows(text).GetEnumerator();
        rows.MoveNext();
        var columns = new Columns(rows.Current);
        PageAnswer? page = null;
        string? of = null;
        var lines = new List<PageLine>();
        var nameless = 0;
        while (rows.MoveNext())
        {
            var row = rows.Current;
            if (row.Count != columns.Count) throw new LogFormatException("as many cells in each row as in the first");
            var now = string.Join('\n', columns.Of(row));
            if (of is not null && of != now) throw new LogFormatException("one statement of time, size, root and counts");
            page ??= Read(where, columns, row);
            of = now;
            var (signatory, name) = (row[columns["signatory"]], CsvCell.Take(row[columns["name"]]));
            if (signatory.Length > 0) lines.Add(new PageLine(Digits(signatory, "signatory"), name));
            else if (name == PageAnswer.NameWithheld) nameless++;
            else throw new LogFormatException("a number beside each name");
        }
        if (page is null) throw new LogFormatException("a row that names the list's size");
        return page with { Lines = lines, Nameless = nameless };
    }

    private static PageAnswer Read(string where, Columns columns, IReadOnlyList<string> row)
    {
        PageAnswer.RequireTime(row[columns["time"]]);
        return new PageAnswer(where)
        {
            TreeSize = Digits(row[columns["treeSize"]], "treeSize"),
            Root = row[columns["root"]],
            Standing = Digits(row[columns["standing"]], "standing"),
            Withheld = Digits(row[columns["withheld"]], "withheld"),
            IsComplete = row[columns["complete"]] == "true",
        };
    }

    private static long Digits(string text, string name) =>
        text.Length is > 0 and < 16 && text.All(char.IsAsciiDigit) ? long.Parse(text, CultureInfo.InvariantCulture) : throw new LogFormatException($"{name}, a number");

    /// <summary>Rows end with a line end; cells are divided by commas; what is quoted may hold both, and a quote doubled.</summary>
    private static IEnumerable<IReadOnlyList<string>> Rows(string text)
    {
        var (cell, row, quoted) = (new StringBuilder(), new List<string>(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
            else if (quoted ? c == '"' : c == '"' && cell.Length == 0) quoted = !quoted;
            else if (quoted || c is not (',' or '\n' or '\r')) cell.Append(c);
            else if (c != '\r') EndCell();
            if (c == '\n' && !quoted)
            {
                yield return row;
                row = [];
            }
        }
        if (quoted) throw new LogFormatException("an end to each quoted cell");
        if (cell.Length + row.Count == 0) yield break;
        EndCell();
        yield return row;

        void EndCell()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }
    }

    private sealed class Columns(IReadOnlyList<string> names)
    {
        private static readonly string[] OfAll = ["time", "treeSize", "root", "standing", "withheld", "complete"];

        internal int Count => names.Count;

        internal int this[string name] => names.IndexOf(name) is >= 0 and var at ? at : throw new LogFormatException($"a column {name}");

        /// <summary>What a row says of the list, and must say as all others.</summary>
        internal IEnumerable<string> Of(IReadOnlyList<string> row) => OfAll.Select(name => row[this[name]]);
    }

    private static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i] == name) return i;
        return -1;
    }
}
