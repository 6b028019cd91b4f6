namespace Undersigned.Linkage;

/// <summary>
/// A list of people, kept so that one new line is compared with all that stand in milliseconds. What it answers depends on the lines
/// that stand and on nothing else: not on the order they came in, nor on lines that went, so it always equals a run over all.
/// For one thread at a time.
/// </summary>
public sealed partial class LinkageIndex
{
    private readonly LinkageOptions _options;
    private readonly Candidates _candidates = new();
    private RecordStore _store;
    private Blocks _blocks;
    private PairComparison _comparison;

    /// <summary>An empty index.</summary>
    public LinkageIndex(LinkageOptions? options = null)
    {
        _options = options ?? new();
        _store = new(new Nicknames(_options.Nicknames));
        _blocks = new(_store);
        _comparison = new(_store);
    }

    /// <summary>How many lines stand.</summary>
    public int Count => _store.Count;

    /// <summary>How common names are among the lines that stand.</summary>
    public NameFrequencies Names => new(_store);

    /// <summary>Whether a line stands.</summary>
    public bool Contains(long id) => _store.TryRow(id, out _);

    /// <summary>Lets a line stand.</summary>
    /// <exception cref="ArgumentException">A line of this number stands already.</exception>
    public void Add(Signatory signatory)
    {
        ArgumentNullException.ThrowIfNull(signatory);
        _blocks.Add(_store.Add(signatory));
        Tidy();
    }

    /// <summary>Lets many lines stand, much quicker than one by one.</summary>
    /// <exception cref="ArgumentException">A number comes twice, or stands already; the lines before it stand.</exception>
    public void AddRange(IEnumerable<Signatory> signatories)
    {
        ArgumentNullException.ThrowIfNull(signatories);
        var before = _store.Rows;
        try
        {
            foreach (var signatory in signatories) _store.Add(signatory);
        }
        finally
        {
            if (_store.Rows - before > 500) _blocks.Rebuild();
            else for (var row = before; row < _store.Rows; row++) _blocks.Add(row);
        }
    }

    /// <summary>Takes a line away; false if it did not stand.</summary>
    public bool Remove(long id)
    {
        if (_store.Remove(id) < 0) return false;
        _blocks.Removed();
        Tidy();
        return true;
    }

    /// <summary>Puts a line in the place of the one of the same number, if there is one.</summary>
    public void Replace(Signatory signatory)
    {
        ArgumentNullException.ThrowIfNull(signatory);
        Remove(signatory.Id);
        Add(signatory);
    }

    /// <summary>
    /// The lines that may be the same person as one more line, as if it stood among them; a standing line of the same number is left
    /// out. Strongest first. The index is afterwards as it was.
    /// </summary>
    /// <param name="signatory">The new line.</param>
    /// <param name="differentPeople">Pairs that a person has looked at and found to be two.</param>
    public IReadOnlyList<Match> Find(Signatory signatory, IReadOnlySet<IdPair>? differentPeople = null)
    {
        ArgumentNullException.ThrowIfNull(signatory);
        var stood = _store.Remove(signatory.Id);
        var row = _store.Add(signatory);
        _blocks.Add(row);
        try
        {
            return MatchesOfRow(row, differentPeople);
        }
        finally
        {
            _blocks.TakeBack(row);
            _store.TakeBackLast();
            if (stood >= 0) _store.Restore(stood);
        }
    }

    /// <summary>The lines that may be the same person as a standing one: its pairs among <see cref="AllPairs"/>, strongest first. Empty if it does not stand.</summary>
    public IReadOnlyList<Match> MatchesOf(long id, IReadOnlySet<IdPair>? differentPeople = null) =>
        _store.TryRow(id, out var row) ? MatchesOfRow(row, differentPeople) : [];

    /// <summary>Compares two standing lines, whatever comes of it; null if one does not stand.</summary>
    public Match? Explain(long first, long second)
    {
        if (first == second || !_store.TryRow(Math.Min(first, second), out var a) || !_store.TryRow(Math.Max(first, second), out var b)) return null;
        return Explained(a, b, PriorBits());
    }

    private List<Match> MatchesOfRow(int row, IReadOnlySet<IdPair>? differentPeople)
    {
        _candidates.Grow(_store.Rows);
        _blocks.Candidates(row, _candidates);
        var prior = PriorBits();
        var bar = Bits(_options.ReviewAt);
        var matches = new List<Match>();
        foreach (var other in _candidates.Rows)
        {
            if (prior + ScoreOf(row, other) < bar || IsExcluded(row, other, differentPeople)) continue;
            matches.Add(Explained(row, other, prior));
        }
        matches.Sort((a, b) => a.Bits != b.Bits ? b.Bits.CompareTo(a.Bits) : (a.First, a.Second).CompareTo((b.First, b.Second)));
        return matches;
    }

    /// <summary>The lower number is always the first, so that a pair has one score to the last bit.</summary>
    private double ScoreOf(int row, int other) =>
        _store[row].Id < _store[other].Id ? _comparison.Score(_store[row], _store[other]) : _comparison.Score(_store[other], _store[row]);

    private bool IsExcluded(int a, int b, IReadOnlySet<IdPair>? differentPeople) =>
        differentPeople is not null && differentPeople.Contains(IdPair.Of(_store[a].Id, _store[b].Id));

    private Match Explained(int a, int b, double prior)
    {
        if (_store[a].Id > _store[b].Id) (a, b) = (b, a);
        var trail = new List<Agreement>();
        var bits = prior + _comparison.Score(_store[a], _store[b], trail);
        return Reasoning.Match(_store, _store[a], _store[b], bits, trail, _options);
    }

    /// <summary>
    /// log2(λ/(1−λ)), λ the share of pairs that are one person: few duplicates for each line, or where more are evident twice those,
    /// over all pairs. A letter of ten times the size has ten times the chance of namesakes, so its bar is higher.
    /// </summary>
    private double PriorBits()
    {
        double lines = Math.Max(_store.Count, 100);
        var pairs = lines * (lines - 1) / 2;
        var share = Math.Min(Math.Max(Weights.DuplicatesPerLine * lines, Weights.PairsPerEvidentPair * _store.EvidentPairs) / pairs, .2);
        return Math.Log2(share / (1 - share));
    }

    private static double Bits(double probability) => Math.Log2(probability / (1 - probability));

    private void Tidy()
    {
        if (_store.Rows - _store.Count > Math.Max(2000, _store.Count / 2)) Compact();
        else if (_blocks.NeedsRebuild) _blocks.Rebuild();
    }

    /// <summary>Lets go of the rows of lines that went.</summary>
    private void Compact()
    {
        _store = new(_store);
        _blocks = new(_store);
        _comparison = new(_store);
        _blocks.Rebuild();
    }
}
