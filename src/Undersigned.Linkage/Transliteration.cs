namespace Undersigned.Linkage;

/// <summary>
/// Whether two words in different alphabets may be one name. Each is read as a row of sounds, every sound a set of what the letters may
/// stand for ("c" is k, s or ch; Hebrew vav is v, o or u), and the rows are laid against each other: sounds that share something cost
/// nothing, vowels and weak letters little, and where an alphabet does not write vowels, next to nothing.
/// </summary>
internal static class Transliteration
{
    /// <summary>From which likeness on two words may be one name: under one in a hundred pairs of strangers reaches it in any alphabet.</summary>
    public const double AlikeAt = .75;

    /// <summary>The same where one side does not write vowels, so that there is less to tell words apart by.</summary>
    public const double AlikeWithoutVowelsAt = .80;

    private const int Longest = 40;

    public static bool Alike(in TokenTable.Word a, in TokenTable.Word b) => Alike(a.Text, a.Script, b.Text, b.Script);

    public static bool Alike(string a, Script scriptOfA, string b, Script scriptOfB) =>
        Likeness(a, scriptOfA, b, scriptOfB) >= (IsVowelless(scriptOfA) || IsVowelless(scriptOfB) ? AlikeWithoutVowelsAt : AlikeAt);

    private static bool IsVowelless(Script script) => script is Script.Arabic or Script.Hebrew;

    /// <summary>1 where all sounds may be the same, 0 where none.</summary>
    public static double Likeness(string a, Script scriptOfA, string b, Script scriptOfB)
    {
        Span<Sound> x = stackalloc Sound[Longest + 1], y = stackalloc Sound[Longest + 1];
        x = x[..Read(a, scriptOfA, x)];
        y = y[..Read(b, scriptOfB, y)];
        var weight = Math.Max(Weight(x), Weight(y));
        if (weight == 0) return 0;
        var vowelless = IsVowelless(scriptOfA) || IsVowelless(scriptOfB);
        return Math.Max(0, 1 - Cost(x, y, vowelless) / weight);
    }

    /// <summary>About how often a stranger's word in the other alphabet would lie as near: each consonant that must agree makes it rarer.</summary>
    public static double ByChance(in TokenTable.Word a, in TokenTable.Word b)
    {
        Span<Sound> x = stackalloc Sound[Longest + 1], y = stackalloc Sound[Longest + 1];
        x = x[..Read(a.Text, a.Script, x)];
        y = y[..Read(b.Text, b.Script, y)];
        var vowelless = IsVowelless(a.Script) || IsVowelless(b.Script);
        var (consonants, vowels) = (Math.Min(Count(x, vowels: false), Count(y, vowels: false)), vowelless ? 0 : Math.Min(Count(x, vowels: true), Count(y, vowels: true)));
        return Math.Min(1, Math.Pow(.2, consonants) * Math.Pow(.6, vowels) * Math.Pow(20, Cost(x, y, vowelless)));
    }

    private static int Count(ReadOnlySpan<Sound> sounds, bool vowels)
    {
        var count = 0;
        foreach (var sound in sounds)
            if (sound.IsVowel ? vowels : !vowels && !sound.IsWeak) count++;
        return count;
    }

    private static double Weight(ReadOnlySpan<Sound> sounds)
    {
        var weight = 0.0;
        foreach (var sound in sounds) weight += sound.IsVowel ? .3 : sound.IsWeak ? .4 : 1;
        return weight;
    }

    private static double Cost(ReadOnlySpan<Sound> x, ReadOnlySpan<Sound> y, bool vowelless)
    {
        Span<double> last = stackalloc double[Longest + 2], now = stackalloc double[Longest + 2];
        last[0] = 0;
        for (var j = 1; j <= y.Length; j++) last[j] = last[j - 1] + Missing(y[j - 1], vowelless, first: j == 1);
        for (var i = 1; i <= x.Length; i++)
        {
            now[0] = last[0] + Missing(x[i - 1], vowelless, first: i == 1);
            for (var j = 1; j <= y.Length; j++)
                now[j] = Math.Min(last[j - 1] + Changed(x[i - 1], y[j - 1]), Math.Min(last[j] + Missing(x[i - 1], vowelless, i == 1), now[j - 1] + Missing(y[j - 1], vowelless, j == 1)));
            var other = last;
            last = now;
            now = other;
        }
        return last[y.Length];
    }

