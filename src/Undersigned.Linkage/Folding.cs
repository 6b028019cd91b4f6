using System.Globalization;
using System.Text;
using AnyAscii;

namespace Undersigned.Linkage;

/// <summary>Texts of every script as plain lower-case Latin letters, the same on every machine and under every culture.</summary>
internal static class Folding
{
    /// <summary>NFKC, cut to what is read of a text, without broken surrogates, controls and more than three marks on a letter.</summary>
    public static string Compatible(string text)
    {
        if (Ascii.IsValid(text) && text.Length <= Signatory.MaxLength && !text.AsSpan().ContainsAnyInRange('\0', '\u001f')) return text;
        var sound = new StringBuilder(Math.Min(text.Length, Signatory.MaxLength));
        var marks = 0;
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, Signatory.MaxLength)).EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar) continue;
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control) { sound.Append(' '); continue; }
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks <= 3) sound.Append(rune.ToString());
        }
        return sound.ToString().Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Lower-case words of letters and digits, for organizations, positions and places.</summary>
    public static List<string> Words(string? text)
    {
        var words = new List<string>();
        if (string.IsNullOrWhiteSpace(text)) return words;
        var word = new StringBuilder();
        foreach (var c in ToAscii(Compatible(text)))
        {
            if (char.IsAsciiLetterOrDigit(c)) word.Append(char.ToLowerInvariant(c));
            else if (c is not ('\'' or '.') && word.Length > 0) Take(words, word);
        }
        if (word.Length > 0) Take(words, word);
        return words;
    }

    /// <summary>Latin letters for all others. Vowel points are dropped first; ё, ъ and ь follow what passports of several countries do.</summary>
    public static string ToAscii(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var bare = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!IsVowelPoint(c)) bare.Append(c);
        return bare.ToString().Transliterate();
    }

    private static bool IsVowelPoint(char c) => c is >= '\u0591' and <= '\u05c7' or >= '\u064b' and <= '\u065f' or '\u0670' or '\u0640' or 'ь' or 'Ь' or 'ъ' or 'Ъ';

    private static void Take(List<string> words, StringBuilder word)
    {
        words.Add(word.ToString());
        word.Clear();
    }
}
