using System.Runtime.CompilerServices;

namespace Undersigned.Log;

/// <summary>
/// A log at one checkpoint, read from a server that is not trusted. The tiles of the right edge give the root together; every
/// other tile is full, and its own root stands in the tile above it. Tiles above level 0 are kept once they are proven.
/// </summary>
public sealed class AuthenticatedTree
{
    private readonly Checkpoint _checkpoint;
    private readonly Func<string, CancellationToken, ValueTask<byte[]?>> _fetch;
    private readonly Dictionary<Tile, Hash[]> _proven = [];
    private bool _hasEdge;

    internal AuthenticatedTree(Checkpoint checkpoint, Func<string, CancellationToken, ValueTask<byte[]?>> fetch) =>
        (_checkpoint, _fetch) = (checkpoint, fetch);

    /// <summary>Entries from <paramref name="from"/> up to, not including, <paramref name="to"/>, in order, bundle by bundle.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such entries.</exception>
    /// <exception cref="LogFormatException">A bundle or tile is malformed.</exception>
    /// <exception cref="LogVerificationException">A bundle or tile is absent, or not the one of this tree.</exception>
    public async IAsyncEnumerable<LogEntry> EntriesAsync(long from, long to, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, _checkpoint.Size);
        for (var next = from; next < to;)
        {
            var first = next / Tile.FullWidth * Tile.FullWidth;
            var entries = await BundleAsync(EntryBundle.At(next / Tile.FullWidth, _checkpoint.Size), cancel);
            for (; next < to && next - first < entries.Length; next++) yield return entries[next - first];
        }
    }

    private async ValueTask<LogEntry[]> BundleAsync(EntryBundle bundle, CancellationToken cancel)
    {
        var (bytes, isFull) = await FetchAsync(bundle.Path, (bundle with { Width = Tile.FullWidth }).Path, cancel);
        var decoded = EntryBundle.Decode(bytes, isFull ? Tile.FullWidth : bundle.Width);
        var entries = new LogEntry[bundle.Width];
        var leaves = new Hash[bundle.Width];
        for (var i = 0; i < entries.Length; i++)
        {
            leaves[i] = MerkleTree.LeafHash(decoded[i].Span);
            entries[i] = new LogEntry(bundle.Index * Tile.FullWidth + i, decoded[i], leaves[i]);
        }
        await ProveAsync(new Tile(0, bundle.Index, bundle.Width), leaves, bundle.Path, cancel);
        return entries;
    }

    /// <summary>A <see cref="TileReader"/> of the tiles of this tree, each proven.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such tile.</exception>
    /// <exception cref="LogFormatException">A tile is malformed.</exception>
    /// <exception cref="LogVerificationException">A tile is absent, or not the one of this tree.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(Tile tile, CancellationToken cancel)
    {
        var hashes = await HashesAsync(Tile.At(tile.Level, tile.Index, _checkpoint.Size), cancel);
        return Hash.AsBytes(hashes).ToArray();
    }

    private async ValueTask<Hash[]> HashesAsync(Tile tile, CancellationToken cancel)
    {
        await LoadEdgeAsync(cancel);
        if (_proven.TryGetValue(tile, out var proven)) return proven;
        var hashes = Hash.FromBytes((await TileRanges.ReadAsync(tile, FetchTileAsync, cancel)).Span).ToArray();
        await ProveAsync(tile, hashes, tile.Path, cancel);
        if (tile.Level > 0) _proven[tile] = hashes;
        return hashes;
    }

    // A full tile is proven by the tile above it, a partial one is itself on the edge.
    private async ValueTask ProveAsync(Tile tile, Hash[] hashes, string where, CancellationToken cancel)
    {
        if (tile.IsPartial)
        {
            var edge = await HashesAsync(tile, cancel);
            if (!hashes.AsSpan().SequenceEqual(edge)) throw Differs(where);
            return;
        }
        var above = await HashesAsync(Tile.At(tile.Level + 1, tile.Index / Tile.FullWidth, _checkpoint.Size), cancel);
        if (above[tile.Index % Tile.FullWidth] != MerkleTree.Root(hashes)) throw Differs(where);
    }

    private async ValueTask LoadEdgeAsync(CancellationToken cancel)
    {
        if (_hasEdge) return;
        var tiles = new Dictionary<Tile, Hash[]>();
        var edge = await TreeEdge.LoadAsync(_checkpoint.Size, async (tile, stop) =>
        {
            var bytes = await TileRanges.ReadAsync(tile, FetchTileAsync, stop);
            tiles[tile] = Hash.FromBytes(bytes.Span).ToArray();
            return bytes;
        }, cancel);
        if (edge.Root != _checkpoint.Root) throw new LogVerificationException("tile", $"tiles whose root is {_checkpoint.Root}", $"{edge.Root}");
        foreach (var (tile, hashes) in tiles) _proven[tile] = hashes;
        _hasEdge = true;
    }

    private async ValueTask<ReadOnlyMemory<byte>> FetchTileAsync(Tile tile, CancellationToken cancel)
    {
        var (bytes, isFull) = await FetchAsync(tile.Path, (tile with { Width = Tile.FullWidth }).Path, cancel);
        if (bytes.Length != (isFull ? Tile.FullWidth : tile.Width) * Hash.Size) throw new LogFormatException($"A tile has another length than its path says: {tile.Path}.");
        return bytes;
    }

    // A log may drop a partial tile or bundle once the full one exists, which begins with the same bytes.
    private async ValueTask<(byte[] Bytes, bool IsFull)> FetchAsync(string path, string full, CancellationToken cancel)
    {
        if (await _fetch(path, cancel) is { } bytes) return (bytes, path == full);
        if (path != full && await _fetch(full, cancel) is { } whole) return (whole, true);
        throw LogClient.Absent(path);
    }

    private static LogVerificationException Differs(string where) => new(where, "what the checkpoint's root commits to", "something else");
}
