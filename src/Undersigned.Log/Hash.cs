using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Undersigned.Log;

/// <summary>A SHA-256 value: 32 bytes held in place, compared by value. The default is 32 zero bytes.</summary>
public readonly record struct Hash
{
    /// <summary>The length in bytes.</summary>
    public const int Size = 32;

    // The 44 characters of 32 bytes in padded base64.
    private const int Base64Length = 44;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    // Four words and not an array: a list of hashes is then the bytes of a tile, without a copy or an object for each.
    private readonly ulong _first, _second, _third, _fourth;

    /// <summary>Takes exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException("A hash is 32 bytes.", nameof(bytes));
        _first = MemoryMarshal.Read<ulong>(bytes);
        _second = MemoryMarshal.Read<ulong>(bytes[8..]);
        _third = MemoryMarshal.Read<ulong>(bytes[16..]);
        _fourth = MemoryMarshal.Read<ulong>(bytes[24..]);
    }

    /// <summary>The plain SHA-256 of the bytes, without the prefix of a Merkle tree.</summary>
    public static Hash OfBytes(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[Size];
        SHA256.HashData(bytes, digest);
        return MemoryMarshal.Read<Hash>(digest);
    }

    /// <summary>Writes the 32 bytes to the beginning of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination) => AsBytes(in this).CopyTo(destination);

    /// <summary>The 32 bytes as a new array.</summary>
    public byte[] ToArray() => AsBytes(in this).ToArray();

    /// <summary>Standard base64 with padding, 44 characters, as in checkpoints and proofs.</summary>
    public string ToBase64() => Convert.ToBase64String(AsBytes(in this));

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string ToHex() => Convert.ToHexStringLower(AsBytes(in this));

    /// <summary>The same as <see cref="ToHex"/>.</summary>
    public override string ToString() => ToHex();

    /// <summary>Reads 44 characters of canonical padded standard base64: no white space, no unused bit set.</summary>
    public static bool TryParseBase64([NotNullWhen(true)] string? text, out Hash hash)
    {
        hash = default;
        if (text is not { Length: Base64Length }) return false;
        Span<byte> bytes = stackalloc byte[Size];
        // Base64 that sets unused bits, or holds white space, decodes but does not come out the same again.
        if (!Convert.TryFromBase64String(text, bytes, out var written) || written != Size) return false;
        hash = MemoryMarshal.Read<Hash>(bytes);
        return hash.ToBase64() == text;
    }

    /// <summary>Reads 64 lower-case hexadecimal digits.</summary>
    public static bool TryParseHex([NotNullWhen(true)] string? text, out Hash hash)
    {
        hash = default;
        if (text is not { Length: Size * 2 } || text.AsSpan().ContainsAnyExcept(HexDigits)) return false;
        hash = new Hash(Convert.FromHexString(text));
        return true;
    }

    // The span lies over the value itself and must not outlive it.
    internal static ReadOnlySpan<byte> AsBytes(in Hash hash) =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef(in hash), 1));

    internal static ReadOnlySpan<byte> AsBytes(ReadOnlySpan<Hash> hashes) => MemoryMarshal.AsBytes(hashes);

    internal static ReadOnlySpan<Hash> FromBytes(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, Hash>(bytes);
}
