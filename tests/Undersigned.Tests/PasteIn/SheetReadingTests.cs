using System.IO.Compression;
using System.Text;
using MiniExcelLibs;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.PasteIn;

namespace Undersigned.Tests.PasteIn;

public sealed class SheetReadingTests
{
    private const string Sheet = "Name;Titel;E-Mail\nŽofie Lockwood;Ingenieurin für Wehre;zofie@post.example\n";
    private const string Western = "Name;Titel;E-Mail\nAndré Müller;Ingénieur für Wehre;andre@post.example\n";

    [Theory]
    [InlineData("utf-8", Sheet)]
    [InlineData("utf-16", Sheet)]
    [InlineData("utf-16BE", Sheet)]
    [InlineData("windows-1252", Western)]
    [InlineData("macintosh", Western)]
    [InlineData("windows-1251", "Имя;Должность\nАнна Шлюзова;Инспектор плотин\n")]
    [InlineData("windows-1256", "الاسم;المنصب\nليلى الجسر;مفتش السدود\n")]
    public void The_encoding_and_the_separator_are_found(string encoding, string text)
    {
        var (form, rows) = Read(SheetEncoding.Of(encoding).GetBytes(text));

        Assert.Equal((encoding, ";"), (form.Encoding, form.Separator));
        Assert.Equal(text, string.Concat(rows.Select(r => string.Join(';', r.Cells) + "\n")));
    }

    [Theory]
    [InlineData("sep=|\nName|Office\nAda Lockwood|Dams, and locks\n")]
    [InlineData("Name\tOffice\nAda Lockwood\tDams, and locks\n")]
    [InlineData("Name,Office\r\n\"Ada Lockwood\",\"Dams, and locks\"\r\n")]
    [InlineData("\uFEFFName,Office\r\"Ada Lockwood\",\"Dams, and locks\"\r")]
    public void Separators_quotes_and_line_ends_of_every_kind(string text) =>
        Assert.Equal(["Name; Office", "Ada Lockwood; Dams, and locks"], Read(Encoding.UTF8.GetBytes(text)).Rows.Select(r => string.Join("; ", r.Cells)));

    [Fact]
    public void Rows_are_numbered_as_a_spreadsheet_does_with_empty_ones_and_cells_of_several_lines() =>
        Assert.Equal([1, 2, 4], Read("Name,Note\n\"Ada\nLockwood\",x\n\nBela Weir,y\n"u8.ToArray()).Rows.Select(r => r.Number));