    private static double Missing(Sound sound, bool vowelless, bool first)
    {
        if (sound.IsVowel) return vowelless ? .02 : first ? .3 : .15;
        if (sound.IsWeak) return .15;
        return first ? 1.2 : .9;
    }

    private static double Changed(Sound a, Sound b)
    {
        if ((a.Bits & b.Bits) != 0) return 0;
        if (a.IsVowel && b.IsVowel) return .15;
        if ((a.IsVowel || a.IsWeak) && (b.IsVowel || b.IsWeak)) return .1;
        return a.IsVowel || b.IsVowel ? 1.2 : 1.1;
    }

    /// <summary>What a letter may sound like.</summary>
    private readonly record struct Sound(int Bits)
    {
        public const int P = 1, F = 2, T = 4, K = 8, S = 16, X = 32, M = 64, N = 128, L = 256, R = 512, H = 1024, Weak = 2048, A = 4096, E = 8192, O = 16384;

        public bool IsVowel => (Bits & (A | E | O)) != 0 && (Bits & ~(A | E | O | Weak)) == 0;

        public bool IsWeak => (Bits & (Weak | H)) != 0;
    }

    private static int Read(string text, Script script, Span<Sound> sounds)
    {
        var count = 0;
        for (var at = 0; at < text.Length && count < Longest;)
        {
            var (bits, length) = Next(text, at, script);
            // "x" is two sounds.
            if (text[at] == 'x' && script is not Script.Han && count < Longest) Add(sounds, ref count, Sound.K | Sound.X);
            at += length;
            Add(sounds, ref count, bits);
        }
        return count;
    }

    /// <summary>A letter that is doubled is one sound.</summary>
    private static void Add(Span<Sound> sounds, ref int count, int bits)
    {
        if (count == 0 || sounds[count - 1].Bits != bits) sounds[count++] = new(bits);
    }

    private static (int Bits, int Length) Next(string text, int at, Script script)
    {
        if (at + 2 < text.Length && Three(text.AsSpan(at, 3)) is not 0 and var three) return (three, 3);
        if (at + 1 < text.Length && Two(text[at], text[at + 1], script) is not 0 and var two) return (two, 2);
        return (script switch
        {
            Script.Han => InHan(text[at]),
            Script.Kana or Script.Hangul => InSyllables(text[at]),
            Script.Hebrew or Script.Arabic => InAbjad(text[at], script),
            _ => InLatin(text[at]),
        }, 1);
    }

    private static int Three(ReadOnlySpan<char> letters) => letters switch
    {
        "sch" or "tch" or "tsh" => Sound.X | Sound.S,
        "dzh" => Sound.X | Sound.T,
        _ => 0,
    };

    private static int Two(char first, char second, Script script) => (first, second) switch
    {
        ('p', 'h') => Sound.F | Sound.P,
        // The syllable chi stands for ti as well.
        ('c', 'h') => script is Script.Kana ? Sound.X | Sound.T | Sound.S : Sound.X | Sound.K | Sound.H | Sound.S,
        ('c', 'k') => Sound.K,
        ('k', 'h') => Sound.K | Sound.H | Sound.X,
        ('g', 'h') => Sound.K | Sound.H,
        ('s', 'h') => Sound.X | Sound.S,
        ('z', 'h') => Sound.X | Sound.S,
        ('t', 'h') => Sound.T | Sound.S,
        ('d', 'h') => Sound.T | Sound.S,
        ('t', 's') or ('t', 'z') => Sound.S | Sound.T | Sound.X,
        ('d', 'z') => Sound.S | Sound.T | Sound.X,
        ('c', 'z') or ('c', 's') => Sound.X | Sound.S,
        ('s', 'z') => Sound.X | Sound.S,
        ('r', 'z') => Sound.X | Sound.R,
        ('d', 'j') => Sound.X,
        ('q', 'u') => Sound.K,
        ('n', 'g') => script is Script.Han or Script.Hangul ? Sound.N : 0,
        // The sign er stands for r and l alone.
        ('e', 'r') => script == Script.Han ? Sound.R | Sound.L : 0,
        _ => 0,
    };

