using System.Text;

namespace Undersigned.Data;

/// <summary>Which encoding a text is in, found from its bytes. It guesses where there is no other way; whoever uploads it sees the first rows and mends the guess.</summary>
public static class SheetEncoding
{
    private const int Piece = 64 * 1024;

    /// <summary>Names as .NET knows them, and in words.</summary>
    public static IReadOnlyList<(string Name, string Words)> All { get; } =
    [
        ("utf-8", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16BE", "UTF-16, other order"),
        ("windows-1252", "Western European (Windows)"),
        ("macintosh", "Western European (old Macintosh)"),
        ("windows-1250", "Central European (Windows)"),
        ("windows-1251", "Cyrillic (Windows)"),
        ("windows-1256", "Arabic (Windows)"),
    ];

    static SheetEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Of(string name) => Encoding.GetEncoding(All.Any(e => e.Name == name) ? name : "utf-8");

    /// <summary>Reads the whole file once; null where it is no text at all.</summary>
    public static string? Find(Stream file)
    {
        file.Position = 0;
        var buffer = new byte[Piece];
        var length = file.ReadAtLeast(buffer, Piece, throwOnEndOfStream: false);
        var head = buffer.AsSpan(0, length);
        if (head is [0xFF, 0xFE, ..])
            return "utf-16";
        if (head is [0xFE, 0xFF, ..])
            return "utf-16BE";
        if (head.Contains((byte)0))
            return WithZeros(head);
        return IsUtf8(file) ? "utf-8" : OfOneByte(head);
    }

    // Letters of most alphabets have one zero of two bytes; in anything else that has zeros they lie anywhere.
    private static string? WithZeros(ReadOnlySpan<byte> head)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < head.Length; i += 2)
            (even, odd) = (even + (head[i] == 0 ? 1 : 0), odd + (head[i + 1] == 0 ? 1 : 0));
        var enough = head.Length / 10;
        return odd > enough && even < odd / 20 ? "utf-16" : even > enough && odd < even / 20 ? "utf-16BE" : null;
    }

    private static bool IsUtf8(Stream file)
    {
        file.Position = 0;
        using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true), false, Piece, leaveOpen: true);
        var into = new char[Piece];
        try
        {
            while (reader.Read(into) > 0)
            {
            }
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static string OfOneByte(ReadOnlySpan<byte> head)
    {
        int letters = 0, high = 0, cyrillic = 0, old = 0;
        foreach (var b in head)
        {
            letters += b >= 0x80 || char.IsAsciiLetter((char)b) ? 1 : 0;
            high += b >= 0xC0 ? 1 : 0;
            // Frequent in Russian; in the Arabic page they are the accented letters of French.
            cyrillic += b is 0xE0 or 0xE2 or (>= 0xE7 and <= 0xEB) or 0xEE or 0xEF or >= 0xF0 and <= 0xF2 ? 1 : 0;
            old += b is >= 0x80 and < 0xA0 ? 1 : 0;
        }
        if (high * 5 > letters * 2)
            return cyrillic * 4 > high ? "windows-1251" : "windows-1256";
        return old > high ? "macintosh" : "windows-1252";
    }
}
