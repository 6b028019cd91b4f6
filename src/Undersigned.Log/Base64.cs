namespace Undersigned.Log;

/// <summary>Standard base64 with padding (RFC 4648, 4), canonical: no white space, no unused bit set.</summary>
internal static class Base64
{
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out var written)) return false;
        Array.Resize(ref bytes, written);
        // What is not canonical decodes, but does not come out the same again.
        return text.SequenceEqual(Convert.ToBase64String(bytes));
    }
}
