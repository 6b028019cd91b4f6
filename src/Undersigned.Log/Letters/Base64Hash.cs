using System.Buffers;

namespace Undersigned.Log.Letters;

/// <summary>Standard base64 of 32 bytes in its one canonical, padded form: 44 characters.</summary>
internal static class Base64Hash
{
    internal static Hash Parse(ReadOnlySpan<byte> text)
    {
        Span<byte> value = stackalloc byte[32];
        Decode(text, value);
        return new Hash(value);
    }

    internal static void Decode(ReadOnlySpan<byte> text, Span<byte> value)
    {
        if (text.Length != 44 || System.Buffers.Text.Base64.DecodeFromUtf8(text, value, out _, out var written) != OperationStatus.Done || written != 32) throw Malformed();
        // 44 characters that give 32 bytes hold no white space; what is left is the last one's two unused bits.
        if (!"AEIMQUYcgkosw048"u8.Contains(text[42])) throw Malformed();
    }

    private static LogFormatException Malformed() => new("not canonical base64 of 32 bytes");
}
