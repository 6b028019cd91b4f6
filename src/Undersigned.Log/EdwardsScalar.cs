using System.Buffers.Binary;

namespace Undersigned.Log;

/// <summary>A number below L = 2^252 + 27742317777372353535851937790883648493, the order of Ed25519's base point.</summary>
internal readonly struct EdwardsScalar
{
    public const int Bits = 253;

    private static readonly UInt128 OrderLow = new(0x14def9dea2f79cd6, 0x5812631a5cf5d3ed);
    private static readonly UInt128 OrderHigh = UInt128.One << 124;

    private readonly UInt128 _low, _high;

    private EdwardsScalar(UInt128 low, UInt128 high) => (_low, _high) = (low, high);

    /// <summary>Reads 32 little-endian bytes; false where they are not below L.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out EdwardsScalar scalar)
    {
        scalar = new(BinaryPrimitives.ReadUInt128LittleEndian(bytes), BinaryPrimitives.ReadUInt128LittleEndian(bytes[16..]));
        return !scalar.IsTooLarge;
    }

    /// <summary>Little-endian bytes of any length, modulo L.</summary>
    public static EdwardsScalar Reduce(ReadOnlySpan<byte> bytes)
    {
        var rest = default(EdwardsScalar);
        for (var bit = bytes.Length * 8 - 1; bit >= 0; bit--) rest = rest.Shift((uint)(bytes[bit / 8] >> (bit % 8)) & 1);
        return rest;
    }

    public bool Bit(int bit) => (((bit < 128 ? _low : _high) >> bit % 128) & UInt128.One) == UInt128.One;

    private bool IsTooLarge => _high > OrderHigh || (_high == OrderHigh && _low >= OrderLow);

    // Twice this plus a bit, modulo L: below 2L + 1, so that one subtraction is enough.
    private EdwardsScalar Shift(uint bit)
    {
        var twice = new EdwardsScalar((_low << 1) | bit, (_high << 1) | (_low >> 127));
        if (!twice.IsTooLarge) return twice;
        var borrow = twice._low < OrderLow ? UInt128.One : UInt128.Zero;
        return new EdwardsScalar(unchecked(twice._low - OrderLow), twice._high - OrderHigh - borrow);
    }
}