    [Fact]
    public void What_is_no_sheet_is_refused_in_words()
    {
        Assert.Contains("nothing in it", Because([]), StringComparison.Ordinal);
        Assert.Contains("nothing in it", Because("\n , \n"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("no sheet", Because("%PDF-1.7\n%abc"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("no sheet", Because([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3]), StringComparison.Ordinal);
        Assert.Contains("with a password", Because([0xD0, 0xCF, 0x11, 0xE0, 1, 2]), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Because(Zip(("readme.txt", 10))), StringComparison.Ordinal);
        Assert.Contains("larger than 32 MB", Because(new byte[Imports.Limits.File + 1]), StringComparison.Ordinal);
        Assert.Contains("more than 200 columns", Because(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 201)) + "\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_file_that_unpacks_to_gigabytes_is_refused_before_it_is_read()
    {
        var bomb = Zip(("xl/worksheets/sheet1.xml", 800L * 1024 * 1024));
        Assert.True(bomb.Length < 2 * 1024 * 1024);
        Assert.Contains("unpacks to more", Because(bomb), StringComparison.Ordinal);
        Assert.Contains("unpacks to more", Because(Zip(("xl/sharedStrings.xml", 100L * 1024 * 1024))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_quotation_mark_that_nothing_closes_is_named_by_its_row()
    {
        Assert.Contains("In row 3 a quotation mark", Because("Name,Office\nAda,x\n\"Bela,y\nCato,z\n"u8.ToArray()), StringComparison.Ordinal);
        var long_ = "Name,Office\nAda,x\n\"Bela,y\n" + string.Concat(Enumerable.Repeat("Cato,Inspectorate of Dams\n", 20_000)) + "\"Dora\",w\n";
        Assert.Contains("In row 3 a quotation mark", Because(Encoding.UTF8.GetBytes(long_)), StringComparison.Ordinal);
        Assert.Contains("do not pair up", Assert.Single(Read("Name,Office\n\"Bela,y\nCato \"of\" Weir\",z\nDora,w\n"u8.ToArray()).Rows, r => r.Problem is not null).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_gives_dates_as_days_numbers_as_they_are_and_formulas_by_their_value()
    {
        using var stream = new MemoryStream();
        stream.SaveAs(new[] { new Dictionary<string, object> { ["Name"] = "Ada Lockwood", ["From"] = new DateTime(1985, 4, 1, 0, 0, 0, DateTimeKind.Unspecified), ["To"] = 2010, ["Days"] = 31138 } });

        var rows = Read(stream.ToArray()).Rows;

        Assert.Equal(["Name", "From", "To", "Days"], rows[0].Cells);
        Assert.Equal(["Ada Lockwood", "1985-04-01", "2010", "31138"], rows[1].Cells);
    }

    [Theory]
    [InlineData("1985–2010", "", "", "1985–2010")]
    [InlineData("1994/96, 2003–present", "", "", "1994–1996 2003–")]
    [InlineData("", "1985-04-01", "31138", "1985–1985")]
    [InlineData("", "1985", "2010-12-31 00:00", "1985–2010")]
    [InlineData("", "01.04.1985", "", "1985–")]
    [InlineData("1988", "", "", "1988–1988")]
    public void Years_are_read_by_the_reader_of_the_sign_form_and_dates_by_their_year(string years, string from, string to, string expected)
    {
        var line = Line([SheetField.Name, SheetField.Organization, SheetField.Years, SheetField.From, SheetField.To], "Ada Lockwood", "Inspectorate of Dams", years, from, to);

        Assert.Null(line.Problem);
        Assert.Equal(expected, string.Join(' ', line.Posts.Select(p => $"{p.Years!.Value.From}–{p.Years.Value.To}")));
        Assert.All(line.Posts, p => Assert.Equal("Inspectorate of Dams", p.Organization));
    }

    [Theory]
    [InlineData("Lockwood, Ada", "", "", "ada@post", "cannot receive mail")]
    [InlineData("Ada Lockwood", "", "long ago", "", "“long ago” is not understood as years")]
    [InlineData("Ada Lockwood", "", "2010–1985", "", "comes before the first")]
    [InlineData("", "Inspector", "", "ada@post.example", "There is no name.")]
    [InlineData("=HYPERLINK(\"http://x\",\"Ada\")", "", "", "", "Column 1 holds a formula")]
    [InlineData("Ada Lockwood", "#REF!", "", "", "A formula in column 2 has no value")]
    [InlineData("1234", "", "", "", "There is no name.")]
    public void What_is_wrong_with_a_row_is_said_in_words(string name, string position, string years, string address, string expected) =>
        Assert.Contains(expected, Line([SheetField.Name, SheetField.Position, SheetField.Years, SheetField.Address], name, position, years, address).Problem, StringComparison.Ordinal);

    [Fact]
    public void Several_columns_make_one_place_and_one_text_makes_several_offices()
    {
        var line = Line([SheetField.Given, SheetField.Family, SheetField.Service, SheetField.Place, SheetField.Place, SheetField.Note],
            "Ada", "Lockwood", "AUSA, SDNY 1994–2003; Civil Div. 2003–11", "Weirham", "Lower Dykeland", "'+ called back");

        Assert.Equal(("Ada Lockwood", "Weirham, Lower Dykeland", "+ called back"), (line.Name, line.Location, line.Note));
        Assert.Equal([new Post("AUSA", "SDNY", new YearSpan(1994, 2003)), new Post(null, "Civil Div.", new YearSpan(2003, 2011))], line.Posts);
        Assert.Equal("Inspector", Line([SheetField.Line, SheetField.Address], "Ada Lockwood, Inspector, Inspectorate of Dams, 1985–2010", "ada@post.example").Posts[0].Position);
    }

    private static PastedLine Line(SheetField[] fields, params string[] cells) => new SheetLines(fields, 2026).Read(new SheetRow(2, cells, null));

    private static (SheetForm Form, List<SheetRow> Rows) Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var form = SheetReading.Look(stream, Imports.Limits);
        return (form, [.. SheetReading.Rows(stream, form, Imports.Limits)]);
    }

    private static string Because(byte[] file) => Assert.Throws<UnreadableSheetException>(() => Read(file)).Message;

    private static byte[] Zip((string Name, long Length) part)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry(part.Name).Open())
            for (var left = part.Length; left > 0; left -= 1 << 20)
                entry.Write(new byte[Math.Min(left, 1 << 20)]);
        return stream.ToArray();
    }
}
