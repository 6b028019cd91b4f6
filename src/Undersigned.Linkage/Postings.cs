namespace Undersigned.Linkage;

/// <summary>Keys and rows as two arrays, sorted by key, and within a key by the lines' numbers.</summary>
internal sealed class Postings
{
    public static readonly Postings None = new([], []);

    private readonly ulong[] _keys;
    private readonly int[] _rows;

    /// <summary>Where the keys of each beginning start, so that a search looks into a few only.</summary>
    private readonly int[] _starts;
    private readonly int _shift;

    private Postings(ulong[] keys, int[] rows)
    {
        (_keys, _rows) = (keys, rows);
        var bits = Math.Clamp(64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)keys.Length) - 3, 1, 22);
        _shift = 64 - bits;
        _starts = new int[(1 << bits) + 1];
        foreach (var key in keys) _starts[(key >> _shift) + 1]++;
        for (var i = 1; i < _starts.Length; i++) _starts[i] += _starts[i - 1];
    }

    public delegate ReadOnlySpan<ulong> KeysOfRow(int row);

    public static Postings Of(RecordStore store, KeysOfRow keysOf)
    {
        var order = InOrder(store);
        var total = 0;
        foreach (var row in order) total += keysOf(row).Length;
        var keys = new ulong[total];
        var places = new int[total];
        var at = 0;
        foreach (var row in order)
            foreach (var key in keysOf(row))
            {
                keys[at] = key;
                places[at++] = row;
            }
        return Sorted(store, keys, places);
    }

    /// <summary>The rows of the overfull keys again, by key and second value.</summary>
    public static Postings Split(RecordStore store, HashSet<ulong> overfull)
    {
        var keys = new List<ulong>();
        var places = new List<int>();
        foreach (var row in InOrder(store))
            foreach (var key in store.KeysOf(store[row]))
            {
                if (!overfull.Contains(key)) continue;
                foreach (var second in store.SecondsOf(store[row]))
                {
                    keys.Add(Mixing.Of(key, second));
                    places.Add(row);
                }
            }
        return Sorted(store, [.. keys], [.. places]);
    }

    public ReadOnlySpan<int> Rows(ulong key)
    {
        if (_keys.Length == 0) return [];
        var prefix = (int)(key >> _shift);
        int from = _starts[prefix], to = _starts[prefix + 1];
        while (from < to && _keys[from] < key) from++;
        var end = from;
        while (end < to && _keys[end] == key) end++;
        return _rows.AsSpan(from, end - from);
    }

    public HashSet<ulong> Overfull(int cap)
    {
        var keys = new HashSet<ulong>();
        for (var i = cap; i < _keys.Length; i++)
            if (_keys[i] == _keys[i - cap]) keys.Add(_keys[i]);
        return keys;
    }

    /// <summary>Where the line stands in rows that are in the order of lines, or a negative number.</summary>
    public static int PlaceOf(RecordStore store, ReadOnlySpan<int> rows, long id)
    {
        int from = 0, to = rows.Length - 1;
        while (from <= to)
        {
            var middle = (from + to) / 2;
            var there = store[rows[middle]].Id;
            if (there == id) return middle;
            if (there < id) from = middle + 1;
            else to = middle - 1;
        }
        return -1;
    }

    private static int[] InOrder(RecordStore store)
    {
        var rows = new int[store.Count];
        var ids = new long[store.Count];
        var at = 0;
        for (var row = 0; row < store.Rows; row++)
            if (store[row].Alive) (ids[at], rows[at++]) = (store[row].Id, row);
        Array.Sort(ids, rows);
        return rows;
    }

    /// <summary>Sorts by key; rows come in the order of lines and are put back into it within each key.</summary>
    private static Postings Sorted(RecordStore store, ulong[] keys, int[] rows)
    {
        Array.Sort(keys, rows);
        for (var from = 0; from < keys.Length;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from]) to++;
            if (to - from > 1) rows.AsSpan(from, to - from).Sort((a, b) => store[a].Id.CompareTo(store[b].Id));
            from = to;
        }
        return new Postings(keys, rows);
    }
}
