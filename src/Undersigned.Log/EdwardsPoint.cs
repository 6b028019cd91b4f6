namespace Undersigned.Log;

/// <summary>
/// A point of edwards25519, −x² + y² = 1 + d·x²·y², in the extended coordinates of RFC 8032, 5.1.4: x = X/Z, y = Y/Z, xy = T/Z.
/// The formulas hold for every pair of points, those of small order too.
/// </summary>
internal readonly struct EdwardsPoint
{
    // d = -121665/121666
    private static readonly Field25519 D = Field25519.Zero.Subtract(Field25519.Of(121665).Multiply(Field25519.Of(121666).Invert()));
    private static readonly Field25519 TwiceD = D.Add(D).Carry();

    private readonly Field25519 _x, _y, _z, _t;

    private EdwardsPoint(Field25519 x, Field25519 y, Field25519 z, Field25519 t) => (_x, _y, _z, _t) = (x, y, z, t);

    public static EdwardsPoint Neutral => new(Field25519.Zero, Field25519.One, Field25519.One, Field25519.Zero);

    /// <summary>The point with y = 4/5 and an even x.</summary>
    public static EdwardsPoint Base
    {
        get
        {
            var y = Field25519.Of(4).Multiply(Field25519.Of(5).Invert());
            TryRecover(y, isOdd: false, out var point);
            return point;
        }
    }

    /// <summary>Reads 32 bytes as in RFC 8032, 5.1.3: y in little-endian, below p, and the lowest bit of x in the highest bit.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        point = default;
        Span<byte> rest = stackalloc byte[Field25519.Length];
        bytes.CopyTo(rest);
        var isOdd = rest[^1] >> 7 == 1;
        rest[^1] &= 0x7f;
        return Field25519.TryDecode(rest, out var y) && TryRecover(y, isOdd, out point);
    }

    // x² = (y² − 1) / (dy² + 1), where that is a square.
    private static bool TryRecover(Field25519 y, bool isOdd, out EdwardsPoint point)
    {
        point = default;
        var square = y.Multiply(y);
        var (u, v) = (square.Subtract(Field25519.One), D.Multiply(square).Add(Field25519.One));
        if (!Field25519.TrySquareRoot(u, v, out var x)) return false;
        // Zero has no odd form; an encoding that asks for one is not canonical.
        if (isOdd && x.IsZero) return false;
        if (x.IsOdd != isOdd) x = Field25519.Zero.Subtract(x);
        point = new EdwardsPoint(x, y, Field25519.One, x.Multiply(y));
        return true;
    }

    public void Encode(Span<byte> bytes)
    {
        var inverse = _z.Invert();
        _y.Multiply(inverse).Encode(bytes);
        if (_x.Multiply(inverse).IsOdd) bytes[Field25519.Length - 1] |= 0x80;
    }

    public EdwardsPoint Negate() => new(Field25519.Zero.Subtract(_x), _y, _z, Field25519.Zero.Subtract(_t));

    public EdwardsPoint Add(EdwardsPoint other)
    {
        var a = _y.Subtract(_x).Multiply(other._y.Subtract(other._x));
        var b = _y.Add(_x).Multiply(other._y.Add(other._x));
        var c = _t.Multiply(TwiceD).Multiply(other._t);
        var d = _z.Multiply(other._z);
        d = d.Add(d);
        var (e, f, g, h) = (b.Subtract(a), d.Subtract(c), d.Add(c).Carry(), b.Add(a));
        return new EdwardsPoint(e.Multiply(f), g.Multiply(h), f.Multiply(g), e.Multiply(h));
    }

    public EdwardsPoint Double()
    {
        var (a, b, c) = (_x.Multiply(_x), _y.Multiply(_y), _z.Multiply(_z));
        var sum = _x.Add(_y);
        var h = a.Add(b);
        var e = h.Subtract(sum.Multiply(sum));
        var g = a.Subtract(b);
        var f = c.Add(c).Add(g).Carry();
        return new EdwardsPoint(e.Multiply(f), g.Multiply(h), f.Multiply(g), e.Multiply(h));
    }
}
