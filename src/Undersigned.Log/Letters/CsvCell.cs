namespace Undersigned.Log.Letters;

/// <summary>
/// Text in a cell of a CSV export (signatory log, section 5, check 7). A spreadsheet computes a cell that begins like a formula; such a
/// text is written with an apostrophe before it, and read without it, so that what is read is what was written:
/// <c>=1+1</c> ↔ <c>'=1+1</c>.
/// </summary>
public static class CsvCell
{
    // What precedes the sign does not keep a spreadsheet from reading it.
    private static readonly char[] Passed = [' ', '\u00a0', '"', '\''];
    private const string Signs = "=+-@\t\r\n＝＋－＠";

    /// <summary>The text as it stands in the file.</summary>
    public static string Put(string text) => IsComputed(text) ? "'" + text : text;

    /// <summary>The text that was put there.</summary>
    public static string Take(string cell) => cell.StartsWith('\'') && IsComputed(cell[1..]) ? cell[1..] : cell;

    private static bool IsComputed(string text) => text.TrimStart(Passed) is { Length: > 0 } begun && Signs.Contains(begun[0], StringComparison.Ordinal);
}
