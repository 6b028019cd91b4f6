namespace Undersigned.Linkage;

/// <summary>How rare a name or a value is: the share of people who have it, from a count and from what is assumed before counting.</summary>
internal static class Rarity
{
    /// <summary>(count + prior × background) ÷ (of + prior): the background holds while the list is small.</summary>
    public static double Share(int count, int of, double background, double prior) => (Math.Max(count, 1) + prior * background) / (of + prior);

    /// <summary>−log2 of a share.</summary>
    public static double Bits(double share) => -Math.Log2(share);
}
