using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>One way of writing an organization or a position, and how many offices are written so.</summary>
public sealed record Spelling(string Text, int Count);

/// <summary>Spellings that may mean the same, the most frequent first, and why they stand together.</summary>
public sealed record Cluster(IReadOnlyList<Spelling> Spellings, string Why)
{
    public string Suggested => Spellings[0].Text;
    public int Offices => Spellings.Sum(s => s.Count);
}

/// <summary>
/// Finds spellings that may mean the same: the same letters, the same words in another order, initials ("SDNY", "Southern District of New York"),
/// shortened words ("Div.", "Division"), a slip of the pen. It suggests; a person decides.
/// </summary>
public static class Spellings
{
    private const int LongEnoughForASlip = 5;
    private const int LongEnoughForTwoSlips = 10;
    private static readonly HashSet<string> Small = ["of", "the", "and", "for", "de", "la", "du", "des", "der", "die", "das", "und", "et", "y", "in", "at", "on", "a"];

    private sealed class Word(Spelling spelling)
    {
        public Spelling Spelling => spelling;
        public string Folded { get; } = NameFolding.Fold(spelling.Text.Replace("&", " and ", StringComparison.Ordinal));
        public string[] Tokens => field ??= [.. Folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(t => !Small.Contains(t))];
        public string Sorted => field ??= string.Join(' ', Tokens.Order(StringComparer.Ordinal));
        public string Joined => field ??= string.Concat(Tokens);
        public string Initials => field ??= Tokens.Length < 2 ? "" : string.Concat(Tokens.Select(t => t[0]));
        /// <summary>Also with the small words: "Department of Justice" is DOJ.</summary>
        public string AllInitials => field ??= Folded.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } all ? string.Concat(all.Select(t => t[0])) : "";
    }

    /// <param name="spellings">All that are written.</param>
    /// <param name="areApart">Whether a person has told two apart; such two never stand in one group, also not by way of a third.</param>
    public static IReadOnlyList<Cluster> Clusters(IEnumerable<Spelling> spellings, Func<string, string, bool>? areApart = null)
    {
        var words = spellings.Select(s => new Word(s)).Where(w => w.Folded.Length > 0).OrderByDescending(w => w.Spelling.Count).ThenBy(w => w.Spelling.Text, StringComparer.Ordinal).ToList();
        var parent = Enumerable.Range(0, words.Count).ToArray();
        var why = new Dictionary<int, SortedSet<string>>();
        var groups = Enumerable.Range(0, words.Count).ToDictionary(i => i, i => new List<int> { i });
        foreach (var (a, b, reason) in Pairs(words))
        {
            var (x, y) = (Root(parent, a), Root(parent, b));
            if (x != y && areApart is not null && groups[x].Any(m => groups[y].Any(n => areApart(words[m].Spelling.Text, words[n].Spelling.Text))))
                continue;
            Join(parent, why, a, b, reason);
            if (x == y)
                continue;
            groups[Math.Min(x, y)].AddRange(groups[Math.Max(x, y)]);
            groups.Remove(Math.Max(x, y));
        }
        return [.. Enumerable.Range(0, words.Count).GroupBy(i => Root(parent, i)).Where(g => g.Count() > 1)
            .Select(g => new Cluster([.. g.Select(i => words[i].Spelling)], string.Join(", ", why[g.Key])))
            .OrderByDescending(c => c.Offices).ThenBy(c => c.Suggested, StringComparer.Ordinal)];
    }

    private static IEnumerable<(int A, int B, string Why)> Pairs(List<Word> words) =>
        Same(words, w => w.Folded, "case and signs")
            .Concat(Same(words, w => w.Sorted, "the same words"))
            .Concat(Same(words, w => w.Joined, "spaces"))
            .Concat(Abbreviated(words))
            .Concat(Slips(words));

    private static IEnumerable<(int, int, string)> Same(List<Word> words, Func<Word, string> key, string why)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
            if (key(words[i]) is { Length: > 0 } k && !first.TryAdd(k, i))
                yield return (first[k], i, why);
    }

    private static IEnumerable<(int, int, string)> Abbreviated(List<Word> words)
    {
        // The most frequent of those with the same initials: an abbreviation that could be two bodies is shown with one of them, for a person to judge.
        var initials = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
            foreach (var letters in new[] { words[i].Initials, words[i].AllInitials })
                if (letters.Length > 1)
                    initials.TryAdd(letters, i);
        for (var i = 0; i < words.Count; i++)
            if (words[i].Tokens.Length > 0 && initials.TryGetValue(words[i].Joined, out var whole) && whole != i)
                yield return (whole, i, "initials");
    }

    /// <summary>All words but one are the same, and that one differs by a slip of the pen or is shortened.</summary>
    private static IEnumerable<(int, int, string)> Slips(List<Word> words)
    {
        var butOne = new Dictionary<string, List<(int Word, string Odd)>>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
            for (var t = 0; t < words[i].Tokens.Length; t++)
            {
                // A single word is compared with those that begin like it.
                var key = words[i].Tokens.Length == 1 ? words[i].Folded[..1] : string.Join(' ', words[i].Tokens.Where((_, at) => at != t).Prepend($"{t}/{words[i].Tokens.Length}"));
                if (!butOne.TryGetValue(key, out var there))
                    butOne[key] = there = [];
                there.Add((i, words[i].Tokens[t]));
            }
        foreach (var alike in butOne.Values)
            for (var a = 0; a < alike.Count; a++)
                for (var b = a + 1; b < alike.Count; b++)
                    if (alike[a].Word != alike[b].Word && Alike(alike[a].Odd, alike[b].Odd) is { } reason)
                        yield return (alike[a].Word, alike[b].Word, reason);
    }

    private static string? Alike(string a, string b)
    {
        if (IsShort(a, b) || IsShort(b, a))
            return "shortened words";
        var shorter = Math.Min(a.Length, b.Length);
        var most = shorter < LongEnoughForTwoSlips ? 1 : 2;
        // Bodies that differ by a number are different bodies.
        return shorter >= LongEnoughForASlip && Math.Abs(a.Length - b.Length) <= most && !a.Any(char.IsDigit) && !b.Any(char.IsDigit)
            && Distance(a, b, most) <= most ? "a slip of the pen" : null;
    }

    // "div" for "division", "dept" for "department": begins alike, and its letters follow in order.
    private static bool IsShort(string shorter, string word)
    {
        if (shorter.Length is < 2 or > 5 || word.Length < shorter.Length + 2 || shorter[0] != word[0] || shorter[1] != word[1])
            return false;
        var at = 0;
        foreach (var c in word)
            if (at < shorter.Length && shorter[at] == c)
                at++;
        return at == shorter.Length;
    }

    /// <summary>Letters changed, added, left out or swapped with their neighbour; one more than <paramref name="most"/> where it is more.</summary>
    internal static int Distance(string a, string b, int most)
    {
        var rows = new[] { new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1] };
        for (var j = 0; j <= b.Length; j++)
            rows[0][j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var (now, last, before) = (rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3]);
            now[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(now[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
                least = Math.Min(least, now[j]);
            }
            if (least > most)
                return most + 1;
        }
        return rows[a.Length % 3][b.Length];
    }

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i)
            i = parent[i] = parent[parent[i]];
        return i;
    }

    private static void Join(int[] parent, Dictionary<int, SortedSet<string>> why, int a, int b, string reason)
    {
        var (x, y) = (Root(parent, a), Root(parent, b));
        var (keep, gone) = (Math.Min(x, y), Math.Max(x, y));
        parent[gone] = keep;
        var reasons = why.TryGetValue(keep, out var there) ? there : why[keep] = new SortedSet<string>(StringComparer.Ordinal);
        if (x != y)
            reasons.Add(reason);
        if (x != y && why.Remove(gone, out var theirs))
            reasons.UnionWith(theirs);
    }
}
