using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Undersigned.Log.Letters;

/// <summary>
/// Which lines an audit's draw falls on (signatory log, section 2, "Drawing"), and what its result says about all lines. Nobody can steer the draw: the
/// root is fixed when it is announced, and the value is not known before its moment.
/// </summary>
public static class AuditSample
{
    /// <summary>The longest public value, in bytes of UTF-8.</summary>
    public const int MaxValueBytes = 500;

    /// <summary>The confidence of the bound, one-sided, in percent.</summary>
    public const int Confidence = 95;

    private const double Doubt = 1 - Confidence / 100.0;

    /// <summary>Whether a text can be a draw's value: one line of 1 to 500 bytes, without control characters, and without white space at either end that nobody would see.</summary>
    public static bool IsValue(string? text) =>
        text is { Length: > 0 } && Encoding.UTF8.GetByteCount(text) <= MaxValueBytes && !text.Any(char.IsControl) && text.Trim() == text;

    /// <summary>
    /// The drawn lines, in the order drawn: the first <paramref name="count"/> of those who stand, by rising
    /// <c>SHA-256(undersigned/draw/v1\n || root || value || \n || number in decimal)</c>. The order of <paramref name="standing"/> does not matter.
    /// </summary>
    /// <param name="root">The root at the size that the draw names.</param>
    /// <param name="value">The public value, as its UTF-8 bytes.</param>
    /// <param name="standing">The numbers of those who stood at that size, each once.</param>
    /// <param name="count">How many are drawn; of fewer who stand, all.</param>
    public static IReadOnlyList<long> Draw(Hash root, ReadOnlySpan<byte> value, IEnumerable<long> standing, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        const int mostDigits = 20;
        byte[] text = [.. "undersigned/draw/v1\n"u8, .. root.ToArray(), .. value, (byte)'\n', .. new byte[mostDigits]];
        var digits = text.Length - mostDigits;
        // Of those seen so far, the first ones; the last of them is the one to go.
        var drawn = new PriorityQueue<long, Place>(Comparer<Place>.Create((a, b) => Compare(b, a)));
        foreach (var number in standing)
        {
            if (!Utf8Formatter.TryFormat(number, text.AsSpan(digits), out var written)) throw new ArgumentOutOfRangeException(nameof(standing));
            var place = new Place(Hash.OfBytes(text.AsSpan(0, digits + written)), number);
            if (drawn.Count < count) drawn.Enqueue(number, place);
            else drawn.EnqueueDequeue(number, place);
        }
        var first = new long[drawn.Count];
        for (var i = first.Length - 1; i >= 0; i--) first[i] = drawn.Dequeue();
        return first;
    }

    /// <summary>
    /// With 95 % confidence, no larger share of all lines is false: the one-sided upper limit of Clopper and Pearson, the share p at which
    /// <paramref name="notConfirmed"/> or fewer among <paramref name="drawn"/> would be found with a probability of 5 %. It is exact for the binomial; as nobody is
    /// drawn twice, the true limit is never larger.
    /// </summary>
    /// <param name="drawn">How many were drawn.</param>
    /// <param name="notConfirmed">How many of those are false, or count as false because they were not reached.</param>
    public static double UpperBound(int drawn, int notConfirmed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(drawn, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(notConfirmed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(notConfirmed, drawn);
        if (notConfirmed == drawn) return 1;
        var ways = LogChoose(drawn, notConfirmed);
        // The tail falls as p rises; at k/n it is at least one half.
        var (low, high) = ((double)notConfirmed / drawn, 1.0);
        while ((low + high) / 2 is var p && p > low && p < high)
            if (Tail(drawn, notConfirmed, p, ways) > Doubt) low = p;
            else high = p;
        return high;
    }

    /// <summary>The bound as a statement writes it: percent with one decimal, rounded up, such as <c>5.6</c>. What exceeds a decimal by less than 10^-10 of a percent does not count.</summary>
    public static string BoundInPercent(int drawn, int notConfirmed) =>
        (Math.Ceiling(UpperBound(drawn, notConfirmed) * 1000 - 1e-9) / 10).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>P(X ≤ k) for k ≤ np: the terms fall from the k-th down, and are summed until they no longer count.</summary>
    private static double Tail(int n, int k, double p, double ways)
    {
        var (sum, term, odds) = (1.0, 1.0, (1 - p) / p);
        for (long i = k; i > 0 && term > sum * 1e-17; i--) sum += term *= i / (double)(n - i + 1) * odds;
        return Math.Exp(ways + k * Math.Log(p) + (n - k) * LogOfRest(p) + Math.Log(sum));
    }

    // log(1 − p), also where p is so small that 1 − p loses its digits.
    private static double LogOfRest(double p) => p > 1e-5 ? Math.Log(1 - p) : -p * (1 + p * (0.5 + p * (1.0 / 3 + p / 4)));

    private static double LogChoose(int n, int k)
    {
        var (few, sum) = (Math.Min(k, n - k), 0.0);
        for (var i = 1; i <= few; i++) sum += Math.Log((n - few + i) / (double)i);
        return sum;
    }

    /// <summary>Where a line stands in the order of the draw. Two have one place only if SHA-256 collides; the number then decides.</summary>
    private readonly record struct Place(Hash Hash, long Number);

    private static int Compare(Place a, Place b)
    {
        var (one, other) = (a.Hash, b.Hash);
        return Hash.AsBytes(in one).SequenceCompareTo(Hash.AsBytes(in other)) is not 0 and var order ? order : a.Number.CompareTo(b.Number);
    }
}
