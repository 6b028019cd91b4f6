using System.Runtime.InteropServices;

namespace Undersigned.Linkage;

/// <summary>
/// The lines of a list as numbers in plain lists, a row each; texts lie in the tables, once. Counts what the weights need: every
/// word and value once for each distinct name, so that five hundred lines of one name make nothing common.
/// </summary>
internal sealed partial class RecordStore
{
    private readonly List<Row> _rows = [];
    private readonly List<int> _numbers = [];
    private readonly List<PostNumbers> _posts = [];
    private readonly List<ulong> _keys = [];
    private readonly Dictionary<ulong, int> _names;
    private readonly Dictionary<ulong, int> _valuesOfNames;
    private readonly Dictionary<long, int> _rowOf = [];

    public RecordStore(Nicknames nicknames) => (Tokens, Values, _names, _valuesOfNames) = (new(nicknames), new(), [], []);

    /// <summary>The rows that are alive, of a store that is not used any more.</summary>
    public RecordStore(RecordStore before)
    {
        (Tokens, Values, _names, _valuesOfNames) = (before.Tokens, before.Values, before._names, before._valuesOfNames);
        (Names, EvidentPairs) = (before.Names, before.EvidentPairs);
        foreach (var row in before._rows)
            if (row.Alive) Take(before, row);
    }

    public TokenTable Tokens { get; }

    public ValueTable Values { get; }

    public int Rows => _rows.Count;

    public int Count => _rowOf.Count;

    /// <summary>Grows with every change of the counts.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>How many different names there are.</summary>
    public int Names { get; private set; }

    /// <summary>How many pairs of lines agree in the whole name and in an organization, a domain, a date or a code; of lines that all do, at most <see cref="MostOfOneGroup"/>.</summary>
    public int EvidentPairs { get; private set; }

    /// <summary>The pairs of six lines: a name that signs five hundred times makes no list one of duplicates.</summary>
    private const int MostOfOneGroup = 15;

    public ref readonly Row this[int row] => ref CollectionsMarshal.AsSpan(_rows)[row];

    public ReadOnlySpan<int> Numbers(int at, int count) => CollectionsMarshal.AsSpan(_numbers).Slice(at, count);

    public ReadOnlySpan<int> TokensOf(in Row row) => Numbers(row.NumbersAt, row.TokenCount);

    public ReadOnlySpan<int> AsideOf(in Row row) => Numbers(row.NumbersAt + row.TokenCount, row.AsideCount);

    public ReadOnlySpan<int> FactsOf(in Row row) => Numbers(row.NumbersAt + row.TokenCount + row.AsideCount, row.FactCount);

    public ReadOnlySpan<PostNumbers> PostsOf(in Row row) => CollectionsMarshal.AsSpan(_posts).Slice(row.PostsAt, row.PostCount);

    public ReadOnlySpan<ulong> KeysOf(in Row row) => CollectionsMarshal.AsSpan(_keys).Slice(row.KeysAt, row.KeyCount);

    /// <summary>What splits a block that is too large: organization, domain, place, facts, mailbox.</summary>
    public ReadOnlySpan<ulong> SecondsOf(in Row row) => CollectionsMarshal.AsSpan(_keys).Slice(row.KeysAt + row.KeyCount, row.SecondCount);

    public bool TryRow(long id, out int row) => _rowOf.TryGetValue(id, out row);

    public int Add(Signatory signatory)
    {
        var name = PersonName.Parse(signatory.Name, signatory.Aliases);
        var number = _rows.Count;
        if (!_rowOf.TryAdd(signatory.Id, number)) throw new ArgumentException($"Line {signatory.Id} is in the index already.", nameof(signatory));
        var row = new Row
        {
            Id = signatory.Id,
            Assurance = signatory.Assurance,
            Location = Values.Number(ValueKind.Place, signatory.Location),
            Domain = FreeMail.Is(signatory.EmailDomain) ? -1 : Values.Number(ValueKind.Domain, signatory.EmailDomain),
            FreeMail = FreeMail.Is(signatory.EmailDomain),
            Mailbox = string.IsNullOrEmpty(signatory.LocalPartToken) ? 0 : Mixing.Of(signatory.LocalPartToken),
            NumbersAt = _numbers.Count,
            PostsAt = _posts.Count,
            KeysAt = _keys.Count,
            Alive = true,
        };
        AddName(ref row, name);
        AddFacts(ref row, signatory);
        AddPosts(ref row, signatory);
        AddKeys(ref row);
        _rows.Add(row);
        CountIn(row, 1);
        return number;
    }

    public int Remove(long id)
    {
        if (!_rowOf.Remove(id, out var number)) return -1;
        ref var row = ref CollectionsMarshal.AsSpan(_rows)[number];
        row.Alive = false;
        CountIn(row, -1);
        return number;
    }

    /// <summary>Lets a removed row stand again.</summary>
    public void Restore(int number)
    {
        ref var row = ref CollectionsMarshal.AsSpan(_rows)[number];
        _rowOf.Add(row.Id, number);
        row.Alive = true;
        CountIn(row, 1);
    }

    /// <summary>Takes the last row away as if it had never been.</summary>
    public void TakeBackLast()
    {
        var row = _rows[^1];
        _rowOf.Remove(row.Id);
        CountIn(row, -1);
        _rows.RemoveAt(_rows.Count - 1);
        CollectionsMarshal.SetCount(_numbers, row.NumbersAt);
        CollectionsMarshal.SetCount(_posts, row.PostsAt);
        CollectionsMarshal.SetCount(_keys, row.KeysAt);
    }

