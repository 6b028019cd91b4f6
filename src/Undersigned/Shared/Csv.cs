using System.Text;
using Undersigned.Log.Letters;

namespace Undersigned.Shared;

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
        text = CsvCell.Put(text);
        return text.Any(c => c is '"' or ',' or ';' or '\t' or '\r' or '\n') ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
    }
}
