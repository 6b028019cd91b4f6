using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Undersigned.Shared;

/// <summary>
/// A workbook of one sheet (ECMA-376, SpreadsheetML), written row by row into a stream that need not seek. Every cell is text, so that
/// nothing in it is ever computed: <code>&lt;c t="inlineStr"&gt;&lt;is&gt;&lt;t&gt;=1+1&lt;/t&gt;&lt;/is&gt;&lt;/c&gt;</code>
/// </summary>
public static class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";
    private const int LongestCell = 32_767;

    private static readonly (string Name, string Text)[] Parts =
    [
        ("[Content_Types].xml", $"""<Types xmlns="{Packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""),
        ("_rels/.rels", $"""<Relationships xmlns="{Packages}/relationships"><Relationship Id="r1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="Signatures" sheetId="1" r:id="r1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Packages}/relationships"><Relationship Id="r1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""),
    ];

    /// <param name="to">Where the file goes.</param>
    /// <param name="rows">The rows, each cell a text.</param>
    /// <param name="at">The time that its parts bear, so that the same rows are the same bytes.</param>
    /// <param name="cancellation">What was written stays written.</param>
    public static async Task WriteAsync(Stream to, IAsyncEnumerable<IReadOnlyList<string>> rows, DateTimeOffset at, CancellationToken cancellation)
    {
        var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellation);
        await using (zip)
        {
            foreach (var (name, text) in Parts)
            {
                await using var part = await Part(zip, name, CompressionLevel.Optimal, at).OpenAsync(cancellation);
                await part.WriteAsync(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + text), cancellation);
            }
            await using var sheet = await Part(zip, "xl/worksheets/sheet1.xml", CompressionLevel.Fastest, at).OpenAsync(cancellation);
            await using var xml = XmlWriter.Create(sheet, new XmlWriterSettings { Async = true, Encoding = new UTF8Encoding(false) });
            await xml.WriteStartDocumentAsync();
            await xml.WriteStartElementAsync(null, "worksheet", Main);
            await xml.WriteStartElementAsync(null, "sheetData", Main);
            await foreach (var row in rows.WithCancellation(cancellation))
                await RowAsync(xml, row);
            await xml.WriteEndElementAsync();
            await xml.WriteEndElementAsync();
        }
    }

    private static ZipArchiveEntry Part(ZipArchive zip, string name, CompressionLevel level, DateTimeOffset at)
    {
        var part = zip.CreateEntry(name, level);
        part.LastWriteTime = at;
        return part;
    }

    private static async Task RowAsync(XmlWriter xml, IReadOnlyList<string> cells)
    {
        await xml.WriteStartElementAsync(null, "row", Main);
        foreach (var cell in cells)
        {
            await xml.WriteStartElementAsync(null, "c", Main);
            await xml.WriteAttributeStringAsync(null, "t", null, "inlineStr");
            await xml.WriteStartElementAsync(null, "is", Main);
            await xml.WriteStartElementAsync(null, "t", Main);
            await xml.WriteAttributeStringAsync("xml", "space", null, "preserve");
            await xml.WriteStringAsync(Allowed(cell));
            await xml.WriteEndElementAsync();
            await xml.WriteEndElementAsync();
            await xml.WriteEndElementAsync();
        }
        await xml.WriteEndElementAsync();
    }

    // Characters that XML cannot hold would end the file in the middle.
    private static string Allowed(string text)
    {
        if (text.Length <= LongestCell && text.All(XmlConvert.IsXmlChar))
            return text;
        var allowed = string.Concat(text.EnumerateRunes().Where(r => r.Value > 0xffff || XmlConvert.IsXmlChar((char)r.Value)).Select(r => r.ToString()));
        return allowed.Length <= LongestCell ? allowed : allowed[..(LongestCell - 1)] + "…";
    }
}
