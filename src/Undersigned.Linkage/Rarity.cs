namespace Undersigned.Linkage;

/// <summary>How rare a name or a value is: the share of people who have it, from a count and from what is assumed before counting.</summary>
internal static class Rarity
{
    /// <summary>(count + prior × background) ÷ (of + prior): the background holds while the list is small.</summary>
    public static double Share(int count, int of, double background, double prior) => (Math.Max(count, 1) + prior * background) / (of + prior);

    /// <summary>−log2 of a share.</summary>
    public static double Bits(double share) => -Math.Log2(share);
}

/// <summary>Rarities by number, right for one state of the counts.</summary>
internal sealed class RarityCache
{
    private double[] _bits = [];
    private long[] _versions = [];

    public bool TryGet(int number, long version, out double bits)
    {
        bits = 0;
        if (number >= _bits.Length || _versions[number] != version) return false;
        bits = _bits[number];
        return true;
    }

    public double Set(int number, long version, double bits)
    {
        if (number >= _bits.Length)
        {
            var size = Math.Max(number + 1, _bits.Length * 2);
            Array.Resize(ref _bits, size);
            Array.Resize(ref _versions, size);
        }
        (_bits[number], _versions[number]) = (bits, version);
        return bits;
    }
}
