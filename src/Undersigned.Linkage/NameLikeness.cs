namespace Undersigned.Linkage;

/// <summary>Whether two names, with nothing else known, may be one name.</summary>
public static class NameLikeness
{
    /// <summary>Names at or above this likeness are called the same.</summary>
    public const double SameAt = .80;

    /// <summary>0 (nothing in common) to 1 (the same words), whichever the order, alphabet and form.</summary>
    public static double Of(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return Of(PersonName.Parse(a), PersonName.Parse(b));
    }

    /// <summary>Whether the two are the same name by the shipped bar.</summary>
    public static bool AreSame(string a, string b) => Of(a, b) >= SameAt;

    private static double Of(PersonName a, PersonName b)
    {
        var (x, y) = (NameAlignment.WordsOf(a.Tokens), NameAlignment.WordsOf(b.Tokens));
        if (x.Length == 0 || y.Length == 0) return 0;
        if (a.Whole is not null && b.Tokens is [_] || b.Whole is not null && a.Tokens is [_]) return WholeAlike(a, b) || WholeAlike(b, a) ? .9 : 0;
        var alignment = NameAlignment.Of(x, y);
        double agreed = 0, all = 0;
        foreach (var (i, j, level) in alignment.Pairings)
        {
            var weight = (x[i].Text.Length + y[j].Text.Length) / 2.0;
            agreed += weight * Likeness(x[i].Text, y[j].Text, level);
            all += weight;
        }
        if (alignment.IsJoined) return .95;
        var conflicts = Math.Min(alignment.LeftOfA.Count, alignment.LeftOfB.Count);
        var left = Math.Max(alignment.LeftOfA.Count, alignment.LeftOfB.Count) - conflicts;
        for (var i = 0; i < conflicts; i++) all += (alignment.LeftOfA[i].Length + alignment.LeftOfB[i].Length) / 2.0;
        return all == 0 ? 0 : agreed / all * Math.Pow(.93, left) * Math.Pow(.92, conflicts);
    }

    /// <summary>A word of signs may be one foreign word: "伊莎貝拉", "Isabella".</summary>
    private static bool WholeAlike(PersonName a, PersonName b) =>
        a.Whole is { } whole && b.Tokens is [var word] && word.Script != whole.Script && Transliteration.Alike(whole.Text, whole.Script, word.Text, word.Script);

    private static double Likeness(string a, string b, TokenLevel level) => level switch
    {
        TokenLevel.Same or TokenLevel.Scripts => 1,
        TokenLevel.OneLetter => 1 - 1.0 / Math.Max(a.Length, b.Length),
        TokenLevel.ScriptsAlike => .9,
        TokenLevel.Nickname => .85,
        TokenLevel.Sound => .88,
        TokenLevel.Alike => Linkage.Likeness.JaroWinkler(a, b) - .08,
        TokenLevel.Beginning => .75,
        TokenLevel.Initial => .9,
        _ => 0,
    };
}
