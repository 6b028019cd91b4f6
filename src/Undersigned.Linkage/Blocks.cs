using System.Runtime.InteropServices;

namespace Undersigned.Linkage;

/// <summary>
/// Which rows share a key. The bulk lies in sorted arrays, what came since in a small dictionary; both are searched, and the arrays
/// are made anew when a tenth has changed. In a block above the cap only rows that share a second value (organization, place, …)
/// are compared, and of those, where they are very many too, the nearest by number: a burst of one name is a count, not a
/// million pairs.
/// </summary>
internal sealed class Blocks(RecordStore store)
{
    /// <summary>Rows of a block that are all compared with each other.</summary>
    public const int Cap = 40;

    /// <summary>Rows on each side that a row of an overfull block is compared with.</summary>
    public const int Window = 20;

    private Postings _all = Postings.None;
    private Postings _split = Postings.None;
    private Dictionary<ulong, List<int>> _since = [];
    private int _changes;

    public void Add(int row)
    {
        foreach (var key in store.KeysOf(store[row]))
        {
            ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(_since, key, out _);
            (rows ??= []).Add(row);
        }
        _changes++;
    }

    public void Removed() => _changes++;

    public void TakeBack(int row)
    {
        foreach (var key in store.KeysOf(store[row]))
        {
            ref var rows = ref CollectionsMarshal.GetValueRefOrNullRef(_since, key);
            rows!.RemoveAt(rows.Count - 1);
            if (rows.Count == 0) _since.Remove(key);
        }
        _changes--;
    }

    public bool NeedsRebuild => _changes > 2000 && _changes > store.Count / 10;

    public void Rebuild()
    {
        _since = [];
        _changes = 0;
        _all = Postings.Of(store, row => store.KeysOf(store[row]));
        var overfull = _all.Overfull(Cap);
        _split = overfull.Count == 0 ? Postings.None : Postings.Split(store, overfull);
    }

    /// <summary>The rows that a row is to be compared with, each once.</summary>
    public void Candidates(int row, Candidates into)
    {
        into.Begin(row);
        ref readonly var it = ref store[row];
        foreach (var key in store.KeysOf(it))
        {
            var bulk = _all.Rows(key);
            var since = _since.TryGetValue(key, out var rows) ? CollectionsMarshal.AsSpan(rows) : [];
            if (bulk.Length + since.Length <= Cap || Alive(bulk) + Alive(since) <= Cap)
            {
                Take(bulk, into);
                Take(since, into);
            }
            else
            {
                into.Overfull++;
                foreach (var second in store.SecondsOf(it)) TakeSharing(row, key, second, bulk, since, into);
            }
        }
    }

    private void Take(ReadOnlySpan<int> rows, Candidates into)
    {
        foreach (var row in rows)
            if (store[row].Alive) into.Add(row);
    }

    private int Alive(ReadOnlySpan<int> rows)
    {
        var alive = 0;
        foreach (var row in rows)
            if (store[row].Alive) alive++;
        return alive;
    }

    private void TakeSharing(int row, ulong key, ulong second, ReadOnlySpan<int> bulk, ReadOnlySpan<int> since, Candidates into)
    {
        var split = bulk.Length > Cap ? _split.Rows(Mixing.Of(key, second)) : bulk;
        if (split.Length > 4 * Window && since.Length == 0 && NearInBulk(row, split, into)) return;
        var sharing = into.Scratch;
        sharing.Clear();
        foreach (var other in split)
            if (store[other].Alive && (bulk.Length > Cap || store.SecondsOf(store[other]).Contains(second))) sharing.Add(other);
        foreach (var other in since)
            if (store[other].Alive && store.SecondsOf(store[other]).Contains(second)) sharing.Add(other);
        if (sharing.Count > 2 * Window) sharing.Sort((a, b) => store[a].Id.CompareTo(store[b].Id));
        TakeNear(row, CollectionsMarshal.AsSpan(sharing), into);
    }

    /// <summary>In the arrays rows stand in the order of their lines' numbers, so the neighbours stand beside the row itself.</summary>
    private bool NearInBulk(int row, ReadOnlySpan<int> rows, Candidates into)
    {
        var at = Postings.PlaceOf(store, rows, store[row].Id);
        if (at < 0 || rows[at] != row) return false;
        for (int i = at - 1, left = Window; i >= 0 && left > 0; i--)
            if (store[rows[i]].Alive) { into.Add(rows[i]); left--; }
        for (int i = at + 1, left = Window; i < rows.Length && left > 0; i++)
            if (store[rows[i]].Alive) { into.Add(rows[i]); left--; }
        return true;
    }

    private static void TakeNear(int row, ReadOnlySpan<int> sharing, Candidates into)
    {
        var from = 0;
        var to = sharing.Length;
        if (sharing.Length > 2 * Window && sharing.IndexOf(row) is >= 0 and var at)
        {
            from = Math.Max(0, at - Window);
            to = Math.Min(to, at + Window + 1);
        }
        foreach (var other in sharing[from..to]) into.Add(other);
    }
}

/// <summary>The rows to compare one row with; a stamp for each row keeps a row from coming twice.</summary>
internal sealed class Candidates
{
    private int[] _stamps = [];
    private int _stamp;

    public List<int> Rows { get; } = [];

    public List<int> Scratch { get; } = [];

    public int Overfull { get; set; }

    /// <summary>Only rows above the one in question: for a run over all pairs.</summary>
    public bool OnlyLater { get; init; }

    private int _row;

    public void Grow(int rows)
    {
        if (_stamps.Length < rows) Array.Resize(ref _stamps, Math.Max(rows, _stamps.Length * 2));
    }

    public void Begin(int row)
    {
        Rows.Clear();
        _stamp++;
        _row = row;
        _stamps[row] = _stamp;
    }

    public void Add(int row)
    {
        if (OnlyLater && row < _row || _stamps[row] == _stamp) return;
        _stamps[row] = _stamp;
        Rows.Add(row);
    }
}
