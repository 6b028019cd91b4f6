using System.Text;
using Undersigned.Linkage;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// The organiser's words that set a line aside. Case, diacritics and script are folded away; a word is found as a whole word, and where it
/// is pulled apart ("s.c u-m"), written with figures for letters ("5cum"), with letters that look alike or in another alphabet
/// (<see cref="ReadWord"/>). Not inside other words: nobody is called names for living in Scunthorpe.
/// </summary>
public sealed class WordList
{
    /// <summary>Pieces up to so many letters are read together, as people write a word to hide it.</summary>
    private const int LongestPiece = 2;

    private readonly IReadOnlyList<Listed> words;

    public WordList(IEnumerable<string> listed) =>
        words = [.. listed.Select(w => (Word: w, Tokens: Tokens(w))).Where(w => w.Tokens.Length > 0)
            .Select(w => new Listed(w.Word, w.Tokens, string.Concat(w.Tokens), [.. Pieces(w.Word).Select(p => new ReadWord(p))], new ReadWord(string.Concat(Pieces(w.Word)))))];

    /// <summary>The listed words that stand in any of the texts, as the organiser wrote them.</summary>
    public IReadOnlyList<string> FoundIn(IEnumerable<string?> texts)
    {
        if (words.Count == 0)
            return [];
        var found = new List<string>();
        foreach (var text in texts.Where(t => !string.IsNullOrWhiteSpace(t)))
        {
            var tokens = Tokens(text!);
            string[] plain = [.. tokens.Select(WithoutFigures)];
            var runs = Runs(tokens).Concat(Runs(plain)).ToList();
            found.AddRange(words.Where(w => Has(tokens, w.Tokens) || Has(plain, w.Tokens) || runs.Contains(w.Joined)).Select(w => w.Word));
            if (!System.Text.Ascii.IsValid(text))
                found.AddRange(Disguised(Pieces(text!)));
        }
        return [.. found.Distinct()];
    }

    public IReadOnlyList<string> FoundIn(ShownLine line) => FoundIn([line.Name, line.Position, line.Organization, line.Location]);

    private IEnumerable<string> Disguised(string[] pieces)
    {
        ReadWord[] read = [.. pieces.Select(p => new ReadWord(p))];
        var runs = Runs(pieces).Select(r => new ReadWord(r)).ToList();
        return words.Where(w => Reads(read, w.Read) || runs.Exists(r => r.MayBe(w.ReadJoined))).Select(w => w.Word);
    }

    private static bool Reads(ReadWord[] text, ReadWord[] word)
    {
        for (var i = 0; i + word.Length <= text.Length; i++)
            if (word.Index().All(w => text[i + w.Index].MayBe(w.Item)))
                return true;
        return false;
    }

    /// <summary>The words of a text as they are written.</summary>
    private static string[] Pieces(string text)
    {
        var spaced = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            spaced.Append(Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark ? rune.ToString() : " ");
        return spaced.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed record Listed(string Word, string[] Tokens, string Joined, ReadWord[] Read, ReadWord ReadJoined);

    private static string[] Tokens(string text) => NameFolding.Fold(text.Replace('$', 's').Replace('@', 'a')).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool Has(string[] tokens, string[] word)
    {
        for (var i = 0; i + word.Length <= tokens.Length; i++)
            if (tokens.AsSpan(i, word.Length).SequenceEqual(word))
                return true;
        return false;
    }

    private static IEnumerable<string> Runs(string[] tokens)
    {
        for (var begin = 0; begin < tokens.Length; begin++)
        {
            var run = "";
            for (var end = begin; end < tokens.Length && tokens[end].Length <= LongestPiece; end++)
            {
                run += tokens[end];
                if (end > begin)
                    yield return run;
            }
        }
    }

    private static string WithoutFigures(string token) => !token.Any(char.IsAsciiLetter) ? token : string.Concat(token.Select(c => c switch
    {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        _ => c,
    }));
}
