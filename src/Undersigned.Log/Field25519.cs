using System.Buffers.Binary;

namespace Undersigned.Log;

/// <summary>
/// A number modulo p = 2^255 − 19, in five limbs of 51 bits. Limbs may run over: below 2^52 after a multiplication, a subtraction
/// or a carry, below 2^53 after one addition, which a factor may be.
/// </summary>
internal readonly struct Field25519
{
    public const int Length = 32;

    private const int LimbBits = 51;
    private const ulong Mask = (1UL << LimbBits) - 1;

    // The limbs of 4p, which keep a subtraction from going below zero.
    private const ulong FourPLow = 4 * (Mask - 18), FourP = 4 * Mask;

    private readonly ulong _0, _1, _2, _3, _4;

    private Field25519(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => (_0, _1, _2, _3, _4) = (l0, l1, l2, l3, l4);

    public static Field25519 Zero => default;

    public static Field25519 One => Of(1);

    public static Field25519 Of(uint number) => new(number, 0, 0, 0, 0);

    // A square root of −1: 2^((p − 1) / 4).
    private static readonly Field25519 RootOfMinusOne = Of(2).Power(253, 5);

    /// <summary>Reads 32 little-endian bytes whose highest bit is clear; false where they are not below p.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Field25519 number)
    {
        var low = BinaryPrimitives.ReadUInt128LittleEndian(bytes);
        var high = BinaryPrimitives.ReadUInt128LittleEndian(bytes[16..]);
        number = new Field25519(
            (ulong)low & Mask, (ulong)(low >> 51) & Mask, (ulong)((low >> 102) | (high << 26)) & Mask,
            (ulong)(high >> 25) & Mask, (ulong)(high >> 76) & Mask);
        Span<byte> canonical = stackalloc byte[Length];
        number.Encode(canonical);
        return canonical.SequenceEqual(bytes);
    }

    /// <summary>Writes the number below p in 32 little-endian bytes.</summary>
    public void Encode(Span<byte> bytes)
    {
        // After two carries the number is below 2p; adding 19 shows in the bit above 255 whether it reaches p.
        var (l0, l1, l2, l3, l4) = Carry().Carry();
        var over = (l0 + 19) >> LimbBits;
        over = (l1 + over) >> LimbBits;
        over = (l2 + over) >> LimbBits;
        over = (l3 + over) >> LimbBits;
        over = (l4 + over) >> LimbBits;
        l0 += 19 * over;
        l1 += l0 >> LimbBits;
        l2 += l1 >> LimbBits;
        l3 += l2 >> LimbBits;
        l4 += l3 >> LimbBits;
        (l0, l1, l2, l3, l4) = (l0 & Mask, l1 & Mask, l2 & Mask, l3 & Mask, l4 & Mask);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, l0 | (l1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (l1 >> 13) | (l2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (l2 >> 26) | (l3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (l3 >> 39) | (l4 << 12));
    }

    private void Deconstruct(out ulong l0, out ulong l1, out ulong l2, out ulong l3, out ulong l4) =>
        (l0, l1, l2, l3, l4) = (_0, _1, _2, _3, _4);

    public bool IsZero => Is(Zero);

    public bool IsOdd
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Length];
            Encode(bytes);
            return (bytes[0] & 1) == 1;
        }
    }

    private bool Is(Field25519 other)
    {
        Span<byte> bytes = stackalloc byte[Length], others = stackalloc byte[Length];
        Encode(bytes);
        other.Encode(others);
        return bytes.SequenceEqual(others);
    }

    public Field25519 Add(Field25519 b) => new(_0 + b._0, _1 + b._1, _2 + b._2, _3 + b._3, _4 + b._4);

    public Field25519 Subtract(Field25519 b) =>
        new Field25519(_0 + FourPLow - b._0, _1 + FourP - b._1, _2 + FourP - b._2, _3 + FourP - b._3, _4 + FourP - b._4).Carry();

    /// <summary>The same number with each limb's overflow moved to the next; that of the last is worth 19 in the first.</summary>
    public Field25519 Carry() => new(
        (_0 & Mask) + 19 * (_4 >> LimbBits), (_1 & Mask) + (_0 >> LimbBits), (_2 & Mask) + (_1 >> LimbBits),
        (_3 & Mask) + (_2 >> LimbBits), (_4 & Mask) + (_3 >> LimbBits));

    public Field25519 Multiply(Field25519 b)
    {
        var (b1, b2, b3, b4) = (b._1 * 19, b._2 * 19, b._3 * 19, b._4 * 19);
        var r0 = Math.BigMul(_0, b._0) + Math.BigMul(_1, b4) + Math.BigMul(_2, b3) + Math.BigMul(_3, b2) + Math.BigMul(_4, b1);
        var r1 = Math.BigMul(_0, b._1) + Math.BigMul(_1, b._0) + Math.BigMul(_2, b4) + Math.BigMul(_3, b3) + Math.BigMul(_4, b2);
        var r2 = Math.BigMul(_0, b._2) + Math.BigMul(_1, b._1) + Math.BigMul(_2, b._0) + Math.BigMul(_3, b4) + Math.BigMul(_4, b3);
        var r3 = Math.BigMul(_0, b._3) + Math.BigMul(_1, b._2) + Math.BigMul(_2, b._1) + Math.BigMul(_3, b._0) + Math.BigMul(_4, b4);
        var r4 = Math.BigMul(_0, b._4) + Math.BigMul(_1, b._3) + Math.BigMul(_2, b._2) + Math.BigMul(_3, b._1) + Math.BigMul(_4, b._0);
        r1 += r0 >> LimbBits;
        r2 += r1 >> LimbBits;
        r3 += r2 >> LimbBits;
        r4 += r3 >> LimbBits;
        var first = ((ulong)r0 & Mask) + 19 * (ulong)(r4 >> LimbBits);
        return new Field25519(
            first & Mask, ((ulong)r1 & Mask) + (first >> LimbBits), (ulong)r2 & Mask, (ulong)r3 & Mask, (ulong)r4 & Mask);
    }

    /// <summary>1 divided by this number: its power of p − 2.</summary>
    public Field25519 Invert() => Power(255, 21);

    /// <summary>A square root of u/v, as in RFC 8032, 5.1.3; false where there is none.</summary>
    public static bool TrySquareRoot(Field25519 u, Field25519 v, out Field25519 root)
    {
        var cube = v.Multiply(v).Multiply(v);
        // uv³ · (uv⁷)^((p − 5) / 8) squared is u/v or −u/v, if either is a square.
        root = u.Multiply(cube).Multiply(u.Multiply(cube).Multiply(cube).Multiply(v).Power(252, 3));
        var check = v.Multiply(root).Multiply(root);
        if (check.Is(u)) return true;
        if (!check.Is(Zero.Subtract(u))) return false;
        root = root.Multiply(RootOfMinusOne);
        return true;
    }

    // This to the power of 2^bits − less, less being at most 32: above the lowest five bits every bit is set.
    private Field25519 Power(int bits, int less)
    {
        var result = One;
        for (var bit = bits - 1; bit >= 0; bit--)
        {
            result = result.Multiply(result);
            if (bit >= 5 || ((32 - less) >> bit & 1) == 1) result = result.Multiply(this);
        }
        return result;
    }
}
