using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using CsvHelper.Configuration;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Undersigned.Data;

/// <summary>Bounds of a sheet that somebody uploads, since a small file can unpack to a large one.</summary>
public sealed record SheetLimits(int File, long Unpacked, int Rows, int Columns, int Cell);

/// <summary>How the file is read: the name of its encoding and what divides its cells; of a workbook the encoding is "xlsx".</summary>
public sealed record SheetForm(string Encoding, string Separator)
{
    public static SheetForm Workbook { get; } = new("xlsx", "");

    public bool IsWorkbook => Encoding == Workbook.Encoding;
}

/// <summary>One row as it stands; <see cref="Problem"/> where its own form is in doubt.</summary>
/// <param name="Number">From 1, empty rows counted, as a spreadsheet numbers it.</param>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells, string? Problem)
{
    public bool IsEmpty => Cells.All(c => c.Length == 0);
}

/// <summary>A file that is no sheet, or breaks a bound; the message is for whoever uploaded it.</summary>
public sealed class UnreadableSheetException(string message) : Exception(message);

/// <summary>
/// Rows of a sheet out of a stream that can seek, one after the other: CSV (RFC 4180; comma, semicolon, tab or bar) or the first sheet of an
/// XLSX file. Nothing is kept but the row, and the strings that a workbook shares.
/// </summary>
public static class SheetReading
{
    private const int MostParts = 1_000;
    private const int MostEmptyRows = 1_100_000;
    private const long LargestStrings = 96 * 1024 * 1024;
    /// <summary>A cell that is longer begins with a quotation mark that nothing closes.</summary>
    private const int LongestRead = 64 * 1024;
    private const int Sampled = 64 * 1024;

    public static IReadOnlyList<(string Character, string Words)> Separators { get; } = [(",", "Comma"), (";", "Semicolon"), ("\t", "Tab"), ("|", "Bar")];

    /// <exception cref="UnreadableSheetException"/>
    public static SheetForm Look(Stream file, SheetLimits limits)
    {
        if (file.Length > limits.File)
            throw new UnreadableSheetException($"The file is larger than {limits.File / (1024 * 1024)} MB. Leave out what is not needed, or save it as CSV.");
        file.Position = 0;
        var head = new byte[8];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (length == 0)
            throw new UnreadableSheetException("There is nothing in it.");
        if (head is [0xD0, 0xCF, 0x11, 0xE0, ..])
            throw new UnreadableSheetException("This is the old format of spreadsheets, or one with a password. Save it as XLSX or CSV, without a password.");
        if (head is [(byte)'P', (byte)'K', 3, 4, ..])
        {
            Measure(file, limits);
            return SheetForm.Workbook;
        }
        if (head is [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] || SheetEncoding.Find(file) is not { } encoding)
            throw new UnreadableSheetException("This is no sheet. Save it as CSV or XLSX.");
        return new SheetForm(encoding, SeparatorOf(file, encoding));
    }

    /// <exception cref="UnreadableSheetException">Thrown while the rows are read.</exception>
    public static IEnumerable<SheetRow> Rows(Stream file, SheetForm form, SheetLimits limits)
    {
        var (read, filled) = (0, 0);
        foreach (var (cells, problem) in form.IsWorkbook ? WorkbookRows(file) : TextRows(file, form))
        {
            if (++read > MostEmptyRows || cells.Count > limits.Columns && cells.Skip(limits.Columns).Any(c => c.Trim().Length > 0))
                throw new UnreadableSheetException(read > MostEmptyRows ? "There are more rows than a spreadsheet has." : $"Row {read:N0} has more than {limits.Columns} columns. Leave out what is not needed.");
            var row = new SheetRow(read, [.. cells.Take(limits.Columns).Select(c => Cell(c, limits))], problem);
            if (row.IsEmpty)
                continue;
            if (++filled > limits.Rows)
                throw new UnreadableSheetException($"There are more than {limits.Rows:N0} rows. Take them in parts.");
            yield return row;
        }
        if (filled == 0)
            throw new UnreadableSheetException("There is nothing in it.");
    }

    private static string Cell(string text, SheetLimits limits)
    {
        var cell = text.Trim();
        return cell.Length > limits.Cell ? cell[..limits.Cell] : cell;
    }

