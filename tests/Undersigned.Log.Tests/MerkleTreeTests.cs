using Undersigned.Log;

namespace Undersigned.Log.Tests;

public class MerkleTreeTests
{
    [Fact]
    public void Hashing_a_tree_allocates_nothing()
    {
        var (entry, leaves) = (new byte[300], new Hash[1_000]);
        HashAll(entry, leaves);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var root = HashAll(entry, leaves);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(MerkleTree.EmptyRoot, root);
    }

    private static Hash HashAll(byte[] entry, Hash[] leaves)
    {
        for (var i = 0; i < leaves.Length; i++)
        {
            entry[0] = (byte)i;
            leaves[i] = MerkleTree.LeafHash(entry);
        }
        return MerkleTree.NodeHash(MerkleTree.Root(leaves), Hash.OfBytes(entry));
    }

    [Fact]
    public void Every_tree_to_2000_leaves_has_the_root_of_the_definition()
    {
        var naive = NaiveTree.Of(2_000);
        var leaves = naive.LeafHashes(2_000);
        for (var size = 0; size <= 2_000; size = size < 300 ? size + 1 : size + 17) Assert.Equal(naive.Root(size), MerkleTree.Root(leaves.AsSpan(0, size)));
    }

    [Fact]
    public async Task Threads_hash_side_by_side()
    {
        var expected = NaiveTree.Of(500).Root(500);
        var roots = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MerkleTree.Root([.. NaiveTree.SomeEntries(500).Select(entry => MerkleTree.LeafHash(entry))]))));
        Assert.All(roots, root => Assert.Equal(expected, root));
    }

    [Fact]
    public void A_hash_is_its_32_bytes_and_nothing_else()
    {
        byte[] bytes = [.. Enumerable.Range(100, 32).Select(b => (byte)b)];
        var hash = new Hash(bytes);
        Assert.Equal(bytes, hash.ToArray());
        Assert.Equal(hash, new Hash(bytes));
        Assert.Equal(hash.GetHashCode(), new Hash(bytes).GetHashCode());
        Assert.NotEqual(hash, default);
        Assert.Equal(Convert.ToHexStringLower(bytes), hash.ToString());
        Assert.True(Hash.TryParseBase64(hash.ToBase64(), out var read) && read == hash);
        Assert.True(Hash.TryParseHex(hash.ToHex(), out read) && read == hash);
        Assert.False(Hash.TryParseHex(hash.ToHex().ToUpperInvariant(), out _));
        Assert.False(Hash.TryParseHex(hash.ToHex()[2..], out _));
        Assert.False(Hash.TryParseBase64(null, out _));
        Assert.False(Hash.TryParseBase64(" " + hash.ToBase64()[1..], out _));
        Assert.Throws<ArgumentException>(() => new Hash(bytes.AsSpan(1)));
    }
}
