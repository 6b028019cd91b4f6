using System.Numerics;

namespace Undersigned.Log;

/// <summary>Inclusion and consistency proofs of RFC 6962, 2.1.1 and 2.1.2, made and checked. A proof lists hashes from the leaf's side to the root's.</summary>
public static class Proofs
{
    /// <summary>Proves entry <paramref name="index"/> in the tree over all of these leaf hashes.</summary>
    public static Hash[] Inclusion(long index, ReadOnlySpan<Hash> leaves) => Roots(InclusionRanges(index, leaves.Length), leaves);

    /// <summary>Proves that the tree over the first <paramref name="from"/> leaves is a prefix of the tree over all of them.</summary>
    public static Hash[] Consistency(long from, ReadOnlySpan<Hash> leaves) => Roots(ConsistencyRanges(from, leaves.Length), leaves);

    /// <summary>Proves entry <paramref name="index"/> in the tree of <paramref name="size"/> entries; reads each tile that is needed once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such entry.</exception>
    public static ValueTask<Hash[]> InclusionAsync(long index, long size, TileReader read, CancellationToken cancel = default) =>
        TileRanges.RootsAsync(InclusionRanges(index, size), size, read, cancel);

    /// <summary>Proves that the tree of <paramref name="from"/> entries is a prefix of the tree of <paramref name="to"/>; reads each tile that is needed once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The first tree is the larger one.</exception>
    public static ValueTask<Hash[]> ConsistencyAsync(long from, long to, TileReader read, CancellationToken cancel = default) =>
        TileRanges.RootsAsync(ConsistencyRanges(from, to), to, read, cancel);

    // PATH(m, D[n]) of RFC 6962, 2.1.1: the ranges of leaves whose roots are the proof.
    private static List<LeafRange> InclusionRanges(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var ranges = new List<LeafRange>();
        for (var (start, end) = (0L, size); end - start > 1;)
        {
            var middle = start + SplitPoint(end - start);
            ranges.Add(index < middle ? new LeafRange(middle, end) : new LeafRange(start, middle));
            if (index < middle) end = middle;
            else start = middle;
        }
        ranges.Reverse();
        return ranges;
    }

    // PROOF(m, D[n]) of RFC 6962, 2.1.2. The old root itself is left out while the old tree is one complete subtree.
    private static List<LeafRange> ConsistencyRanges(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        var ranges = new List<LeafRange>();
        if (from == 0) return ranges;
        var (start, end) = (0L, to);
        while (end != from)
        {
            var middle = start + SplitPoint(end - start);
            ranges.Add(from <= middle ? new LeafRange(middle, end) : new LeafRange(start, middle));
            if (from <= middle) end = middle;
            else start = middle;
        }
        if (start > 0) ranges.Add(new LeafRange(start, end));
        ranges.Reverse();
        return ranges;
    }

    // The largest power of two below n, for n > 1.
    private static long SplitPoint(long n) => 1L << BitOperations.Log2((ulong)(n - 1));

    private static Hash[] Roots(List<LeafRange> ranges, ReadOnlySpan<Hash> leaves)
    {
        var proof = new Hash[ranges.Count];
        for (var i = 0; i < proof.Length; i++) proof[i] = MerkleTree.Root(leaves[(int)ranges[i].Start..(int)ranges[i].End]);
        return proof;
    }

    /// <summary>Checks a proof that the tree of this size and root has this leaf hash at <paramref name="index"/>, as in RFC 9162, 2.1.3.2.</summary>
    public static bool VerifyInclusion(long index, long size, Hash leaf, ReadOnlySpan<Hash> proof, Hash root)
    {
        if (index < 0 || index >= size) return false;
        var path = new Path(index, size - 1);
        var hash = leaf;
        foreach (var sibling in proof)
        {
            if (path.IsAtRoot) return false;
            hash = path.IsRightChild ? MerkleTree.NodeHash(sibling, hash) : MerkleTree.NodeHash(hash, sibling);
            path.Rise();
        }
        return path.IsAtRoot && hash == root;
    }

    /// <summary>
    /// Checks a proof that the old tree is a prefix of the new one, as in RFC 9162, 2.1.4.2. The empty tree, whose root is
    /// <see cref="MerkleTree.EmptyRoot"/>, is a prefix of every tree by an empty proof; so is a tree of itself.
    /// </summary>
    public static bool VerifyConsistency(long oldSize, long newSize, ReadOnlySpan<Hash> proof, Hash oldRoot, Hash newRoot)
    {
        if (oldSize < 0 || oldSize > newSize) return false;
        if (oldSize == newSize) return proof.IsEmpty && oldRoot == newRoot;
        if (oldSize == 0) return proof.IsEmpty && oldRoot == MerkleTree.EmptyRoot;
        var path = new Path(oldSize - 1, newSize - 1);
        path.SkipRightChildren();
        // An old tree that is one complete subtree is its own first hash; the proof does not repeat it.
        if (!BitOperations.IsPow2(oldSize))
        {
            if (proof.IsEmpty) return false;
            return Verify(path, proof[0], proof[1..], oldRoot, newRoot);
        }
        return Verify(path, oldRoot, proof, oldRoot, newRoot);
    }

    private static bool Verify(Path path, Hash first, ReadOnlySpan<Hash> proof, Hash oldRoot, Hash newRoot)
    {
        var (old, @new) = (first, first);
        foreach (var sibling in proof)
        {
            if (path.IsAtRoot) return false;
            if (path.IsRightChild) (old, @new) = (MerkleTree.NodeHash(sibling, old), MerkleTree.NodeHash(sibling, @new));
            else @new = MerkleTree.NodeHash(@new, sibling);
            path.Rise();
        }
        return path.IsAtRoot && old == oldRoot && @new == newRoot;
    }

    // A node on the way up, and the last node of its level (fn and sn of RFC 9162).
    private struct Path(long node, long last)
    {
        private long _node = node, _last = last;

        public readonly bool IsAtRoot => _last == 0;

        // The last node of a level that has no right sibling rises unchanged until it is somebody's right child.
        public readonly bool IsRightChild => (_node & 1) == 1 || _node == _last;

        public void Rise()
        {
            if (IsRightChild)
            {
                while ((_node & 1) == 0 && _node != 0) Halve();
            }
            Halve();
        }

        public void SkipRightChildren()
        {
            while ((_node & 1) == 1) Halve();
        }

        private void Halve() => (_node, _last) = (_node >> 1, _last >> 1);
    }
}
