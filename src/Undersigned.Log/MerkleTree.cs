using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Undersigned.Log;

/// <summary>
/// The Merkle tree of RFC 6962, 2.1, over SHA-256: a leaf is <c>SHA-256(0x00 || entry)</c>, a node
/// <c>SHA-256(0x01 || left || right)</c>, and a tree of n leaves splits at the largest power of two below n.
/// </summary>
public static class MerkleTree
{
    // The cost of a short hash is setting up a new context, so each thread keeps one. Nothing is allocated per hash.
    [ThreadStatic] private static IncrementalHash? t_sha256;

    private static IncrementalHash Sha256 => t_sha256 ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static Hash EmptyRoot { get; } = Hash.OfBytes([]);

    /// <summary><c>SHA-256(0x00 || entry)</c>.</summary>
    public static Hash LeafHash(ReadOnlySpan<byte> entry)
    {
        var sha256 = Sha256;
        sha256.AppendData([0x00]);
        sha256.AppendData(entry);
        return Finish(sha256);
    }

    /// <summary><c>SHA-256(0x01 || left || right)</c>, 65 bytes in.</summary>
    public static Hash NodeHash(Hash left, Hash right)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * Hash.Size];
        bytes[0] = 0x01;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + Hash.Size)..]);
        var sha256 = Sha256;
        sha256.AppendData(bytes);
        return Finish(sha256);
    }

    private static Hash Finish(IncrementalHash sha256)
    {
        Span<byte> digest = stackalloc byte[Hash.Size];
        sha256.GetHashAndReset(digest);
        return MemoryMarshal.Read<Hash>(digest);
    }

    /// <summary>The root over leaf hashes, or over the roots of equally large complete subtrees. Uses no memory but the stack.</summary>
    public static Hash Root(ReadOnlySpan<Hash> leaves)
    {
        if (leaves.IsEmpty) return EmptyRoot;
        // Complete subtrees, largest first, merged as the bits of a counter carry; at most one for each bit of the length.
        Span<Hash> peaks = stackalloc Hash[32];
        var count = 0;
        for (var i = 0; i < leaves.Length; i++)
        {
            var hash = leaves[i];
            for (var carries = BitOperations.TrailingZeroCount(~i); carries > 0; carries--) hash = NodeHash(peaks[--count], hash);
            peaks[count++] = hash;
        }
        return Fold(peaks[..count]);
    }

    // The root over complete subtrees that stand side by side, the largest first.
    internal static Hash Fold(ReadOnlySpan<Hash> peaks)
    {
        var root = peaks[^1];
        for (var i = peaks.Length - 2; i >= 0; i--) root = NodeHash(peaks[i], root);
        return root;
    }
}
