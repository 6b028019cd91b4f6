using System.Text;

namespace Undersigned.Access;

/// <summary>
/// Comma-separated text (RFC 4180), readable by any spreadsheet. A cell that a spreadsheet would take for a formula begins with an
/// apostrophe, so that nobody's name runs anything.
/// </summary>
public static class Csv
{
    /// <summary>Tells spreadsheets that the file is UTF-8.</summary>
    public static readonly byte[] ByteOrderMark = Encoding.UTF8.GetPreamble();

    public static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(c => Cell(c ?? ""))) + "\r\n";

    /// <summary>Quoted where a comma, a quote or a line end would end it.</summary>
    public static string Cell(string text)
    {
        text = Plain(text);
        return text.Any(c => c is '"' or ',' or ';' or '\t' or '\r' or '\n') ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
    }

    /// <summary>The text, with an apostrophe before it where a spreadsheet would compute it.</summary>
    public static string Plain(string text) =>
        // What precedes the sign does not keep a spreadsheet from reading it.
        text.TrimStart(' ', '\u00a0', '"', '\'') is { Length: > 0 } begun && "=+-@\t\r\n＝＋－＠".Contains(begun[0], StringComparison.Ordinal) ? "'" + text : text;
}
