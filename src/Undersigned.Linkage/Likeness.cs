using System.Numerics;

namespace Undersigned.Linkage;

/// <summary>How alike two words are, letter by letter.</summary>
internal static class Likeness
{
    /// <summary>Jaro–Winkler, 0 to 1, for words of at most 64 letters.</summary>
    public static double JaroWinkler(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var jaro = Jaro(a, b);
        var prefix = 0;
        while (prefix < 4 && prefix < a.Length && prefix < b.Length && a[prefix] == b[prefix]) prefix++;
        return jaro + prefix * .1 * (1 - jaro);
    }

    private static double Jaro(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length > 64) a = a[..64];
        if (b.Length > 64) b = b[..64];
        if (a.Length == 0 || b.Length == 0) return 0;
        var reach = Math.Max(0, Math.Max(a.Length, b.Length) / 2 - 1);
        ulong inA = 0, inB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var to = Math.Min(b.Length, i + reach + 1);
            for (var j = Math.Max(0, i - reach); j < to; j++)
                if (a[i] == b[j] && (inB >> j & 1) == 0)
                {
                    inA |= 1UL << i;
                    inB |= 1UL << j;
                    break;
                }
        }
        var matches = BitOperations.PopCount(inA);
        if (matches == 0) return 0;
        var turned = 0;
        for (ulong left = inA, right = inB; left != 0; left &= left - 1, right &= right - 1)
            if (a[BitOperations.TrailingZeroCount(left)] != b[BitOperations.TrailingZeroCount(right)]) turned++;
        double m = matches;
        return (m / a.Length + m / b.Length + (m - turned / 2) / m) / 3;
    }

    /// <summary>Letters inserted, left out, changed or swapped with their neighbour (optimal string alignment); more than <paramref name="most"/> is given as one more.</summary>
    public static int Edits(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most || a.Length > 64 || b.Length > 64) return most + 1;
        Span<int> before = stackalloc int[b.Length + 1], last = stackalloc int[b.Length + 1], now = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var edits = Math.Min(Math.Min(now[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) edits = Math.Min(edits, before[j - 2] + 1);
                now[j] = edits;
                least = Math.Min(least, edits);
            }
            if (least > most) return most + 1;
            var oldest = before;
            before = last;
            last = now;
            now = oldest;
        }
        return Math.Min(last[b.Length], most + 1);
    }
}
