using System.Globalization;
using System.Text;

namespace Undersigned.Pdf;

/// <summary>
/// What is changed and read in the bytes of a PDF as Chromium writes it: plain objects,
/// <code>/CreationDate (D:20260301090000+00'00')</code>. With one fixed time, two runs of the same page are the same bytes.
/// </summary>
public static class PdfBytes
{
    private static readonly byte[][] Dates = [Encoding.ASCII.GetBytes("/CreationDate (D:"), Encoding.ASCII.GetBytes("/ModDate (D:")];
    private static readonly byte[] Page = Encoding.ASCII.GetBytes("/Type /Page");

    /// <exception cref="PrintException">There are no dates where they always were: a PDF of another maker.</exception>
    public static void SetTime(Span<byte> pdf, DateTimeOffset at)
    {
        var text = Encoding.ASCII.GetBytes(at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
        foreach (var date in Dates)
        {
            var found = pdf.IndexOf(date);
            if (found < 0)
                throw new PrintException("The PDF bears no time that could be set.");
            text.CopyTo(pdf[(found + date.Length)..]);
        }
    }

    public static int Pages(ReadOnlySpan<byte> pdf)
    {
        var pages = 0;
        var rest = pdf;
        for (int found; (found = rest.IndexOf(Page)) >= 0; rest = rest[(found + Page.Length)..])
            if (found + Page.Length < rest.Length && rest[found + Page.Length] != (byte)'s')
                pages++;
        return pages;
    }
}
