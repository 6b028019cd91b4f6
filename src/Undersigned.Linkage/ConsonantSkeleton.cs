namespace Undersigned.Linkage;

/// <summary>
/// What is left of a word when spelling and script are taken away: the consonants in classes that alphabets do not keep apart, the
/// first letter kept. "Katherine" and "Catharina" give "ktrn", "Путин" and "Poutine" "ptn", "نيكولا" and "Nicola" "nkl".
/// </summary>
internal static class ConsonantSkeleton
{
    private static readonly (string Letters, string Sound)[] Digraphs =
    [
        ("tsch", "x"), ("dsch", "j"), ("sch", "x"), ("tch", "x"), ("dzh", "j"), ("shch", "x"), ("szcz", "x"),
        ("ph", "f"), ("ck", "k"), ("kh", "k"), ("gh", "g"), ("ch", "x"), ("sh", "x"), ("zh", "j"), ("th", "t"), ("dh", "d"),
        ("cz", "x"), ("sz", "x"), ("rz", "j"), ("ts", "z"), ("tz", "z"), ("dz", "z"), ("qu", "k"), ("dj", "j"), ("wh", "f"),
    ];

    public static string Of(string text)
    {
        Span<char> sounds = stackalloc char[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length;)
        {
            var sound = Next(text, ref i);
            var keep = count == 0 || sound is not ('a' or 'e' or 'i' or 'o' or 'u' or 'h' or 'w' or 'y');
            if (count == 0 && sound is 'e' or 'i' or 'o' or 'u' or 'y') sound = 'a';
            if (keep && (count == 0 || sounds[count - 1] != sound)) sounds[count++] = sound;
        }
        return new string(sounds[..count]);
    }

    private static char Next(string text, ref int at)
    {
        foreach (var (letters, sound) in Digraphs)
            if (string.CompareOrdinal(text, at, letters, 0, letters.Length) == 0)
            {
                at += letters.Length;
                return sound[0];
            }
        return text[at++] switch
        {
            'v' or 'w' => 'f',
            'c' or 'q' => 'k',
            'b' => 'p',
            var c => c,
        };
    }
}
