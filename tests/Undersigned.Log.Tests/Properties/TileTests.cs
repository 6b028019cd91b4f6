using CsCheck;
using Undersigned.Log;

namespace Undersigned.Log.Tests.Properties;

public class TileTests
{
    [Theory]
    [InlineData(0, 5, 256, "tile/0/005")]
    [InlineData(0, 273, 112, "tile/0/273.p/112")]
    [InlineData(1, 1_000, 256, "tile/1/x001/000")]
    [InlineData(3, 1_234_067, 8, "tile/3/x001/x234/067.p/8")]
    [InlineData(63, long.MaxValue, 255, "tile/63/x009/x223/x372/x036/x854/x775/807.p/255")]
    public void A_tile_has_the_path_of_the_specification(int level, long index, int width, string path)
    {
        Assert.Equal(path, new Tile(level, index, width).Path);
        Assert.True(Tile.TryParsePath(path, out var tile));
        Assert.Equal(new Tile(level, index, width), tile);
    }

    [Theory]
    [InlineData(0, 256, "tile/entries/000")]
    [InlineData(1_234, 5, "tile/entries/x001/234.p/5")]
    public void A_bundle_has_the_path_of_the_specification(long index, int width, string path)
    {
        Assert.Equal(path, new EntryBundle(index, width).Path);
        Assert.True(EntryBundle.TryParsePath(path, out var bundle));
        Assert.Equal(new EntryBundle(index, width), bundle);
    }

    [Fact]
    public void Every_path_is_read_back_as_what_it_was_written_for() =>
        Gen.Select(Gen.Int[0, 63], Gen.OneOf(Gen.Long[0, 2_000], Gen.Long[0, long.MaxValue]), Gen.Int[1, 256]).Sample((level, index, width) =>
            Tile.TryParsePath(new Tile(level, index, width).Path, out var tile) && tile == new Tile(level, index, width)
            && EntryBundle.TryParsePath(new EntryBundle(index, width).Path, out var bundle) && bundle == new EntryBundle(index, width),
            iter: 10_000, threads: 1);

    [Theory]
    [InlineData("")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/x001/00")]
    [InlineData("tile/0/001/002")]
    [InlineData("tile/0/x001/x002")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/1.p/1")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/٠٠٠")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/808")]
    [InlineData("tile/0/x001/x000/x000/x000/x000/x000/x000/x000/000")]
    [InlineData(null)]
    public void A_path_of_any_other_form_is_refused(string? path)
    {
        Assert.False(Tile.TryParsePath(path, out _));
        Assert.False(EntryBundle.TryParsePath(path?.Replace("tile/0/", "tile/entries/", StringComparison.Ordinal), out _));
    }

    [Fact]
    public void A_tree_of_70000_entries_has_the_tiles_of_the_specification()
    {
        var paths = Tile.ForSize(70_000).Select(tile => tile.Path).ToList();
        Assert.Equal(273 + 4, paths.Count);
        Assert.Equal(["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"], paths[273..]);
        Assert.Equal(["tile/0/000", "tile/1/000.p/1"], Tile.ForSize(256).Select(tile => tile.Path));
        Assert.Empty(Tile.ForSize(0));
    }

    [Fact]
    public void A_tree_of_N_entries_has_N_hashes_on_level_0_and_a_256th_of_them_on_each_next()
    {
        for (var size = 0L; size < 200_000; size += 997)
        {
            foreach (var level in Tile.ForSize(size).GroupBy(tile => tile.Level)) Assert.Equal(size >> (8 * level.Key), level.Sum(tile => tile.Width));
            Assert.Equal(size, EntryBundle.ForSize(size).Sum(bundle => bundle.Width));
            Assert.All(Tile.ForSize(size), tile => Assert.Equal(tile, Tile.At(tile.Level, tile.Index, size)));
        }
    }

    [Fact]
    public void A_tile_that_a_tree_does_not_have_is_not_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Tile.At(0, 1, 256));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tile.At(1, 0, 255));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tile.At(8, 0, long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tile.At(0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EntryBundle.At(1, 256));
    }

    [Fact]
    public void A_bundle_is_decoded_into_the_entries_it_was_made_of() =>
        Gen.Byte.Array[0, 700].List[0, 256].Sample(entries =>
        {
            var bytes = EntryBundle.Encode(entries.Select(entry => (ReadOnlyMemory<byte>)entry));
            return EntryBundle.Decode(bytes, entries.Count).Select(entry => entry.ToArray()).SequenceEqual(entries, ByBytes);
        }, iter: 200, threads: 1);

    private static readonly IEqualityComparer<byte[]> ByBytes = EqualityComparer<byte[]>.Create((a, b) => a.AsSpan().SequenceEqual(b));

    [Theory]
    [InlineData("", 1)]
    [InlineData("00", 1)]
    [InlineData("0001", 1)]
    [InlineData("000261", 1)]
    [InlineData("00016100", 1)]
    [InlineData("000161", 0)]
    [InlineData("000161", 2)]
    [InlineData("000161", 257)]
    [InlineData("000161", -1)]
    public void A_bundle_with_a_byte_too_few_or_too_many_is_refused(string hex, int width) =>
        Assert.Throws<LogFormatException>(() => EntryBundle.Decode(Convert.FromHexString(hex), width));

    [Fact]
    public void What_no_bundle_can_hold_is_not_encoded()
    {
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([new byte[65_536]]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode(Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[1], 257)));
        Assert.Equal(65_537, EntryBundle.Encode([new byte[65_535]]).Length);
    }
}