    private void Take(RecordStore before, Row row)
    {
        var numbers = before.Numbers(row.NumbersAt, row.TokenCount + row.AsideCount + row.FactCount);
        var posts = before.PostsOf(row);
        var keys = CollectionsMarshal.AsSpan(before._keys).Slice(row.KeysAt, row.KeyCount + row.SecondCount);
        (row.NumbersAt, row.PostsAt, row.KeysAt) = (_numbers.Count, _posts.Count, _keys.Count);
        _numbers.AddRange(numbers);
        _posts.AddRange(posts);
        _keys.AddRange(keys);
        _rowOf.Add(row.Id, _rows.Count);
        _rows.Add(row);
    }

    private void AddName(ref Row row, PersonName name)
    {
        foreach (var token in name.Tokens)
        {
            _numbers.Add(Tokens.Number(token));
            row.Mixed |= token.Mixed;
        }
        foreach (var token in name.Aside) _numbers.Add(Tokens.Number(token));
        row.TokenCount = (byte)name.Tokens.Count;
        row.AsideCount = (byte)name.Aside.Count;
        Span<ulong> hashes = stackalloc ulong[row.TokenCount];
        for (var i = 0; i < hashes.Length; i++)
        {
            ref readonly var word = ref Tokens[_numbers[row.NumbersAt + i]];
            hashes[i] = Mixing.Of(word.TextHash, (ulong)word.Script);
        }
        hashes.Sort();
        row.NameKey = 1;
        foreach (var hash in hashes) row.NameKey = Mixing.Of(row.NameKey, hash);
        row.Piece = InOnePiece(TokensOf(row));
    }

    private void AddFacts(ref Row row, Signatory signatory)
    {
        foreach (var fact in signatory.Facts)
        {
            if (row.FactCount == 16) break;
            var kind = fact.Kind switch { FactKind.Date => ValueKind.Date, FactKind.Code => ValueKind.Code, _ => ValueKind.Words };
            var value = Values.Number(kind, fact.Value, fact.Name);
            if (value < 0) continue;
            _numbers.Add(value);
            row.FactCount++;
        }
    }

    private void AddPosts(ref Row row, Signatory signatory)
    {
        foreach (var post in signatory.Posts)
        {
            if (row.PostCount == 8) break;
            PostNumbers numbers = new(Values.Number(ValueKind.Organization, post.Organization), Values.Number(ValueKind.Position, post.Position), (short)(post.From ?? 0), (short)(post.To ?? 0));
            if (numbers is { Organization: < 0, Position: < 0, From: 0, To: 0 }) continue;
            _posts.Add(numbers);
            row.PostCount++;
        }
    }

    /// <summary>A name that is new counts each of its words once, a name with a value that is new the value once.</summary>
    private void CountIn(in Row row, int change)
    {
        Version++;
        if (Changed(_names, row.NameKey, change) == Math.Max(0, change))
        {
            Names += change;
            foreach (var token in TokensOf(row)) Tokens.Bears(token, change);
        }
        if (row.Location >= 0) CountValue(row, row.Location, change, evident: false);
        if (row.Domain >= 0) CountValue(row, row.Domain, change, evident: true);
        var facts = FactsOf(row);
        for (var i = 0; i < facts.Length; i++)
            if (!facts[..i].Contains(facts[i])) CountValue(row, facts[i], change, evident: Values[facts[i]].Kind != ValueKind.Words);
        var posts = PostsOf(row);
        for (var i = 0; i < posts.Length; i++)
        {
            // Two posts at one place are one line's.
            var before = posts[..i];
            var (organization, position) = (posts[i].Organization, posts[i].Position);
            if (organization >= 0 && !Holds(before, organization, -1)) CountValue(row, organization, change, evident: true);
            if (position >= 0 && !Holds(before, -1, position)) CountValue(row, position, change, evident: false);
        }
    }

    private static bool Holds(ReadOnlySpan<PostNumbers> posts, int organization, int position)
    {
        foreach (var post in posts)
            if (organization >= 0 && post.Organization == organization || position >= 0 && post.Position == position) return true;
        return false;
    }

    private void CountValue(in Row row, int value, int change, bool evident)
    {
        var holders = Changed(_valuesOfNames, Mixing.Of(row.NameKey, (ulong)value), change);
        if (holders == Math.Max(0, change)) Values.Holds(value, change);
        if (evident && row.TokenCount > 1) EvidentPairs += PairsOf(holders) - PairsOf(holders - change);
    }

    private static int PairsOf(int lines) => lines > 6 ? MostOfOneGroup : lines * (lines - 1) / 2;

    /// <summary>The count after the change.</summary>
    private static int Changed(Dictionary<ulong, int> counts, ulong key, int change)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
        count += change;
        var now = count;
        if (now == 0) counts.Remove(key);
        return now;
    }

    internal struct Row
    {
        public long Id;
        public ulong NameKey;

        /// <summary>The name without its spaces.</summary>
        public ulong Piece;
        public ulong Mailbox;
        public int NumbersAt;
        public int PostsAt;
        public int KeysAt;
        public int Location;
        public int Domain;
        public int Assurance;
        public byte TokenCount;
        public byte AsideCount;
        public byte FactCount;
        public byte PostCount;
        public byte KeyCount;
        public byte SecondCount;
        public bool FreeMail;
        public bool Mixed;
        public bool Alive;
    }

    internal readonly record struct PostNumbers(int Organization, int Position, short From, short To);
}
