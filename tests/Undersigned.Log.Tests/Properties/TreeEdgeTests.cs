using CsCheck;
using Undersigned.Log;

namespace Undersigned.Log.Tests.Properties;

public class TreeEdgeTests
{
    private static readonly NaiveTree Naive = NaiveTree.Of(2_000);

    [Fact]
    public void Whatever_the_batches_the_root_is_that_of_the_definition() =>
        Gen.Int[0, 300].List[0, 6].Sample(batches =>
        {
            var log = new MemoryLog();
            foreach (var count in batches) log.Append(count);
            return log.Edge.Size == batches.Sum() && log.Edge.Root == Naive.Root(batches.Sum());
        }, iter: 60, threads: 1, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Whatever_the_batches_every_tile_of_the_tree_is_there_and_right() =>
        Gen.Int[0, 300].List[1, 6].Sample(batches =>
        {
            var (log, one) = (new MemoryLog(), MemoryLog.Of(batches.Sum()));
            foreach (var count in batches) log.Append(count);
            return Tile.ForSize(batches.Sum()).All(tile => log.Files[tile.Path].AsSpan().SequenceEqual(one.Files[tile.Path]));
        }, iter: 60, threads: 1, seed: "0N0XIzNsQ0O2");

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(70_000)]
    public void The_tiles_of_one_batch_are_the_tiles_of_the_tree(int size)
    {
        var append = TreeEdge.Empty.Append([.. NaiveTree.SomeEntries(size).Select(entry => (ReadOnlyMemory<byte>)entry)]);
        Assert.Equal(Tile.ForSize(size), append.Tiles.Select(pair => pair.Tile));
        Assert.All(append.Tiles, pair => Assert.Equal(pair.Tile.Width * 32, pair.Bytes.Length));
        foreach (var (tile, bytes) in append.Tiles.Where(pair => pair.Tile.Level > 0))
        {
            // Each hash above level 0 is the root over the 256 hashes of the tile below it.
            for (var i = 0; i < tile.Width; i++)
            {
                var below = append.Tiles.Single(pair => pair.Tile == new Tile(tile.Level - 1, tile.Index * 256 + i, 256)).Bytes;
                Assert.Equal(new Hash(bytes.AsSpan(i * 32, 32)), MerkleTree.Root([.. below.Chunk(32).Select(hash => new Hash(hash))]));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    public async Task A_loaded_edge_goes_on_as_the_one_that_was_kept(int size)
    {
        var log = MemoryLog.Of(size);
        var loaded = await TreeEdge.LoadAsync(size, log.ReadTile, TestContext.Current.CancellationToken);
        Assert.Equal(log.Edge.Root, loaded.Root);
        Assert.Equal(size, loaded.Size);
        var batch = NaiveTree.SomeEntries(300).Select(entry => (ReadOnlyMemory<byte>)entry).ToList();
        var (kept, again) = (log.Edge.Append(batch), loaded.Append(batch));
        Assert.Equal(kept.Edge.Root, again.Edge.Root);
        Assert.Equal(kept.Tiles.Select(pair => (pair.Tile, Convert.ToHexString(pair.Bytes))), again.Tiles.Select(pair => (pair.Tile, Convert.ToHexString(pair.Bytes))));
        Assert.Equal(kept.LeafHashes, again.LeafHashes);
    }

    [Fact]
    public async Task A_reader_may_give_the_wider_tile_but_not_a_shorter_one()
    {
        var log = MemoryLog.Of(300);
        TileReader whole = (tile, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(log.Files["tile/0/000"]);
        Assert.Equal(Naive.Root(200), (await TreeEdge.LoadAsync(200, whole, TestContext.Current.CancellationToken)).Root);
        foreach (var length in new[] { 0, 31, 199 * 32, 200 * 32 + 1, 257 * 32 })
            await Assert.ThrowsAsync<LogFormatException>(() => TreeEdge.LoadAsync(200, (_, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(new byte[length]), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Appending_nothing_changes_nothing()
    {
        var edge = MemoryLog.Of(5).Edge;
        var append = edge.Append([]);
        Assert.Same(edge, append.Edge);
        Assert.Empty(append.Tiles);
        Assert.Equal(MerkleTree.EmptyRoot, TreeEdge.Empty.Root);
    }
}
