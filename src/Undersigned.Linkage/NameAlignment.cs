namespace Undersigned.Linkage;

/// <summary>Two names alone, word against word, without a list.</summary>
internal sealed class NameAlignment
{
    private static readonly Nicknames Shipped = new([]);

    private NameAlignment(List<Pairing> pairings, List<string> leftOfA, List<string> leftOfB, bool joined, bool turned) =>
        (Pairings, LeftOfA, LeftOfB, IsJoined, IsTurned) = (pairings, leftOfA, leftOfB, joined, turned);

    public List<Pairing> Pairings { get; }

    public List<string> LeftOfA { get; }

    public List<string> LeftOfB { get; }

    /// <summary>What is left on both sides are the same letters with other spaces.</summary>
    public bool IsJoined { get; }

    public bool IsTurned { get; }

    public static TokenTable.Word[] WordsOf(List<NameToken> tokens) =>
        [.. tokens.Select(token => new TokenTable.Word(token.Text, ConsonantSkeleton.Of(token.Text), token.Script, (float)TokenTable.BackgroundOf(token.Text)))];

    public static NameAlignment Of(TokenTable.Word[] a, TokenTable.Word[] b, Nicknames? nicknames = null)
    {
        var found = new List<(double Weight, Pairing Pairing)>();
        for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < b.Length; j++)
                if (TokenComparison.Compare(a[i], b[j], nicknames ?? Shipped) is not TokenLevel.None and var level)
                    found.Add(((int)level * 100 + Math.Min(a[i].Text.Length, b[j].Text.Length) - Math.Abs(i - j) * .1, new(i, j, level)));
        var pairings = new List<Pairing>();
        foreach (var (_, pairing) in found.OrderByDescending(one => one.Weight))
            if (!pairings.Exists(taken => taken.A == pairing.A || taken.B == pairing.B)) pairings.Add(pairing);
        pairings.Sort((x, y) => x.A.CompareTo(y.A));
        var leftOfA = Enumerable.Range(0, a.Length).Where(i => !pairings.Exists(one => one.A == i)).Select(i => a[i].Text).ToList();
        var leftOfB = Enumerable.Range(0, b.Length).Where(j => !pairings.Exists(one => one.B == j)).Select(j => b[j].Text).ToList();
        var joined = SameInPieces(leftOfA, leftOfB) || SameInPieces([.. a.Select(word => word.Text)], [.. b.Select(word => word.Text)]);
        return new(pairings, leftOfA, leftOfB, joined, pairings.Zip(pairings.Skip(1)).Any(two => two.Second.B < two.First.B));
    }

    private static bool SameInPieces(List<string> a, List<string> b)
    {
        if (a.Count == 0 || b.Count == 0 || a.Count == b.Count) return false;
        string x = string.Concat(a), y = string.Concat(b);
        return x.Length >= 5 && Likeness.Edits(x, y, 1) <= (x.Length >= 10 ? 1 : 0);
    }

    public readonly record struct Pairing(int A, int B, TokenLevel Level);
}
