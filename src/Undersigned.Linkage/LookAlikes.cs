using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Undersigned.Linkage;

/// <summary>
/// Letters that look like others, as UTS #39 (Unicode Security Mechanisms) has them, for the letters that look like Latin ones:
/// Cyrillic, Greek, Armenian, Cherokee, Lisu and others, and the full width, mathematical and other compatibility forms.
/// </summary>
public static class LookAlikes
{
    private static readonly FrozenDictionary<Rune, string> Prototypes = Read();

    /// <summary>
    /// The skeleton of UTS #39, section 4, over NFKC: two texts that look alike have the same. It is for comparing only, not for
    /// showing. "раураl" in Cyrillic letters gives what "paypal" gives; "1" and "I" give "l", "0" gives "O", "m" gives "rn".
    /// </summary>
    public static string Skeleton(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var skeleton = new StringBuilder(text.Length + 8);
        foreach (var rune in Folding.Compatible(text).Normalize(NormalizationForm.FormD).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format) continue;
            else if (Prototype(rune) is { } prototype) skeleton.Append(prototype);
            else skeleton.Append(rune.ToString());
        return skeleton.ToString().Normalize(NormalizationForm.FormD);
    }

    /// <summary>Whether one word mixes Latin letters with letters of another alphabet, as no honest name does.</summary>
    public static bool IsMixedScript(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var word in Folding.Compatible(text).Split([' ', '-', '\u00a0'], StringSplitOptions.RemoveEmptyEntries))
            if (WordMixes(word)) return true;
        return false;
    }

    /// <summary>The word with every foreign letter that looks Latin taken for the Latin one, if the word mixes scripts; else the word itself.</summary>
    internal static string Unmixed(string word, out bool mixed)
    {
        mixed = WordMixes(word);
        if (!mixed) return word;
        var latin = new StringBuilder(word.Length);
        foreach (var rune in word.EnumerateRunes())
            if (rune.Value > 127 && Prototypes.TryGetValue(rune, out var prototype)) latin.Append(prototype);
            else latin.Append(rune.ToString());
        return latin.ToString();
    }

    private static bool WordMixes(string word)
    {
        bool latin = false, other = false;
        foreach (var rune in word.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune)) continue;
            switch (Scripts.Of(rune))
            {
                case Script.Latin: latin = true; break;
                case Script.Greek or Script.Cyrillic or Script.Armenian or Script.Cherokee: other = true; break;
            }
        }
        return latin && other;
    }

    private static string? Prototype(Rune rune) => rune.Value switch
    {
        '0' => "O",
        '1' or 'I' or '|' => "l",
        'm' => "rn",
        < 128 => null,
        _ => Prototypes.TryGetValue(rune, out var prototype) ? prototype : null,
    };

    private static FrozenDictionary<Rune, string> Read()
    {
        var table = new Dictionary<Rune, string>();
        foreach (var line in Tables.Lines("look-alikes.txt"))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            foreach (var rune in line.AsSpan(blank + 1).EnumerateRunes()) table[rune] = line[..blank];
        }
        return table.ToFrozenDictionary();
    }
}
