using Undersigned.Log;

namespace Undersigned.Log.Tests.Properties;

public class ProofTests
{
    private static readonly NaiveTree Naive = NaiveTree.Of(256);

    // A log that had a checkpoint at every size, so that every tile of every width is there.
    private static readonly MemoryLog Log = Grown();

    private static MemoryLog Grown()
    {
        var log = new MemoryLog();
        for (var size = 0; size < 256; size++) log.Append(1);
        return log;
    }

    [Fact]
    public async Task Every_entry_of_every_tree_to_256_is_proven_as_the_definition_says()
    {
        var leaves = Naive.LeafHashes(256);
        for (var size = 1; size <= 256; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = await Proofs.InclusionAsync(index, size, Log.ReadTile, TestContext.Current.CancellationToken);
                Assert.Equal(Naive.Inclusion(index, size), proof);
                if (IsTriedFromLeaves(size)) Assert.Equal(proof, Proofs.Inclusion(index, leaves.AsSpan(0, size)));
                Assert.True(Proofs.VerifyInclusion(index, size, leaves[index], proof, Naive.Root(size)));
            }
        }
    }

    [Fact]
    public async Task Every_pair_of_trees_to_256_is_proven_consistent_as_the_definition_says()
    {
        var leaves = Naive.LeafHashes(256);
        for (var to = 0; to <= 256; to++)
        {
            for (var from = 0; from <= to; from++)
            {
                var proof = await Proofs.ConsistencyAsync(from, to, Log.ReadTile, TestContext.Current.CancellationToken);
                Assert.Equal(Naive.Consistency(from, to), proof);
                if (IsTriedFromLeaves(to)) Assert.Equal(proof, Proofs.Consistency(from, leaves.AsSpan(0, to)));
                Assert.True(Proofs.VerifyConsistency(from, to, proof, Naive.Root(from), Naive.Root(to)));
            }
        }
    }

    // The ranges are the same as from tiles, so the largest sizes stand for those between.
    private static bool IsTriedFromLeaves(int size) => size is <= 66 or >= 255;

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(65_793)]
    public async Task Where_a_tile_level_begins_proofs_from_tiles_are_those_from_leaves(int size)
    {
        var log = MemoryLog.Of(size);
        var leaves = NaiveTree.SomeEntries(size).Select(entry => MerkleTree.LeafHash(entry)).ToArray();
        foreach (var at in new[] { 0, 1, 255, 256, 257, 511, 512, 32_767, 32_768, 65_279, 65_280, 65_534, 65_535, 65_536, size - 1 }.Where(at => at < size).Distinct())
        {
            log.Read.Clear();
            var inclusion = await Proofs.InclusionAsync(at, size, log.ReadTile, TestContext.Current.CancellationToken);
            Assert.Equal(Proofs.Inclusion(at, leaves), inclusion);
            Assert.True(Proofs.VerifyInclusion(at, size, leaves[at], inclusion, log.Edge.Root));
            Assert.Equal(log.Read.Distinct(), log.Read);
            Assert.InRange(log.Read.Count, 1, 5);

            var consistency = await Proofs.ConsistencyAsync(at + 1, size, log.ReadTile, TestContext.Current.CancellationToken);
            Assert.Equal(Proofs.Consistency(at + 1, leaves), consistency);
            Assert.True(Proofs.VerifyConsistency(at + 1, size, consistency, MerkleTree.Root(leaves.AsSpan(0, at + 1)), log.Edge.Root));
        }
    }

    // The probes are those that transparency-dev/merkle collects.
    [Fact]
    public void An_inclusion_proof_with_anything_changed_does_not_verify()
    {
        foreach (var size in new[] { 1, 2, 3, 5, 7, 8, 9, 16, 31, 64, 100, 255, 256 })
        {
            for (var index = 0; index < size; index += 1 + size / 13)
            {
                var (leaf, root, proof) = (Naive.LeafHashes(size)[index], Naive.Root(size), Naive.Inclusion(index, size));
                foreach (var changed in ChangedProofs(proof, leaf, root)) Assert.False(Proofs.VerifyInclusion(index, size, leaf, changed, root));
                foreach (var wrong in WrongHashes(leaf)) Assert.False(Proofs.VerifyInclusion(index, size, wrong, proof, root));
                foreach (var wrong in WrongHashes(root)) Assert.False(Proofs.VerifyInclusion(index, size, leaf, proof, wrong));
                foreach (var wrong in new long[] { index - 1, index + 1, index ^ 2, -1, size, long.MaxValue, long.MinValue })
                    Assert.False(wrong != index && Proofs.VerifyInclusion(wrong, size, leaf, proof, root), $"index {index} as {wrong} in {size}");
                foreach (var wrong in new long[] { size * 2L, size / 2, index, 0, -1, long.MinValue }.Where(wrong => wrong != size))
                    Assert.False(Proofs.VerifyInclusion(index, wrong, leaf, proof, root), $"index {index} in {size} as {wrong}");
            }
        }
    }

    [Fact]
    public void A_consistency_proof_with_anything_changed_does_not_verify()
    {
        foreach (var to in new[] { 2, 3, 5, 7, 8, 9, 16, 31, 64, 100, 255, 256 })
        {
            for (var from = 1; from < to; from += 1 + to / 13)
            {
                var (old, @new, proof) = (Naive.Root(from), Naive.Root(to), Naive.Consistency(from, to));
                foreach (var changed in ChangedProofs(proof, old, @new)) Assert.False(Proofs.VerifyConsistency(from, to, changed, old, @new), $"{from} to {to}");
                foreach (var wrong in WrongHashes(old)) Assert.False(Proofs.VerifyConsistency(from, to, proof, wrong, @new));
                foreach (var wrong in WrongHashes(@new)) Assert.False(Proofs.VerifyConsistency(from, to, proof, old, wrong));
                Assert.False(Proofs.VerifyConsistency(from, to, proof, @new, old));
                Assert.False(Proofs.VerifyConsistency(to, from, proof, old, @new));
                foreach (var wrong in new long[] { 0, -1, from - 1, from ^ 2, to, long.MinValue }.Where(wrong => wrong != from))
                    Assert.False(Proofs.VerifyConsistency(wrong, to, proof, old, @new), $"{from} as {wrong} to {to}");
                foreach (var wrong in new long[] { from, from - 1, to * 2L, -1 }.Where(wrong => wrong != to))
                    Assert.False(Proofs.VerifyConsistency(from, wrong, proof, old, @new), $"{from} to {to} as {wrong}");
            }
        }
    }

    [Fact]
    public void The_empty_tree_is_a_prefix_of_every_tree_by_an_empty_proof()
    {
        Assert.True(Proofs.VerifyConsistency(0, 0, [], MerkleTree.EmptyRoot, MerkleTree.EmptyRoot));
        Assert.True(Proofs.VerifyConsistency(0, 5, [], MerkleTree.EmptyRoot, Naive.Root(5)));
        Assert.False(Proofs.VerifyConsistency(0, 5, [Naive.Root(5)], MerkleTree.EmptyRoot, Naive.Root(5)));
        Assert.False(Proofs.VerifyConsistency(0, 5, [], Naive.Root(1), Naive.Root(5)));
    }

    [Fact]
    public async Task What_is_not_in_the_tree_is_not_proven()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Proofs.InclusionAsync(5, 5, Log.ReadTile, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Proofs.InclusionAsync(-1, 5, Log.ReadTile, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Proofs.ConsistencyAsync(6, 5, Log.ReadTile, TestContext.Current.CancellationToken));
    }

    private static IEnumerable<Hash[]> ChangedProofs(Hash[] proof, Hash before, Hash root)
    {
        if (proof.Length > 0)
        {
            yield return [];
            yield return proof[..^1];
            yield return proof[1..];
            for (var i = 0; i < proof.Length; i++)
            {
                var changed = (Hash[])proof.Clone();
                changed[i] = Flip(changed[i]);
                yield return changed;
            }
        }
        yield return [.. proof, default];
        yield return [default, .. proof];
        yield return [.. proof, root];
        yield return [root, .. proof];
        yield return [before, .. proof];
        yield return [.. proof, before];
    }

    private static Hash[] WrongHashes(Hash hash) => [default, Flip(hash), MerkleTree.LeafHash("another"u8)];

    private static Hash Flip(Hash hash)
    {
        var bytes = hash.ToArray();
        bytes[17] ^= 8;
        return new Hash(bytes);
    }
}
