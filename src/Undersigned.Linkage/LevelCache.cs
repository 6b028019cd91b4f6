namespace Undersigned.Linkage;

/// <summary>Levels of pairs that came up lately: a pair of numbers has one place, and a later pair takes it.</summary>
internal sealed class LevelCache
{
    private const int Size = 1 << 17;
    private readonly ulong[] _pairs = new ulong[Size];
    private readonly byte[] _levels = new byte[Size];

    public bool TryGet(int a, int b, out byte level)
    {
        var at = Place(a, b, out var pair);
        level = _levels[at];
        return _pairs[at] == pair;
    }

    public void Set(int a, int b, byte level)
    {
        var at = Place(a, b, out var pair);
        _pairs[at] = pair;
        _levels[at] = level;
    }

    // One is added, so that no pair is the zero of an empty place.
    private static int Place(int a, int b, out ulong pair)
    {
        pair = ((ulong)(uint)a << 32 | (uint)b) + 1;
        return (int)(pair * 0x9e3779b97f4a7c15UL >> 47);
    }
}
