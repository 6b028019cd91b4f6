using System.Security.Cryptography;

namespace Undersigned.Log;

/// <summary>
/// Ed25519 verification as in RFC 8032, 5.1.7, in the form that leaves nothing open: S below L, canonical encodings of A and R,
/// and the equation [S]B = R + [k]A itself, not eight times it.
/// </summary>
/// <remarks>
/// Not BouncyCastle's: since it speeds its equation up with a multiplier, it accepts signatures whose points differ by a point
/// of small order, and it refuses keys of small order. Two verifiers that disagree about such a signature could be shown
/// two different logs. What is verified is public, so nothing here needs to run in constant time.
/// </remarks>
internal static class Ed25519Verification
{
    private const int PointLength = 32;

    private static readonly EdwardsPoint Base = EdwardsPoint.Base;

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PointLength || signature.Length != 2 * PointLength) return false;
        if (!EdwardsScalar.TryDecode(signature[PointLength..], out var s) || !EdwardsPoint.TryDecode(publicKey, out var key)) return false;
        var k = EdwardsScalar.Reduce(Digest(signature[..PointLength], publicKey, message));
        // The encoding of a point is unique: comparing it checks the equation and that R was canonical at once.
        Span<byte> expected = stackalloc byte[PointLength];
        Combine(s, Base, k, key.Negate()).Encode(expected);
        return expected.SequenceEqual(signature[..PointLength]);
    }

    private static byte[] Digest(ReadOnlySpan<byte> r, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        using var sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        sha512.AppendData(r);
        sha512.AppendData(publicKey);
        sha512.AppendData(message);
        return sha512.GetHashAndReset();
    }

    // [s]P + [k]Q, both at once, from the highest bit down.
    private static EdwardsPoint Combine(EdwardsScalar s, EdwardsPoint p, EdwardsScalar k, EdwardsPoint q)
    {
        var both = p.Add(q);
        var sum = EdwardsPoint.Neutral;
        for (var bit = EdwardsScalar.Bits - 1; bit >= 0; bit--)
        {
            sum = sum.Double();
            sum = (s.Bit(bit), k.Bit(bit)) switch
            {
                (true, true) => sum.Add(both),
                (true, false) => sum.Add(p),
                (false, true) => sum.Add(q),
                _ => sum,
            };
        }
        return sum;
    }
}
