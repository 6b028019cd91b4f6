using System.Numerics;

namespace Undersigned.Log;

/// <summary>Leaves from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct LeafRange(long Start, long End);

/// <summary>Roots over ranges of leaves, computed from tiles alone.</summary>
internal static class TileRanges
{
    public static async ValueTask<Hash[]> RootsAsync(List<LeafRange> ranges, long size, TileReader read, CancellationToken cancel)
    {
        var tiles = new Dictionary<Tile, ReadOnlyMemory<byte>>();
        foreach (var tile in ranges.SelectMany(Subtrees).Select(subtree => subtree.TileAt(size)))
        {
            if (!tiles.ContainsKey(tile)) tiles[tile] = await ReadAsync(tile, read, cancel);
        }
        return [.. ranges.Select(range => Root(range, size, tiles))];
    }

    /// <summary>The bytes of a tile, cut to its width.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Tile tile, TileReader read, CancellationToken cancel)
    {
        var bytes = await read(tile, cancel);
        if (bytes.Length % Hash.Size != 0 || bytes.Length < tile.Width * Hash.Size || bytes.Length > Tile.FullWidth * Hash.Size)
            throw new LogFormatException($"A tile has another length than its width says: {tile.Path}.");
        return bytes[..(tile.Width * Hash.Size)];
    }

    private static Hash Root(LeafRange range, long size, Dictionary<Tile, ReadOnlyMemory<byte>> tiles)
    {
        Span<Hash> peaks = stackalloc Hash[64];
        var count = 0;
        foreach (var subtree in Subtrees(range))
        {
            var hashes = Hash.FromBytes(tiles[subtree.TileAt(size)].Span);
            peaks[count++] = MerkleTree.Root(hashes.Slice(subtree.Offset, subtree.Width));
        }
        return MerkleTree.Fold(peaks[..count]);
    }

    // The complete subtrees that a range of a proof falls into, the largest first. Such a range begins where its largest subtree may.
    private static IEnumerable<Subtree> Subtrees(LeafRange range)
    {
        for (var start = range.Start; start < range.End;)
        {
            var height = BitOperations.Log2((ulong)(range.End - start));
            yield return new Subtree(height, start >> height);
            start += 1L << height;
        }
    }

    // A complete subtree of 2^Height leaves. In tiles it is a run of 1 to 128 hashes of one tile.
    private readonly record struct Subtree(int Height, long Index)
    {
        private int Level => Height / Tile.Height;

        public int Width => 1 << (Height % Tile.Height);

        private long First => Index << (Height % Tile.Height);

        public int Offset => (int)(First % Tile.FullWidth);

        public Tile TileAt(long size) => Tile.At(Level, First / Tile.FullWidth, size);
    }
}