    private static IEnumerable<(IReadOnlyList<string> Cells, string? Problem)> TextRows(Stream file, SheetForm form)
    {
        file.Position = 0;
        using var text = new StreamReader(file, SheetEncoding.Of(form.Encoding), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var isBad = false;
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false,
            Delimiter = form.Separator,
            BadDataFound = _ => isBad = true,
            IgnoreBlankLines = false,
            MaxFieldSize = LongestRead,
        });
        while (Next(csv))
        {
            var cells = csv.Record ?? [];
            // What spreadsheets write for each other above the first row.
            if (csv.Row == 1 && cells is [{ Length: 5 } said] && said.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || csv.Row == 1 && cells is ["sep=", ""])
                continue;
            if (IsOpen(csv, cells))
                throw Unclosed(csv.Row);
            yield return (cells, isBad ? "The quotation marks in this row do not pair up; rows may have run into one another." : null);
            isBad = false;
        }
    }

    private static bool Next(CsvParser csv)
    {
        try
        {
            return csv.Read();
        }
        catch (MaxFieldSizeException)
        {
            throw Unclosed(csv.Row);
        }
    }

    // To the end of the file, and over the end of a line: nobody meant that.
    private static bool IsOpen(CsvParser csv, string[] cells) =>
        cells.Length > 0 && cells[^1].Contains('\n', StringComparison.Ordinal) && csv.RawRecord.Count(c => c == '"') % 2 == 1;

    private static UnreadableSheetException Unclosed(int row) =>
        new($"In row {row:N0} a quotation mark is opened and never closed, so that everything after it would be one cell. Mend that row and upload the sheet again.");

    private static IEnumerable<(IReadOnlyList<string> Cells, string? Problem)> WorkbookRows(Stream file)
    {
        file.Position = 0;
        using var rows = Opened(file).GetEnumerator();
        while (Next(rows))
            yield return ([.. rows.Current.Values.Select(Text)], null);
    }

    // Without the reader's cache of strings, which would put what it reads into a file.
    private static IEnumerable<IDictionary<string, object?>> Opened(Stream file) =>
        file.Query(useHeaderRow: false, excelType: ExcelType.XLSX, configuration: new OpenXmlConfiguration { EnableSharedStringCache = false }).Cast<IDictionary<string, object?>>();

    private static bool Next(IEnumerator<IDictionary<string, object?>> rows)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // The reader throws whatever it trips over; whatever it was, the sheet is none.
            throw new UnreadableSheetException("The file cannot be read as a sheet. Save it again, or as CSV.");
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>Unpacks everything once and keeps nothing: what a file says of its own size may be untrue.</summary>
    private static void Measure(Stream file, SheetLimits limits)
    {
        file.Position = 0;
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var (left, buffer) = (limits.Unpacked, new byte[64 * 1024]);
            if (archive.Entries.Count > MostParts)
                throw TooMuch();
            foreach (var entry in archive.Entries)
            {
                using var part = entry.Open();
                var strings = entry.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase) ? Math.Min(left, LargestStrings) : left;
                for (var read = part.Read(buffer); read > 0; read = part.Read(buffer))
                    if ((strings -= read) < 0 | (left -= read) < 0)
                        throw TooMuch();
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
        {
            // A directory that names places outside the file ends at the stream, each in its way.
            throw TooMuch();
        }
    }

    private static UnreadableSheetException TooMuch() => new("The file unpacks to more than a sheet of names can be, or is damaged. Save it as CSV.");

    // What is copied from a spreadsheet has tabs, and names with commas in its cells.
    private static string SeparatorOf(Stream file, string encoding)
    {
        file.Position = 0;
        using var text = new StreamReader(file, SheetEncoding.Of(encoding), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var head = new char[Sampled];
        return SeparatorOf(head.AsSpan(0, text.ReadBlock(head)));
    }

    private static string SeparatorOf(ReadOnlySpan<char> head)
    {
        if (head.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && head.Length > 4 && ",;\t|".Contains(head[4], StringComparison.Ordinal))
            return head[4].ToString();
        var (quoted, counts) = (false, new Dictionary<char, int> { [','] = 0, [';'] = 0, ['\t'] = 0, ['|'] = 0 });
        foreach (var c in head)
        {
            quoted ^= c == '"';
            if (!quoted && counts.TryGetValue(c, out var count))
                counts[c] = count + 1;
        }
        return (counts['\t'] > 0 ? '\t' : counts.MaxBy(c => c.Value).Key).ToString();
    }
}
