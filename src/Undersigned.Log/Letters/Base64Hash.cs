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
        Span<byte> again = stackalloc byte[44];
        if (text.Length != 44 || System.Buffers.Text.Base64.DecodeFromUtf8(text, value, out _, out var written) != OperationStatus.Done || written != 32) throw Malformed();
        if (System.Buffers.Text.Base64.EncodeToUtf8(value, again, out _, out _) != OperationStatus.Done || !text.SequenceEqual(again)) throw Malformed();
    }

    private static LogFormatException Malformed() => new("not canonical base64 of 32 bytes");
}
