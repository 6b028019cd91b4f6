using System.Globalization;
using System.Text;

namespace Undersigned.Linkage;

/// <summary>
/// A word as a reader takes it: by the look of its letters, and where it is in another alphabet, by its sound. So a word is found that
/// somebody hides in letters that look alike ("ѕсum" with Cyrillic ѕ and с) or writes in another alphabet ("скум").
/// </summary>
public sealed class ReadWord
{
    /// <summary>Fewer consonants than these are in too many words.</summary>
    private const int EnoughConsonants = 3;

    private readonly HashSet<string> _looks = new(StringComparer.Ordinal);
    private readonly Script _script;
    private readonly string _sound;
    private readonly string _consonants;

    /// <summary>A word without blanks.</summary>
    public ReadWord(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var unmixed = LookAlikes.Unmixed(word, out _);
        _script = unmixed.EnumerateRunes().Where(Rune.IsLetter).Select(Scripts.Of).FirstOrDefault();
        // Capitals and small letters are looked at apart: М is like M, and м is not like m.
        foreach (var dress in new[] { word, word.ToLowerInvariant(), word.ToUpperInvariant() })
            if (Look(dress) is { Length: > 0 } look) _looks.Add(look);
        var letters = string.Concat(Folding.ToAscii(Folding.Compatible(unmixed)).ToLowerInvariant().Where(char.IsAsciiLetterLower));
        _sound = Sound(letters);
        _consonants = ConsonantSkeleton.Of(letters);
    }

    /// <summary>Whether a reader may take one for the other.</summary>
    public bool MayBe(ReadWord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_looks.Overlaps(other._looks)) return true;
        if (_script == other._script || _sound.Length == 0) return false;
        // Where vowels are not written the consonants must do.
        return _sound == other._sound || WithoutVowels(_script, other._script) && _consonants.Length >= EnoughConsonants && _consonants == other._consonants;
    }

    private static bool WithoutVowels(Script a, Script b) => a is Script.Arabic or Script.Hebrew || b is Script.Arabic or Script.Hebrew;

    private static string Look(string word)
    {
        var look = new StringBuilder();
        foreach (var rune in LookAlikes.Skeleton(word).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)) look.Append(Rune.ToLowerInvariant(rune).ToString());
        return look.ToString();
    }

    /// <summary>Letters that alphabets do not keep apart: "scum" and "skum", "quick" and "kuik".</summary>
    private static string Sound(string letters)
    {
        var sound = new StringBuilder(letters.Length);
        foreach (var c in letters.Replace("ph", "f", StringComparison.Ordinal).Replace("ck", "k", StringComparison.Ordinal))
            sound.Append(c switch { 'c' or 'q' => 'k', 'w' => 'v', 'y' or 'j' => 'i', _ => c });
        return sound.ToString();
    }
}
