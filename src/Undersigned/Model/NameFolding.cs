using System.Globalization;
using System.Text;
using AnyAscii;

namespace Undersigned.Model;

/// <summary>
/// One spelling for many: case, diacritics and script are folded away ("Łukasz" and "lukasz", "Straße" and "strasse"),
/// so that both engines index and find the same. For search and hints only: it never says that two people are one.
/// </summary>
public static class NameFolding
{
    public static string Fold(string name)
    {
        var ascii = string.Concat(name.Normalize(NormalizationForm.FormKC).Where(c => !IsVowelPoint(c))).Transliterate().ToLowerInvariant();
        var folded = new StringBuilder(ascii.Length);
        foreach (var c in ascii)
        {
            if (char.IsAsciiLetterOrDigit(c))
                folded.Append(c);
            else if (c is not ('\'' or '.' or '`') && folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }
        return folded.ToString().TrimEnd();
    }

    // Arabic and Hebrew are written with or without them.
    private static bool IsVowelPoint(char c) => c is >= '\u064b' and <= '\u065f' or '\u0670' or >= '\u0591' and <= '\u05bd' or '\u05bf' or '\u05c1' or '\u05c2' or '\u05c7';

    /// <summary>
    /// Family name first, folded: the last word of the name with the particles before it left out, then the whole.
    /// Names written family name first (Han, Hangul, kana, Hungarian is not told apart) sort by their first word.
    /// </summary>
    public static string SortKey(string name)
    {
        var folded = Fold(name);
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
            return folded;
        var family = IsFamilyFirst(name) ? words[0] : FamilyOf(name);
        return family + " " + folded;
    }

    private static string FamilyOf(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var i = words.Length - 1; i >= 0; i--)
        {
            var folded = Fold(words[i]);
            if (folded.Length > 0 && !Suffixes.Contains(folded))
                return folded;
        }
        return Fold(name);
    }

    private static readonly HashSet<string> Suffixes = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"];

    private static bool IsFamilyFirst(string name)
    {
        var first = name.EnumerateRunes().FirstOrDefault(r => Rune.GetUnicodeCategory(r) == UnicodeCategory.OtherLetter);
        return first.Value is >= 0x3040 and <= 0x30ff or >= 0x3400 and <= 0x9fff or >= 0xac00 and <= 0xd7af or >= 0x20000;
    }
}
