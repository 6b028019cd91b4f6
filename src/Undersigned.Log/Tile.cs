using System.Globalization;

namespace Undersigned.Log;

/// <summary>
/// A tile as in c2sp.org/tlog-tiles: up to 256 hashes side by side on tree level 8 × <see cref="Level"/>.
/// Its bytes are the hashes one after the other, 32 bytes each; hash i of tile n on level l is the root over the entries
/// from (n × 256 + i) × 256^l up to (n × 256 + i + 1) × 256^l. Above level 0 only complete subtrees have a hash.
/// </summary>
/// <param name="Level">0 for leaf hashes; at most 63.</param>
/// <param name="Index">The number of the tile on its level, from 0.</param>
/// <param name="Width">How many hashes it holds, 1 to 256.</param>
public readonly record struct Tile(int Level, long Index, int Width)
{
    /// <summary>The width of a full tile, 256.</summary>
    public const int FullWidth = 256;

    /// <summary>The number of tree levels in a tile, 8.</summary>
    public const int Height = 8;

    internal const int MaxLevel = 63;

    // Above this level no tile of a tree of fewer than 2^63 entries has a hash.
    internal const int MaxUsedLevel = 7;

    /// <summary>Whether it holds fewer than 256 hashes.</summary>
    public bool IsPartial => Width < FullWidth;

    /// <summary>
    /// The path relative to the log: <c>tile/0/273.p/112</c>, <c>tile/1/000</c>, <c>tile/0/x001/x234/067</c>.
    /// </summary>
    public string Path => $"tile/{Level.ToString(CultureInfo.InvariantCulture)}/{TilePath.Format(Index, Width)}";

    /// <summary>Reads a path in exactly the form that <see cref="Path"/> gives.</summary>
    public static bool TryParsePath(string? path, out Tile tile)
    {
        tile = default;
        if (path is null || !path.StartsWith("tile/", StringComparison.Ordinal)) return false;
        var rest = path.AsSpan("tile/".Length);
        var slash = rest.IndexOf('/');
        if (slash < 0 || !DecimalNumber.TryParse(rest[..slash], MaxLevel, out var level)) return false;
        if (!TilePath.TryParse(rest[(slash + 1)..], out var index, out var width)) return false;
        tile = new Tile((int)level, index, width);
        return true;
    }

    /// <summary>The tiles of a tree of <paramref name="size"/> entries, lowest level first, each as wide as it is at that size.</summary>
    public static IEnumerable<Tile> ForSize(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        for (var level = 0; size > 0; level++, size >>= Height)
        {
            for (long index = 0; index < size >> Height; index++) yield return new Tile(level, index, FullWidth);
            if (size % FullWidth != 0) yield return new Tile(level, size >> Height, (int)(size % FullWidth));
        }
    }

    /// <summary>The tile at this place as wide as it is in a tree of <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">That tree has no such tile.</exception>
    public static Tile At(int level, long index, long size)
    {
        var hashes = level > MaxUsedLevel ? 0 : size >> (Height * level);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, (hashes - 1) >> Height);
        return new Tile(level, index, (int)Math.Min(FullWidth, hashes - (index << Height)));
    }
}
