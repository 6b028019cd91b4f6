using System.Buffers.Binary;

namespace Undersigned.Log;

/// <summary>
/// An entry bundle as in c2sp.org/tlog-tiles: up to 256 entries, each with its length before it as a big-endian uint16.
/// The entries "leaf 0" and "leaf 1" are <c>0006 6c6561662030 0006 6c6561662031</c>.
/// </summary>
/// <param name="Index">The number of the bundle, from 0; its first entry is <c>Index * 256</c>.</param>
/// <param name="Width">How many entries it holds, 1 to 256.</param>
public readonly record struct EntryBundle(long Index, int Width)
{
    private const string Prefix = "tile/entries/";

    /// <summary>Whether it holds fewer than 256 entries.</summary>
    public bool IsPartial => Width < Tile.FullWidth;

    /// <summary>The path relative to the log: <c>tile/entries/000</c>, <c>tile/entries/x001/234.p/5</c>.</summary>
    public string Path => Prefix + TilePath.Format(Index, Width);

    /// <summary>Reads a path in exactly the form that <see cref="Path"/> gives.</summary>
    public static bool TryParsePath(string? path, out EntryBundle bundle)
    {
        bundle = default;
        if (path is null || !path.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        if (!TilePath.TryParse(path.AsSpan(Prefix.Length), out var index, out var width)) return false;
        bundle = new EntryBundle(index, width);
        return true;
    }

    /// <summary>The bundles of a log of <paramref name="size"/> entries, in order.</summary>
    public static IEnumerable<EntryBundle> ForSize(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        for (long first = 0; first < size; first += Tile.FullWidth) yield return At(first / Tile.FullWidth, size);
    }

    /// <summary>The bundle at this place as wide as it is in a log of <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">That log has no such bundle.</exception>
    public static EntryBundle At(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, (size - 1) >> Tile.Height);
        return new EntryBundle(index, (int)Math.Min(Tile.FullWidth, size - (index << Tile.Height)));
    }

    /// <summary>The bytes of a bundle of these entries.</summary>
    /// <exception cref="ArgumentException">There are more than 256, or one is longer than 65,535 bytes.</exception>
    public static byte[] Encode(IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var list = entries as IReadOnlyCollection<ReadOnlyMemory<byte>> ?? [.. entries];
        if (list.Count > Tile.FullWidth) throw new ArgumentException("A bundle holds at most 256 entries.", nameof(entries));
        var bytes = new byte[list.Sum(entry => sizeof(ushort) + entry.Length)];
        var rest = bytes.AsSpan();
        foreach (var entry in list)
        {
            if (entry.Length > ushort.MaxValue) throw new ArgumentException("An entry is at most 65,535 bytes.", nameof(entries));
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + entry.Length)..];
        }
        return bytes;
    }

    /// <summary>The entries of a bundle that holds exactly <paramref name="width"/> of them and no byte more. They are slices of <paramref name="bytes"/>.</summary>
    /// <exception cref="LogFormatException">It does not.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Decode(ReadOnlyMemory<byte> bytes, int width)
    {
        if (width is < 0 or > Tile.FullWidth) throw new LogFormatException("An entry bundle has 1 to 256 entries.");
        var entries = new ReadOnlyMemory<byte>[width];
        for (var i = 0; i < width; i++)
        {
            if (bytes.Length < sizeof(ushort)) throw new LogFormatException("An entry bundle ends before its last entry.");
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span);
            if (bytes.Length - sizeof(ushort) < length) throw new LogFormatException("An entry bundle ends within an entry.");
            entries[i] = bytes.Slice(sizeof(ushort), length);
            bytes = bytes[(sizeof(ushort) + length)..];
        }
        return bytes.IsEmpty ? entries : throw new LogFormatException("An entry bundle goes on after its last entry.");
    }
}
