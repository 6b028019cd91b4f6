using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Log;
using Undersigned.Log.Letters;
using Undersigned.Model;

namespace Undersigned.Transparency;

/// <summary>Why a log is not written, in words for whoever runs the instance.</summary>
internal sealed record Refusal(string What, string Remedy);

/// <summary>
/// Opens a log for writing: every entry is read, replayed and hashed, and the result compared with the tree's state, its tiles, the
/// last checkpoint and the file of signed heads. Whatever does not fit is a refusal and never mended.
/// </summary>
internal static class LogOpening
{
    private const string Restore =
        "Nothing more is signed for this list, since two histories could never be explained; its pages stay readable. "
        + "Put the newest database back and start again; entries that it lacks can be fetched from any mirror of the log.";

    public static async Task<(LogState? State, Refusal? Refusal)> OpenAsync(
        UndersignedDb db, LetterLog log, NoteSigner signer, SignedHeads heads, CancellationToken cancellation)
    {
        var leaves = new List<Hash>();
        var state = LogState.New(log.LetterId, Origin.Parse(log.Origin), signer, leaves);
        if (await ReplayAsync(db, state, leaves, cancellation) is { } broken)
            return (null, broken);
        state.Edge = TreeEdge.Empty.AppendHashes(leaves).Edge;
        state.PublishedSize = log.PublishedSize;
        state.Counts = Counts(state.Replay);
        var refusal = CompareTree(log, state)
            ?? CompareHead(heads, log, leaves)
            ?? await CompareCheckpointsAsync(db, log, signer, leaves, cancellation)
            ?? await CompareTilesAsync(db, state, cancellation);
        // Only while the log is read does an entry name the root of an earlier size.
        leaves.Clear();
        leaves.TrimExcess();
        return refusal is null ? (state, null) : (null, refusal);
    }

    private static async Task<Refusal?> ReplayAsync(UndersignedDb db, LogState state, List<Hash> leaves, CancellationToken cancellation)
    {
        var entries = db.Entries.AsNoTracking().Where(e => e.LetterId == state.LetterId).OrderBy(e => e.LeafIndex).AsAsyncEnumerable();
        await foreach (var entry in entries.WithCancellation(cancellation))
        {
            if (entry.LeafIndex != leaves.Count)
                return new Refusal($"Entry {leaves.Count} is missing from the database.", Restore);
            if (Replay(state, entry) is { } broken)
                return broken;
            leaves.Add(MerkleTree.LeafHash(entry.Bytes));
        }
        return null;
    }

    private static Refusal? Replay(LogState state, Model.LogEntry entry)
    {
        try
        {
            return state.Replay.Apply(Entry.Parse(entry.Bytes)) is { } broken
                ? new Refusal($"Entry {broken.Entry} breaks a rule: expected {broken.Expected}, found {broken.Found}.", Restore)
                : null;
        }
        catch (LogFormatException e)
        {
            return new Refusal($"Entry {entry.LeafIndex} is not readable: {e.Message}.", Restore);
        }
    }

    private static ListCounts Counts(Replay replay)
    {
        var levels = replay.ByLevel(replay.Size);
        return new ListCounts
        {
            Standing = (int)replay.Standing,
            Withheld = (int)replay.Withheld,
            Signed = (int)replay.Signatories,
            Withdrawn = (int)replay.Withdrawn,
            Removed = (int)replay.Removed,
            Amended = (int)replay.Amended,
            Email = (int)levels.GetValueOrDefault(Level.Email),
            Imported = (int)levels.GetValueOrDefault(Level.Imported),
            Account = (int)levels.GetValueOrDefault(Level.Account),
            Domain = (int)levels.GetValueOrDefault(Level.Domain),
            Roster = (int)levels.GetValueOrDefault(Level.Roster),
            Vouched = (int)levels.GetValueOrDefault(Level.Vouched),
            Known = (int)levels.GetValueOrDefault(Level.Known),
        };
    }

    private static Refusal? CompareTree(LetterLog log, LogState state)
    {
        if (state.Size != log.TreeSize)
            return new Refusal($"The database says {log.TreeSize} entries and holds {state.Size}.", Restore);
        if (state.Edge.Root != new Hash(log.Root))
            return new Refusal($"The {state.Size} entries in the database are not those that were written.", Restore);
        return state.Counts == log.Counts ? null : new Refusal("The counts in the database are not those of its entries.", Restore);
    }

    private static Refusal? CompareHead(SignedHeads heads, LetterLog log, List<Hash> leaves)
    {
        if (heads.Last(log.Origin) is not { } head)
            return null;
        return Compare("has been signed", head.Size, head.Root, leaves);
    }

    /// <summary>The database knows nothing of a log that was signed.</summary>
    public static Refusal Lost(Checkpoint head) =>
        new($"The database holds no entry, but size {head.Size} has been signed: it is older, as after restoring a backup.", Restore);

    private static async Task<Refusal?> CompareCheckpointsAsync(UndersignedDb db, LetterLog log, NoteSigner signer, List<Hash> leaves, CancellationToken cancellation)
    {
        var last = await db.Checkpoints.AsNoTracking().Where(c => c.LetterId == log.LetterId).OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellation);
        if ((last?.Size ?? 0) != log.PublishedSize)
            return new Refusal($"The database says that size {log.PublishedSize} is published; its last checkpoint is of {last?.Size ?? 0}.", Restore);
        if (last is null)
            return null;
        return SignedNote.Parse(last.Note).Verify(signer.VerifierKey).Holds
            ? Compare("has been published", last.Size, new Hash(last.Root), leaves)
            : new Refusal($"Size {last.Size} was signed with another key than the one that lies in the folder keys.", "Put the folder keys back that this database was begun with, as it is in the backup or on the other server, and start again.");
    }

    private static Refusal? Compare(string what, long size, Hash root, List<Hash> leaves)
    {
        if (size > leaves.Count)
            return new Refusal($"The database holds {leaves.Count} entries, but size {size} {what}: it is older, as after restoring a backup.", Restore);
        var found = MerkleTree.Root(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(leaves)[..(int)size]);
        return found == root ? null : new Refusal($"At size {size} another tree {what} than the database holds.", Restore);
    }

    private static async Task<Refusal?> CompareTilesAsync(UndersignedDb db, LogState state, CancellationToken cancellation)
    {
        try
        {
            var edge = await TreeEdge.LoadAsync(state.Size, LogTiles.Reader(db, state.LetterId), cancellation);
            return edge.Root == state.Edge.Root ? null : new Refusal("The tiles in the database are not those of its entries.", Restore);
        }
        catch (LogFormatException e)
        {
            return new Refusal($"The tiles in the database are not whole: {e.Message}", Restore);
        }
    }
}
