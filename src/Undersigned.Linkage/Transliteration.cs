namespace Undersigned.Linkage;

/// <summary>Whether two words in different alphabets may be one name.</summary>
internal static class Transliteration
{
    public static bool Alike(in TokenTable.Word a, in TokenTable.Word b)
    {
        if (Likeness.JaroWinkler(a.Text, b.Text) >= .85) return true;
        if (a.Skeleton.Length < 2 || b.Skeleton.Length < 2) return a.Skeleton == b.Skeleton && Math.Abs(a.Text.Length - b.Text.Length) <= 2;
        return Likeness.JaroWinkler(a.Skeleton, b.Skeleton) >= .85;
    }

    /// <summary>Whether the first sounds of two words may be one: what looking closer is worth.</summary>
    public static bool MayBegin(in TokenTable.Word a, in TokenTable.Word b)
    {
        if (a.Skeleton.Length == 0 || b.Skeleton.Length == 0) return false;
        return (Beginnings(a.Skeleton[0]) & Beginnings(b.Skeleton[0])) != 0;
    }

    private static int Beginnings(char sound) => sound switch
    {
        'a' or 'h' => 1,
        'j' => 1 | 2 | 4,
        'g' or 'k' => 2 | 1,
        'x' => 2 | 4 | 1,
        's' or 'z' => 4 | 2,
        'p' or 'f' => 8,
        't' or 'd' => 16,
        'm' => 32,
        'n' => 64,
        'l' or 'r' => 128,
        _ => 255,
    };
}
