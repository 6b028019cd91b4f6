namespace Undersigned.Linkage.Bench;

internal static class Speed
{
    public static List<string> All(bool full) => [];
}
