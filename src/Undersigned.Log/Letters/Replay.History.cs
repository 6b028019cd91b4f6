namespace Undersigned.Log.Letters;

/// <summary>Whether a signatory stands.</summary>
public enum SignatoryStatus
{
    /// <summary>On the list.</summary>
    Standing,

    /// <summary>Taken back by the signer, for good.</summary>
    Withdrawn,

    /// <summary>Taken off by the maintainers, who can reinstate it.</summary>
    Removed,
}

/// <summary>A signatory at some size of the tree.</summary>
/// <param name="Status">Whether they stand.</param>
/// <param name="Level">How they were checked, or that the name is withheld.</param>
/// <param name="Record">The index of the entry with the current record: their latest <c>sign</c> or <c>amend</c>.</param>
/// <param name="Sign">The index of their <c>sign</c>.</param>
public readonly record struct SignatoryState(SignatoryStatus Status, Level Level, long Record, long Sign);

/// <summary>Whether the opening of an entry's record is to be shown.</summary>
public enum OpeningDue
{
    /// <summary>The current record of a signatory who stands: it must be there.</summary>
    Required,

    /// <summary>It may be there: superseded, or the list is retired.</summary>
    Allowed,

    /// <summary>It must not be there.</summary>
    Forbidden,
}

/// <summary>The counts at the end of a batch.</summary>
/// <param name="Size">The tree size.</param>
/// <param name="Time">The batch's time.</param>
/// <param name="Standing">How many signatures stood.</param>
/// <param name="Withheld">How many of those without a name.</param>
public readonly record struct PublishedCounts(long Size, DateTimeOffset Time, long Standing, long Withheld);

// What is kept of the entries, and the questions about earlier sizes that it answers.
public sealed partial class Replay
{
    private readonly List<Change> changes = [];
    private readonly List<int> last = [];
    private readonly List<int> about = [];
    private readonly List<Holds> kinds = [];
    private readonly HashSet<Hash> commitments = [];
    private readonly List<(Hash Text, Hash Rules)> revisions = [];
    private readonly List<PublishedCounts> batches = [];
    private readonly Dictionary<long, Hash> textOf = [];
    private readonly Dictionary<Hash, KnownText> texts = [];
    private readonly Dictionary<long, long> erasedRecords = [];
    private readonly HashSet<long> erasedIdentities = [];
    private HashSet<Hash> pendingDraws = [];
    private Stack<Action>? undo;

    [Flags]
    private enum Holds : byte
    {
        Nothing = 0,
        Record = 1,
        Identity = 2,
    }

    /// <summary>A signatory from this entry on: a chain back to their <c>sign</c>, so that every earlier size can be asked about.</summary>
    private readonly record struct Change(int Entry, int Previous, int Record, int Revision, SignatoryStatus Status, Level Level)
    {
        internal Change(long entry, int previous, long record, long revision, SignatoryStatus status, Level level)
            : this((int)entry, previous, (int)record, (int)revision, status, level)
        {
        }
    }

    private readonly record struct KnownText(bool IsRules, bool IsRevision, long? ErasedAt);

    /// <summary>The ends of batches, and with the last of them the end of the log: the sizes for which a checkpoint can have been signed.</summary>
    public IEnumerable<PublishedCounts> Published => Size == 0 ? batches : batches.Append(new PublishedCounts(Size, now.Time, Standing, Withheld));

    /// <summary>Whether a batch ends at this size; the last entry applied counts as an end.</summary>
    public bool IsPublished(long size) => size > 0 && (size == Size || IsBatchEnd(size));

    /// <summary>The counts at a published size, or null where no batch ends there.</summary>
    public PublishedCounts? CountsAt(long size)
    {
        if (size > 0 && size == Size) return new PublishedCounts(Size, now.Time, Standing, Withheld);
        return FindBatch(size) is >= 0 and var i ? batches[i] : null;
    }

