using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Undersigned.Data;

/// <summary>
/// The rows of a sheet that somebody uploads, as text: CSV (RFC 4180; comma, semicolon, tab or bar) or the first sheet of an XLSX file.
/// Bounded in every direction, since a small file can unpack to a large one.
/// </summary>
public static class SheetRows
{
    public const int LargestFile = 8 * 1024 * 1024;
    public const int LargestUnpacked = 64 * 1024 * 1024;
    public const int MostRows = 50_000;
    public const int MostColumns = 40;
    private const int MostParts = 1_000;
    private const int LongestCell = 500;

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",;\t|\"\r\n");

    /// <summary>Null, with the reason in words, where it cannot be read.</summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Read(byte[] file, out string problem)
    {
        problem = "";
        if (file.Length > LargestFile)
            problem = "The file is larger than 8 MB. Leave out what is not needed, or save it as CSV.";
        else if (file is [0xD0, 0xCF, 0x11, 0xE0, ..])
            problem = "This is the old format of spreadsheets. Save it as XLSX or CSV.";
        else
            return file is [(byte)'P', (byte)'K', 3, 4, ..] ? ReadXlsx(file, out problem) : ReadText(TextOf(file), out problem);
        return null;
    }

    // What is no UTF-8 comes from an old spreadsheet on Windows.
    private static string TextOf(byte[] file)
    {
        using var reader = new StreamReader(new MemoryStream(file), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        try
        {
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(file);
        }
    }

    public static IReadOnlyList<IReadOnlyList<string>>? ReadText(string text, out string problem)
    {
        using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false,
            Delimiter = DelimiterOf(text).ToString(),
            BadDataFound = null,
            MissingFieldFound = null,
            MaxFieldSize = LargestFile,
        });
        return Bounded(CsvRows(csv), out problem);
    }

    // What is copied from a spreadsheet has tabs, and names with commas in its cells.
    private static char DelimiterOf(string text)
    {
        var (quoted, counts) = (false, new Dictionary<char, int> { [','] = 0, [';'] = 0, ['\t'] = 0, ['|'] = 0 });
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, 4_096)))
        {
            quoted ^= c == '"';
            if (!quoted && counts.TryGetValue(c, out var count))
                counts[c] = count + 1;
        }
        return counts['\t'] > 0 ? '\t' : counts.MaxBy(c => c.Value).Key;
    }

    private static IEnumerable<IEnumerable<string?>> CsvRows(CsvReader csv)
    {
        while (csv.Read())
            yield return csv.Parser.Record ?? [];
    }

    private static List<IReadOnlyList<string>>? ReadXlsx(byte[] file, out string problem)
    {
        if (!IsBounded(file))
        {
            problem = "The file unpacks to more than a sheet of names can be, or is damaged. Save it as CSV.";
            return null;
        }
        try
        {
            using var stream = new MemoryStream(file);
            // Without its cache of strings, which would put what it reads into a file.
            var rows = stream.Query(useHeaderRow: false, excelType: ExcelType.XLSX, configuration: new OpenXmlConfiguration { EnableSharedStringCache = false });
            return Bounded(rows.Select(r => ((IDictionary<string, object?>)r).Values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture))), out problem);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The reader throws whatever it trips over; whatever it was, the sheet is none.
            problem = "The file cannot be read as a sheet. Save it again, or as CSV.";
            return null;
        }
    }

    /// <summary>Unpacks everything once and keeps nothing: what a file says of its own size may be untrue.</summary>
    private static bool IsBounded(byte[] file)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file));
            if (archive.Entries.Count > MostParts)
                return false;
            var (left, buffer) = (LargestUnpacked, new byte[64 * 1024]);
            foreach (var entry in archive.Entries)
            {
                using var part = entry.Open();
                for (var read = part.Read(buffer); read > 0; read = part.Read(buffer))
                    if ((left -= read) < 0)
                        return false;
            }
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static List<IReadOnlyList<string>>? Bounded(IEnumerable<IEnumerable<string?>> rows, out string problem)
    {
        var read = new List<IReadOnlyList<string>>();
        foreach (var row in rows)
        {
            if (read.Count == MostRows)
            {
                problem = $"There are more than {MostRows:N0} rows. Take them in parts.";
                return null;
            }
            read.Add([.. row.Take(MostColumns).Select(Cell)]);
        }
        problem = read.Any(r => r.Any(c => c.Length > 0)) ? "" : "There is nothing in it.";
        return problem.Length == 0 ? read : null;
    }

    private static string Cell(string? text)
    {
        var cell = (text ?? "").Trim();
        return cell.Length > LongestCell ? cell[..LongestCell] : cell;
    }

    /// <summary>The same rows as CSV, to be shown and read again.</summary>
    public static string ToText(IEnumerable<IReadOnlyList<string>> rows) => string.Join('\n', rows.Select(r => string.Join(',', r.Select(Quoted))));

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(NeedQuotes) ? "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : cell;
}
