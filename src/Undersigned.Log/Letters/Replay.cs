namespace Undersigned.Log.Letters;

/// <summary>A rule that an entry breaks.</summary>
/// <param name="Entry">The index of the entry, from 0; of a rule about a whole batch, of the batch's last entry.</param>
/// <param name="Expected">What the rule demands.</param>
/// <param name="Found">What there was; codes and numbers alone.</param>
public sealed record BrokenRule(long Entry, string Expected, string Found);

/// <summary>
/// The state of a letter's log, entry after entry, with every rule of section 2 of the specification. The server's sequencer and the verifier
/// use this same class: the one asks before it writes, the other after it has read. It is rebuilt from the entries alone, and it remembers the
/// state at every earlier size, so that a page of yesterday can be compared with the list of then. Not safe for several threads.
/// </summary>
public sealed partial class Replay
{
    /// <summary>The largest tree: fewer than 2^24 entries.</summary>
    public const long MaxSize = (1 << 24) - 1;

    /// <summary>The largest number of different texts, rules and posts: fewer than 10,000.</summary>
    public const int MaxTexts = 9999;

    private readonly Origin origin;
    private readonly Func<long, Hash> rootAt;
    private Position now = new();

    /// <summary>The state of an empty log.</summary>
    /// <param name="origin">The log's origin.</param>
    /// <param name="rootAt">The tree's root at an earlier published size; asked for only where an audit sample names one.</param>
    public Replay(Origin origin, Func<long, Hash> rootAt) => (this.origin, this.rootAt) = (origin, rootAt);

    /// <summary>How many entries were applied.</summary>
    public long Size => now.Size;

    /// <summary>How many signatures stand.</summary>
    public long Standing => now.Standing;

    /// <summary>How many of those are shown without a name.</summary>
    public long Withheld => now.Withheld;

    /// <summary>How many signatures there ever were: the number of the last signatory.</summary>
    public long Signatories => last.Count;

    /// <summary>How many signatories withdrew.</summary>
    public long Withdrawn => now.Withdrawn;

    /// <summary>How many signatories are removed, and not reinstated.</summary>
    public long Removed => now.Removed;

    /// <summary>How many signatories were amended at least once, standing or not.</summary>
    public long Amended => now.Amended;

    /// <summary>The number of the current revision; 0 before <c>open</c>.</summary>
    public long Revision => revisions.Count;

    /// <summary>The least number of withheld signatories in a batch, or null where no name can be withheld.</summary>
    public long? WithheldBatch => now.WithheldBatch;

    /// <summary>The time of <c>open</c>.</summary>
    public DateTimeOffset OpenedAt => now.OpenedAt;

    /// <summary>The time of the last entry.</summary>
    public DateTimeOffset LastTime => now.Time;

    /// <summary>The time of the <c>close</c> in force, or null while the letter is open.</summary>
    public DateTimeOffset? ClosedAt => now.ClosedAt;

    /// <summary>Whether the list is final.</summary>
    public bool IsRetired => now.Retired;

    /// <summary>Applies the next entry. Null where every rule holds; else what it breaks, and nothing has changed.</summary>
    public BrokenRule? Apply(Entry entry)
    {
        try
        {
            var next = Enter(entry);
            Keep(entry, next, Judge(entry, ref next));
            return null;
        }
        catch (RuleException e)
        {
            return e.Rule;
        }
    }

    /// <summary>What the next entry would break, without applying it.</summary>
    public BrokenRule? Check(Entry entry)
    {
        try
        {
            var next = Enter(entry);
            Judge(entry, ref next);
            return null;
        }
        catch (RuleException e)
        {
            return e.Rule;
        }
    }

    /// <summary>What would be broken if the batch ended with the last entry applied: the rules about whole batches.</summary>
    public BrokenRule? CheckEnd()
    {
        try
        {
            RequireWholeBatch(now);
            return null;
        }
        catch (RuleException e)
        {
            return e.Rule;
        }
    }

    /// <summary>What these entries would break as one more batch, without keeping them.</summary>
    public BrokenRule? CheckBatch(IEnumerable<Entry> batch)
    {
        var before = now;
        undo = new Stack<Action>();
        try
        {
            foreach (var entry in batch)
                if (Apply(entry) is { } broken) return broken;
            return CheckEnd();
        }
        finally
        {
            while (undo.TryPop(out var step)) step();
            undo = null;
            now = before;
        }
    }

    /// <summary>The part of the state that is replaced as a whole with each entry.</summary>
    private struct Position
    {
        public Position()
        {
        }

        internal long Size, Standing, Withheld, Withdrawn, Removed, Amended;
        internal long? WithheldBatch;
        internal DateTimeOffset OpenedAt, Time;
        internal DateTimeOffset? ClosedAt;
        internal bool Retired;

        // Of the batch that is being applied, whose time is Time.
        internal long BatchStart;
        internal bool BatchOpens, BatchReopens, BatchCloses, BatchNeedsCompany;
        internal HashSet<long> BatchWithheld = [];

        // The last day on which a batch held entries about withheld signatories without opening or closing the letter.
        internal long WithheldDay = -1;
    }

    private sealed class RuleException(BrokenRule rule) : Exception
    {
        internal BrokenRule Rule => rule;
    }

    private static RuleException Broken(long entry, string expected, string found) => new(new BrokenRule(entry, expected, found));
}
