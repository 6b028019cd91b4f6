namespace Undersigned.SignatoryList;

/// <summary>Words of names, each once, with how many names have had it.</summary>
public sealed class Vocabulary
{
    private readonly Lock turn = new();
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<Entry> words = [];
    private readonly Dictionary<string, List<int>> byPiece = new(StringComparer.Ordinal);
    private long size;

    /// <summary>The tree size up to which names were read.</summary>
    public long Size => Volatile.Read(ref size);

    /// <summary>Adds what came between two sizes; nothing where somebody else has done so meanwhile.</summary>
    public void Grow(IEnumerable<KeyValuePair<string, int>> came, long from, long to)
    {
        lock (turn)
        {
            if (size != from)
                return;
            foreach (var (word, names) in came)
                Add(word, names);
            Volatile.Write(ref size, to);
        }
    }

    private void Add(string word, int names)
    {
        if (numbers.TryGetValue(word, out var number))
        {
            words[number] = words[number] with { Names = words[number].Names + names };
            return;
        }
        numbers.Add(word, words.Count);
        var pieces = NameMatch.AllPieces(word).Distinct().ToList();
        foreach (var piece in pieces)
        {
            if (!byPiece.TryGetValue(piece, out var having))
                byPiece.Add(piece, having = []);
            having.Add(words.Count);
        }
        words.Add(new Entry(word, pieces.Count, names));
    }

    /// <summary>Those that are a word of two letters or more, or begin with it, the commonest first.</summary>
    public IReadOnlyList<string> Beginning(string asked, int most)
    {
        lock (turn)
            return Commonest(byPiece.GetValueOrDefault(" " + asked[..2]) ?? [], w => w.StartsWith(asked, StringComparison.Ordinal), most);
    }

    /// <summary>Those one slip of the typing away, the commonest first.</summary>
    public IReadOnlyList<string> OneSlipFrom(string asked, int most)
    {
        if (asked.Length < NameMatch.ShortestWithSlip)
            return [];
        lock (turn)
            return Commonest(Sharing(asked).Keys, w => NameMatch.IsOneSlip(asked, w), most);
    }

    private List<string> Commonest(IEnumerable<int> among, Func<string, bool> fits, int most) =>
        [.. among.Select(n => words[n]).Where(w => fits(w.Word)).OrderByDescending(w => w.Names).ThenBy(w => w.Word, StringComparer.Ordinal).Take(most).Select(w => w.Word)];

    /// <summary>Those that share most with a word, the nearest first, and how many names have had one of them.</summary>
    public (IReadOnlyList<string> Words, int Names) NearestTo(string asked, int most)
    {
        var pieces = NameMatch.Pieces(asked).Distinct().Count();
        lock (turn)
        {
            var near = Sharing(asked).Select(s => (Entry: words[s.Key], Near: (double)s.Value / (pieces + words[s.Key].Pieces - s.Value)))
                .OrderByDescending(w => w.Near).ThenBy(w => w.Entry.Word, StringComparer.Ordinal).Take(most).Select(w => w.Entry).ToList();
            return ([.. near.Select(e => e.Word)], near.Sum(e => e.Names));
        }
    }

    // How many pieces each word shares with what was asked for.
    private Dictionary<int, int> Sharing(string asked)
    {
        var shared = new Dictionary<int, int>();
        foreach (var piece in NameMatch.Pieces(asked).Distinct())
            foreach (var number in byPiece.GetValueOrDefault(piece) ?? [])
                shared[number] = shared.GetValueOrDefault(number) + 1;
        return shared;
    }

    private sealed record Entry(string Word, int Pieces, int Names);
}