    /// <summary>The time of an entry that was applied.</summary>
    public DateTimeOffset TimeOf(long entry)
    {
        int low = 0, high = batches.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (batches[middle].Size > entry) high = middle;
            else low = middle + 1;
        }
        return low < batches.Count ? batches[low].Time : now.Time;
    }

    /// <summary>How many signatures stood at a size, by level; levels without any are left out.</summary>
    public IReadOnlyDictionary<Level, long> ByLevel(long size)
    {
        var counts = new SortedDictionary<Level, long>();
        for (var signatory = 1; signatory <= Signatories; signatory++)
            if (StateAt(signatory, size) is { Status: SignatoryStatus.Standing, Level: var level })
                counts[level] = counts.GetValueOrDefault(level) + 1;
        return counts;
    }

    /// <summary>A signatory as of a size of the tree; null for one who had not signed by then.</summary>
    public SignatoryState? StateAt(long signatory, long size) =>
        ChangeAt(signatory, size) is { } change ? new SignatoryState(change.Status, change.Level, change.Record, SignOf(signatory)) : null;

    /// <summary>The numbers of those who stand at a published size, rising: whom an audit draws from.</summary>
    public IEnumerable<long> StandingNumbers(long size)
    {
        for (var signatory = 1L; signatory <= Signatories; signatory++)
            if (ChangeAt(signatory, size) is { Status: SignatoryStatus.Standing }) yield return signatory;
    }

    /// <summary>Whether a signatory was amended at least once.</summary>
    public bool WasAmended(long signatory) => changes[last[(int)signatory - 1]].Record != SignOf(signatory);

    /// <summary>Whom an entry is about, be it that it destroys their opening; null for an entry about the letter.</summary>
    public long? SignatoryOf(long entry) => about[(int)entry] is > 0 and var signatory ? signatory : null;

    /// <summary>Whether an entry commits to a record: a <c>sign</c> or an <c>amend</c>.</summary>
    public bool HasRecord(long entry) => (kinds[(int)entry] & Holds.Record) != 0;

    /// <summary>Whether the opening of an entry's record is to be shown at a size of the tree.</summary>
    public OpeningDue OpeningAt(long entry, long size)
    {
        if (entry >= size || !HasRecord(entry)) return OpeningDue.Forbidden;
        if (erasedRecords.TryGetValue(entry, out var erasedAt) && erasedAt < size) return OpeningDue.Forbidden;
        var signatory = about[(int)entry];
        if (ChangeAt(signatory, size) is not { Status: SignatoryStatus.Standing } state) return OpeningDue.Forbidden;
        if (state.Record == entry) return now.Retired && size == Size ? OpeningDue.Allowed : OpeningDue.Required;
        return state.Level != Level.Withheld && LevelIn(entry) != Level.Withheld ? OpeningDue.Allowed : OpeningDue.Forbidden;
    }

    /// <summary>Whether an entry's record was, at a size of the tree, the current one of a signatory who stood.</summary>
    public bool IsCurrentAt(long entry, long size) =>
        entry < size && HasRecord(entry) && ChangeAt(about[(int)entry], size) is { Status: SignatoryStatus.Standing } state && state.Record == entry;

    /// <summary>Whether a <c>sign</c> or <c>amend</c> itself says that the name is withheld.</summary>
    public bool SaysWithheld(long entry) => LevelIn(entry) == Level.Withheld;

    /// <summary>Whether the opening of an entry's record was destroyed by an erasure.</summary>
    public bool IsRecordErased(long entry) => erasedRecords.ContainsKey(entry);

    /// <summary>The rules in force for a <c>sign</c> (those of the revision signed) or an <c>amend</c> (those current at it).</summary>
    public Hash RulesOf(long entry) => revisions[ChangeOf(entry).Revision - 1].Rules;

    /// <summary>The text and the rules of a revision, counted from 1.</summary>
    public (Hash Text, Hash Rules) RevisionTexts(long revision) => revisions[(int)revision - 1];

    /// <summary>Whether a document was destroyed by an erasure.</summary>
    public bool IsTextErased(Hash text) => texts.TryGetValue(text, out var known) && known.ErasedAt is not null;

    /// <summary>The documents that entries commit to: whether each must be there, may be there (after <c>retire</c>), or must not (erased).</summary>
    public IEnumerable<(Hash Text, OpeningDue Due)> Texts => texts.Select(text => (text.Key, text.Value switch
    {
        { ErasedAt: not null } => OpeningDue.Forbidden,
        { IsRules: false, IsRevision: false } when now.Retired => OpeningDue.Allowed,
        _ => OpeningDue.Required,
    }));

    private int FindBatch(long size)
    {
        int low = 0, high = batches.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (batches[middle].Size == size) return middle;
            if (batches[middle].Size < size) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    private bool IsBatchEnd(long size) => FindBatch(size) >= 0;

    // At the beginning of a batch the one before it has not been noted yet.
    private long StandingAt(long size) => size == now.Size ? now.Standing : batches[FindBatch(size)].Standing;

    private Change? ChangeAt(long signatory, long size)
    {
        if (signatory < 1 || signatory > Signatories) return null;
        var at = last[(int)signatory - 1];
        while (at >= 0 && changes[at].Entry >= size) at = changes[at].Previous;
        return at >= 0 ? changes[at] : null;
    }

    private Change ChangeOf(long entry)
    {
        var at = last[about[(int)entry] - 1];
        while (changes[at].Entry != entry) at = changes[at].Previous;
        return changes[at];
    }

    private Level LevelIn(long entry) => ChangeOf(entry).Level;

    private long SignOf(long signatory)
    {
        var at = last[(int)signatory - 1];
        while (changes[at].Previous >= 0) at = changes[at].Previous;
        return changes[at].Entry;
    }

    private void Keep(Entry entry, in Position next, Effect effect)
    {
        if (next.BatchStart != now.BatchStart) Add(batches, new PublishedCounts(now.Size, now.Time, now.Standing, now.Withheld));
        now = next;
        Add(about, (int)effect.Signatory);
        Add(kinds, (entry.Record is null ? Holds.Nothing : Holds.Record) | (entry.Identity is null ? Holds.Nothing : Holds.Identity));
        if (effect.Change is { } change) KeepChange(change, (int)effect.Signatory - 1);
        if (effect.AboutWithheld) Add(next.BatchWithheld, effect.Signatory);
        if (entry.Record is { } record) Add(commitments, record);
        if (entry.Identity is { } identity) Add(commitments, identity);
        KeepTexts(entry);
        if (entry.Type == EntryType.Erase) KeepErasure(entry);
    }

    private void KeepChange(Change change, int signatory)
    {
        Add(changes, change);
        if (signatory == last.Count) Add(last, changes.Count - 1);
        else
        {
            if (undo is not null) UndoSet(last, signatory);
            last[signatory] = changes.Count - 1;
        }
    }

    private void KeepTexts(Entry entry)
    {
        if (entry.Rules is { } rules)
        {
            Add(revisions, (entry.Text!.Value, rules));
            Know(rules, texts.GetValueOrDefault(rules) with { IsRules = true });
        }
        if (entry.Text is not { } text) return;
        var known = texts.GetValueOrDefault(text);
        Know(text, known with { IsRevision = known.IsRevision || entry.Rules is not null });
        Set(textOf, Size - 1, text);
        if (entry.Type == EntryType.Draw) Add(pendingDraws, text);
        if (entry.Kind == PostKind.Audit) SettleDraws();
    }

    private void SettleDraws()
    {
        var pending = pendingDraws;
        pendingDraws = [];
        undo?.Push(() => pendingDraws = pending);
    }

    private void KeepErasure(Entry entry)
    {
        var index = entry.Index!.Value;
        if (entry.What == Erased.Record) Set(erasedRecords, index, Size - 1);
        else if (entry.What == Erased.Identity) Add(erasedIdentities, index);
        else Know(textOf[index], texts[textOf[index]] with { ErasedAt = Size - 1 });
    }

    private void Know(Hash text, KnownText known) => Set(texts, text, known);

    // What is added while a batch is only tried is taken away again. The steps back are made apart, so that in the ordinary case nothing is allocated for them.
    private void Add<T>(List<T> list, T item)
    {
        list.Add(item);
        if (undo is not null) UndoAdd(list);
    }

    private void Add<T>(HashSet<T> set, T item)
    {
        if (set.Add(item) && undo is not null) UndoAdd(set, item);
    }

    private void Set<TKey, TValue>(Dictionary<TKey, TValue> map, TKey key, TValue value)
        where TKey : notnull
    {
        if (undo is not null) UndoSet(map, key);
        map[key] = value;
    }

    private void UndoAdd<T>(List<T> list) => undo!.Push(() => list.RemoveAt(list.Count - 1));

    private void UndoAdd<T>(HashSet<T> set, T item) => undo!.Push(() => set.Remove(item));

    private void UndoSet(List<int> list, int index)
    {
        var before = list[index];
        undo!.Push(() => list[index] = before);
    }

    private void UndoSet<TKey, TValue>(Dictionary<TKey, TValue> map, TKey key)
        where TKey : notnull
    {
        if (map.TryGetValue(key, out var before)) undo!.Push(() => map[key] = before);
        else undo!.Push(() => map.Remove(key));
    }
}
