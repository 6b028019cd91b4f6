using System.Buffers;
using System.Text;

namespace Undersigned.Data;

/// <summary>A small sheet as a whole, uploaded or pasted, as text.</summary>
public static class SheetRows
{
    public const int LargestFile = 8 * 1024 * 1024;
    public const int LargestUnpacked = 64 * 1024 * 1024;
    public const int MostRows = 50_000;
    public const int MostColumns = 40;
    private const int LongestCell = 500;

    private static readonly SheetLimits Limits = new(LargestFile, LargestUnpacked, MostRows, int.MaxValue, LongestCell);
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",;\t|\"\r\n");

    /// <summary>Null, with the reason in words, where it cannot be read.</summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Read(byte[] file, out string problem) => Read(file, Limits, out problem);

    /// <summary>What was pasted; its length is for the caller to bound.</summary>
    public static IReadOnlyList<IReadOnlyList<string>>? ReadText(string text, out string problem) =>
        Read([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)], Limits with { File = int.MaxValue }, out problem);

    private static List<List<string>>? Read(byte[] file, SheetLimits limits, out string problem)
    {
        using var stream = new MemoryStream(file);
        try
        {
            problem = "";
            return [.. SheetReading.Rows(stream, SheetReading.Look(stream, limits), limits).Select(r => r.Cells.Take(MostColumns).ToList())];
        }
        catch (UnreadableSheetException why)
        {
            problem = why.Message;
            return null;
        }
    }

    /// <summary>The same rows as CSV, to be shown and read again.</summary>
    public static string ToText(IEnumerable<IReadOnlyList<string>> rows) => string.Join('\n', rows.Select(r => string.Join(',', r.Select(Quoted))));

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(NeedQuotes) ? "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : cell;
}
