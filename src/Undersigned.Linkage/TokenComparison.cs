namespace Undersigned.Linkage;

/// <summary>Which level of agreement two words of names reach.</summary>
internal static class TokenComparison
{
    public static TokenLevel Compare(in TokenTable.Word a, in TokenTable.Word b, Nicknames nicknames)
    {
        if (a.Text == b.Text) return a.Script == b.Script ? TokenLevel.Same : TokenLevel.Scripts;
        if (a.Text.Length == 0 || b.Text.Length == 0) return TokenLevel.None;
        if (a.Text.Length == 1 || b.Text.Length == 1) return a.Text[0] == b.Text[0] ? TokenLevel.Initial : TokenLevel.None;
        if (a.Script != b.Script) return AcrossScripts(a, b, nicknames);
        // One sign changed is another name where a sign is a syllable.
        if (a.Script is Script.Han or Script.Kana or Script.Hangul) return TokenLevel.None;
        return WithinScript(a, b, nicknames);
    }

    private static TokenLevel WithinScript(in TokenTable.Word a, in TokenTable.Word b, Nicknames nicknames)
    {
        var longer = Math.Max(a.Text.Length, b.Text.Length);
        var shorter = Math.Min(a.Text.Length, b.Text.Length);
        var edits = Likeness.Edits(a.Text, b.Text, 3);
        if (edits == 1 && longer >= 4) return TokenLevel.OneLetter;
        if (nicknames.Related(a.Text, b.Text)) return TokenLevel.Nickname;
        if (a.Skeleton == b.Skeleton && (a.Skeleton.Length >= 3 || a.Skeleton.Length == 2 && Likeness.JaroWinkler(a.Text, b.Text) >= .75)) return TokenLevel.Sound;
        if (edits <= Budget(longer) && Likeness.JaroWinkler(a.Text, b.Text) >= .88) return TokenLevel.Alike;
        if (shorter >= 3 && (a.Text.StartsWith(b.Text, StringComparison.Ordinal) || b.Text.StartsWith(a.Text, StringComparison.Ordinal))) return TokenLevel.Beginning;
        return TokenLevel.None;
    }

    /// <summary>Short words have no budget: one letter makes another name of them.</summary>
    private static int Budget(int length) => length switch { <= 3 => 0, <= 5 => 1, <= 8 => 2, _ => 3 };

    private static TokenLevel AcrossScripts(in TokenTable.Word a, in TokenTable.Word b, Nicknames nicknames)
    {
        if (Transliteration.Alike(a, b)) return TokenLevel.ScriptsAlike;
        return nicknames.Related(a.Text, b.Text) ? TokenLevel.Nickname : TokenLevel.None;
    }
}
