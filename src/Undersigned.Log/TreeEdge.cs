using System.Collections.Immutable;

namespace Undersigned.Log;

/// <summary>
/// The right edge of a tree: all that is needed to append to it and to know its root. On each tile level it holds the hashes
/// that have not filled a tile yet, so at most 255 of them. It never changes; appending gives a new one.
/// </summary>
public sealed class TreeEdge
{
    // Of each tile level, from 0, the hashes of its last tile while that is partial. A full tile is one hash on the level above.
    private readonly ImmutableArray<Hash[]> _levels;

    private TreeEdge(long size, ImmutableArray<Hash[]> levels)
    {
        (Size, _levels) = (size, levels);
        Root = RootOf(levels);
    }

    /// <summary>The edge of the tree without entries.</summary>
    public static TreeEdge Empty { get; } = new(0, []);

    /// <summary>The number of entries.</summary>
    public long Size { get; }

    /// <summary>The root over them.</summary>
    public Hash Root { get; }

    /// <summary>Reads the edge of a tree of <paramref name="size"/> entries: one partial tile of each level, at most eight.</summary>
    /// <remarks>Whether <see cref="Root"/> is the one that was signed is for the caller to compare.</remarks>
    /// <exception cref="LogFormatException">A tile has the wrong length.</exception>
    public static async Task<TreeEdge> LoadAsync(long size, TileReader read, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentNullException.ThrowIfNull(read);
        var levels = ImmutableArray.CreateBuilder<Hash[]>();
        for (var hashes = size; hashes > 0; hashes >>= Tile.Height)
        {
            var tile = new Tile(levels.Count, hashes >> Tile.Height, (int)(hashes % Tile.FullWidth));
            levels.Add(tile.Width == 0 ? [] : Hash.FromBytes((await TileRanges.ReadAsync(tile, read, cancel)).Span).ToArray());
        }
        return new TreeEdge(size, levels.ToImmutable());
    }

    /// <summary>Appends entries. None gives this same edge and no tiles.</summary>
    public TreeAppend Append(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var leaves = new Hash[entries.Count];
        for (var i = 0; i < leaves.Length; i++) leaves[i] = MerkleTree.LeafHash(entries[i].Span);
        return AppendHashes(leaves);
    }

    /// <summary>Appends entries of which only the leaf hashes are at hand.</summary>
    public TreeAppend AppendHashes(IReadOnlyList<Hash> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        if (leaves.Count == 0) return new TreeAppend(this, [], leaves);
        var tiles = new List<(Tile, byte[])>();
        var levels = ImmutableArray.CreateBuilder<Hash[]>();
        var added = leaves as Hash[] ?? [.. leaves];
        var before = Size;
        for (var level = 0; level < _levels.Length || added.Length > 0; level++, before >>= Tile.Height)
        {
            Hash[] edge = level < _levels.Length ? _levels[level] : [];
            (edge, added) = Fill(new Tile(level, before >> Tile.Height, edge.Length), edge, added, tiles);
            levels.Add(edge);
        }
        return new TreeAppend(new TreeEdge(Size + leaves.Count, levels.ToImmutable()), tiles, leaves);
    }

    // Lays the added hashes into tiles, beginning in the partial one, and gives what is left over and the roots of the full ones.
    private static (Hash[] Edge, Hash[] Full) Fill(Tile first, Hash[] edge, Hash[] added, List<(Tile, byte[])> tiles)
    {
        if (added.Length == 0) return (edge, []);
        Hash[] all = [.. edge, .. added];
        var full = new Hash[all.Length / Tile.FullWidth];
        for (var i = 0; i * Tile.FullWidth < all.Length; i++)
        {
            var hashes = all.AsSpan(i * Tile.FullWidth, Math.Min(Tile.FullWidth, all.Length - i * Tile.FullWidth));
            tiles.Add((first with { Index = first.Index + i, Width = hashes.Length }, Hash.AsBytes(hashes).ToArray()));
            if (i < full.Length) full[i] = MerkleTree.Root(hashes);
        }
        return (all[(full.Length * Tile.FullWidth)..], full);
    }

    // Each level's hashes stand left of whatever the levels below have not filled.
    private static Hash RootOf(ImmutableArray<Hash[]> levels)
    {
        Hash? root = null;
        foreach (var level in levels)
        {
            if (root is { } below) root = MerkleTree.Root([.. level, below]);
            else if (level.Length > 0) root = MerkleTree.Root(level);
        }
        return root ?? MerkleTree.EmptyRoot;
    }
}

/// <summary>What appending to a tree gives.</summary>
/// <param name="Edge">The edge after it.</param>
/// <param name="Tiles">Every tile that was begun or grew, lowest level first, as wide as it is now, with all its bytes.</param>
/// <param name="LeafHashes">The leaf hashes of the appended entries, in order.</param>
public sealed record TreeAppend(TreeEdge Edge, IReadOnlyList<(Tile Tile, byte[] Bytes)> Tiles, IReadOnlyList<Hash> LeafHashes);
