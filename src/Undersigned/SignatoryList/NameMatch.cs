using Undersigned.Model;

namespace Undersigned.SignatoryList;

/// <summary>
/// Whether a name is the one that was looked for: each word asked for is a word of the name, its beginning, its initial, or differs from
/// it by one slip of the typing (a letter too many, too few, another one, or two swapped). Case and diacritics are folded away before.
/// </summary>
public static class NameMatch
{
    /// <summary>Shorter words would be found everywhere.</summary>
    public const int ShortestWithSlip = 4;

    public static string[] WordsOf(string folded) => folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How many slips lie between what was asked and the name; null where it is another name.</summary>
    public static int? Slips(IReadOnlyList<string> asked, string foldedName)
    {
        var name = WordsOf(foldedName);
        var slips = 0;
        foreach (var word in asked)
        {
            var least = name.Min(n => Slips(word, n));
            if (least is not { } found)
                return null;
            slips += found;
        }
        return slips;
    }

    private static int? Slips(string asked, string word)
    {
        if (word.StartsWith(asked, StringComparison.Ordinal))
            return 0;
        return asked.Length >= ShortestWithSlip && IsOneSlip(asked, word) ? 1 : null;
    }

    /// <summary>One insertion, deletion, substitution or transposition of neighbours.</summary>
    public static bool IsOneSlip(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 1)
            return false;
        var start = a.AsSpan().CommonPrefixLength(b);
        var restA = a.AsSpan(start);
        var restB = b.AsSpan(start);
        if (restA.Length != restB.Length)
            return restA.Length > restB.Length ? restA[1..].SequenceEqual(restB) : restA.SequenceEqual(restB[1..]);
        return restA.Length > 0
            && (restA[1..].SequenceEqual(restB[1..]) || restA.Length > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA[2..].SequenceEqual(restB[2..]));
    }

    /// <summary>
    /// Pieces of three letters, of which at least one is in every name that a word with one slip can mean; a space is the edge of a word.
    /// The words of a list are looked up by these.
    /// </summary>
    public static IReadOnlyList<string> Pieces(string word)
    {
        if (word.Length < 2)
            return [];
        if (word.Length < ShortestWithSlip)
            return [" " + word[..2]];
        var pieces = AllPieces(word);
        // Of four letters the middle two swapped leave no piece whole.
        return [.. word.Length == 4 ? pieces.Append($"{word[0]}{word[2]}{word[1]}") : pieces];
    }

    /// <summary>Every three letters of a word that stands between spaces.</summary>
    public static IEnumerable<string> AllPieces(string word)
    {
        var edged = $" {word} ";
        return Enumerable.Range(0, edged.Length - 2).Select(i => edged.Substring(i, 3));
    }

    /// <summary>How near two names are, 0 to 1, by the pieces they share: for "close to it".</summary>
    public static double Nearness(IReadOnlyList<string> asked, string foldedName)
    {
        var a = asked.SelectMany(Pieces).ToHashSet();
        var b = WordsOf(foldedName).SelectMany(Pieces).ToHashSet();
        var common = a.Count(b.Contains);
        return common == 0 ? 0 : (double)common / (a.Count + b.Count - common);
    }

    public static string[] Fold(string query) => WordsOf(NameFolding.Fold(query));
}