    private static int InLatin(char c) => c switch
    {
        'a' => Sound.A,
        'e' => Sound.E | Sound.A,
        'i' or 'y' => Sound.E | Sound.Weak,
        'o' => Sound.O | Sound.A,
        'u' => Sound.O | Sound.Weak,
        'b' or 'v' => Sound.P | Sound.F,
        'p' => Sound.P,
        'f' => Sound.F | Sound.P,
        'w' => Sound.F | Sound.Weak,
        'c' => Sound.K | Sound.S | Sound.X,
        'g' => Sound.K | Sound.X,
        'j' => Sound.X | Sound.Weak | Sound.K | Sound.S,
        's' => Sound.S | Sound.X,
        'z' => Sound.S | Sound.X,
        'x' => Sound.S | Sound.X,
        _ => Plain(c),
    };

    private static int Plain(char c) => c switch
    {
        't' or 'd' => Sound.T,
        'k' or 'q' => Sound.K,
        'm' => Sound.M,
        'n' => Sound.N,
        'l' => Sound.L,
        'r' => Sound.R,
        'h' => Sound.H | Sound.Weak,
        _ => Sound.Weak,
    };

    private static int InAbjad(char c, Script script) => c switch
    {
        'v' => Sound.F | Sound.P | Sound.Weak | Sound.O,
        'w' => Sound.F | Sound.Weak | Sound.O,
        'y' => Sound.Weak | Sound.E,
        'f' => Sound.F | Sound.P,
        'b' or 'p' => Sound.P | Sound.F,
        's' or 'z' => Sound.S | Sound.X,
        'g' or 'j' => Sound.K | Sound.X,
        'k' or 'q' => script == Script.Hebrew ? Sound.K | Sound.H : Sound.K,
        _ => Plain(c),
    };

    private static int InHan(char c) => c switch
    {
        'a' => Sound.A,
        'e' => Sound.E | Sound.A,
        'i' => Sound.E | Sound.Weak,
        'o' => Sound.O | Sound.A,
        'u' => Sound.O | Sound.Weak,
        'b' or 'p' or 'f' => Sound.P | Sound.F,
        'w' => Sound.F | Sound.Weak,
        'x' => Sound.S | Sound.X | Sound.H,
        'q' or 'j' => Sound.X | Sound.K | Sound.T,
        'c' or 'z' => Sound.S | Sound.T,
        's' => Sound.S,
        'l' or 'r' => Sound.L | Sound.R,
        'h' => Sound.H | Sound.K | Sound.Weak,
        _ => Plain(c),
    };

    private static int InSyllables(char c) => c switch
    {
        'a' => Sound.A,
        'e' => Sound.E | Sound.A,
        'i' => Sound.E | Sound.Weak,
        'o' => Sound.O | Sound.A,
        'u' => Sound.O | Sound.Weak,
        'b' or 'p' => Sound.P | Sound.F,
        'f' => Sound.F | Sound.H,
        's' => Sound.S | Sound.X,
        'z' or 'j' => Sound.S | Sound.X,
        'l' or 'r' => Sound.L | Sound.R,
        'y' => Sound.Weak | Sound.E,
        'w' => Sound.Weak | Sound.O | Sound.F,
        _ => Plain(c),
    };

    /// <summary>Whether the first sounds of two words may be one: what looking closer is worth.</summary>
    public static bool MayBegin(in TokenTable.Word a, in TokenTable.Word b)
    {
        if (a.Text.Length == 0 || b.Text.Length == 0) return false;
        return (Beginning(a) & Beginning(b)) != 0;
    }

    private static int Beginning(in TokenTable.Word word)
    {
        var bits = Next(word.Text, 0, word.Script).Bits;
        // A first vowel may be a weak consonant, or nothing, on the other side.
        return (bits & (Sound.A | Sound.E | Sound.O | Sound.Weak | Sound.H)) != 0 ? bits | Sound.A | Sound.E | Sound.O | Sound.Weak : bits;
    }
}
