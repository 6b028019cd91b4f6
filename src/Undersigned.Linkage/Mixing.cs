namespace Undersigned.Linkage;

/// <summary>64-bit numbers for words and their combinations, the same on every machine and in every run.</summary>
internal static class Mixing
{
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var c in text) hash = (hash ^ c) * 0x100000001b3UL;
        return Final(hash);
    }

    public static ulong Of(ulong a, ulong b) => Final(a * 0x9e3779b97f4a7c15UL ^ ulong.RotateLeft(b, 29) ^ 0x2545f4914f6cdd1dUL);

    public static ulong Of(ulong a, ulong b, ulong c) => Of(Of(a, b), c);

    private static ulong Final(ulong x)
    {
        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9UL;
        x = (x ^ x >> 27) * 0x94d049bb133111ebUL;
        return x ^ x >> 31;
    }
}
