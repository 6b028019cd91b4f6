using System.Globalization;
using System.Text;

namespace Undersigned.Log.Letters;

/// <summary>What is wrong with a name.</summary>
public enum NameFault
{
    /// <summary>No character at all.</summary>
    Empty,

    /// <summary>More than 100 characters.</summary>
    TooLong,

    /// <summary>Not in Unicode's composed form (NFC).</summary>
    NotComposed,

    /// <summary>A control character, a line break included.</summary>
    Control,

    /// <summary>A bidirectional or other invisible formatting character, or a joiner that is not between letters.</summary>
    Invisible,

    /// <summary>More than 3 combining marks on one base.</summary>
    Stacked,

    /// <summary>An address: of mail or of a page.</summary>
    Address,
}

/// <summary>What a name in a public record should be (signatory log, section 4). The server refuses others at its form; a verifier warns of them.</summary>
public static class NameRules
{
    /// <summary>The largest name, in characters (Unicode scalar values).</summary>
    public const int MaxCharacters = 100;

    private const int MaxMarks = 3;

    private static readonly string[] CommonEndings = [".com", ".org", ".net", ".edu", ".gov", ".info", ".biz", ".example", ".eu", ".uk", ".de", ".fr", ".io"];

    /// <summary>The first fault of a name, or null where it is as it should be.</summary>
    public static NameFault? FaultOf(string name)
    {
        var runes = new List<Rune>();
        foreach (var rune in name.EnumerateRunes()) runes.Add(rune);
        if (runes.Count == 0) return NameFault.Empty;
        if (runes.Count > MaxCharacters) return NameFault.TooLong;
        if (runes.Any(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            return NameFault.Control;
        if (runes.Where((rune, i) => IsInvisible(rune) && !JoinsLetters(runes, i)).Any()) return NameFault.Invisible;
        if (IsStacked(runes)) return NameFault.Stacked;
        if (!IsComposed(name)) return NameFault.NotComposed;
        return IsAddress(name) ? NameFault.Address : null;
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0;

    // The scripts that need a zero-width joiner or non-joiner need it inside a word.
    private static bool JoinsLetters(List<Rune> runes, int i) =>
        runes[i].Value is 0x200C or 0x200D && i > 0 && i + 1 < runes.Count && (Rune.IsLetter(runes[i - 1]) || IsMark(runes[i - 1])) && Rune.IsLetter(runes[i + 1]);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsStacked(List<Rune> runes)
    {
        var marks = 0;
        foreach (var rune in runes)
        {
            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks > MaxMarks) return true;
        }
        return false;
    }

    private static bool IsComposed(string name)
    {
        try
        {
            return name.IsNormalized(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsAddress(string name)
    {
        if (name.Contains("://", StringComparison.Ordinal) || name.Contains('@', StringComparison.Ordinal)) return true;
        return name.Split(' ', ',', ';', '(', ')', '<', '>').Any(word =>
            word.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
            || CommonEndings.Any(ending => word.Length > ending.Length + 1 && word.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));
    }
}
