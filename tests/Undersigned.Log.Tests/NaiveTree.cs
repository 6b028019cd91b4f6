using System.Security.Cryptography;
using System.Text;
using Undersigned.Log;

namespace Undersigned.Log.Tests;

/// <summary>RFC 6962, 2.1, as its recursive definitions stand there, written without a thought for speed. It remembers what it has computed.</summary>
internal sealed class NaiveTree
{
    private readonly Dictionary<(int, int), byte[]> _roots = [];
    private readonly IReadOnlyList<byte[]> _entries;

    public NaiveTree(IReadOnlyList<byte[]> entries) => _entries = entries;

    public static NaiveTree Of(int size) => new(SomeEntries(size));

    public static byte[][] SomeEntries(int count) => [.. Enumerable.Range(0, count).Select(i => Encoding.ASCII.GetBytes($"entry {i}"))];

    public Hash Root(int size) => new(Mth(0, size));

    public Hash[] LeafHashes(int size) => [.. Enumerable.Range(0, size).Select(i => new Hash(Mth(i, i + 1)))];

    public Hash[] Inclusion(int index, int size) => [.. Path(index, 0, size).Select(hash => new Hash(hash))];

    public Hash[] Consistency(int from, int to) => from == 0 ? [] : [.. Subproof(from, 0, to, true).Select(hash => new Hash(hash))];

    private byte[] Mth(int start, int end)
    {
        if (_roots.TryGetValue((start, end), out var known)) return known;
        var n = end - start;
        var k = Split(n);
        return _roots[(start, end)] = n switch
        {
            0 => SHA256.HashData([]),
            1 => SHA256.HashData([0, .. _entries[start]]),
            _ => SHA256.HashData([1, .. Mth(start, start + k), .. Mth(start + k, end)]),
        };
    }

    private IEnumerable<byte[]> Path(int index, int start, int end)
    {
        var n = end - start;
        if (n == 1) return [];
        var k = Split(n);
        return index < k ? Path(index, start, start + k).Append(Mth(start + k, end)) : Path(index - k, start + k, end).Append(Mth(start, start + k));
    }

    private IEnumerable<byte[]> Subproof(int m, int start, int end, bool isWhole)
    {
        var n = end - start;
        if (m == n) return isWhole ? [] : [Mth(start, end)];
        var k = Split(n);
        return m <= k
            ? Subproof(m, start, start + k, isWhole).Append(Mth(start + k, end))
            : Subproof(m - k, start + k, end, false).Append(Mth(start, start + k));
    }

    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n) k *= 2;
        return k;
    }
}
