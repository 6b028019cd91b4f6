using System.Runtime.InteropServices;
using Undersigned.Log;
using Undersigned.Log.Letters;
using Undersigned.Model;

namespace Undersigned.Transparency;

/// <summary>One letter's log in the writer's memory, as of its last committed entry. After any failure it is dropped and loaded anew.</summary>
internal sealed class LogState(long letterId, Origin origin, NoteSigner signer)
{
    public long LetterId => letterId;
    public Origin Origin => origin;
    public NoteSigner Signer => signer;

    /// <summary>The rules' view of all entries so far.</summary>
    public required Replay Replay { get; init; }
    public required TreeEdge Edge { get; set; }
    public required ListCounts Counts { get; set; }
    public long PublishedSize { get; set; }

    public long Size => Edge.Size;
    public bool IsClosed => Replay.ClosedAt is not null;
    public Checkpoint Head => new(origin.Text, Edge.Size, Edge.Root);

    /// <summary>Changes that no rule allows; they stay in the database and in the list of troubles, and nothing else waits for them.</summary>
    public HashSet<long> Refused { get; } = [];

    /// <summary>When the last batch was begun, by the clock that never jumps.</summary>
    public long? LastBatch { get; set; }

    /// <summary>From when on the openings of erased entries can be destroyed.</summary>
    public DateTimeOffset? DestroyFrom { get; set; }

    /// <param name="letterId">The letter.</param>
    /// <param name="origin">Of its log.</param>
    /// <param name="signer">With the log's key.</param>
    /// <param name="read">The leaves read so far, where the log is opened: a draw among them names the root at an earlier size.</param>
    public static LogState New(long letterId, Origin origin, NoteSigner signer, List<Hash>? read = null)
    {
        // A draw that is being written names the root of the tree as it is.
        LogState? state = null;
        var replay = new Replay(origin, size => size == state!.Edge.Size ? state.Edge.Root : MerkleTree.Root(CollectionsMarshal.AsSpan(read ?? [])[..(int)size]));
        return state = new LogState(letterId, origin, signer) { Replay = replay, Edge = TreeEdge.Empty, Counts = new ListCounts() };
    }

    /// <summary>After the commit of a batch.</summary>
    public void Advance(Batch batch)
    {
        foreach (var entry in batch.Entries)
            if (Replay.Apply(entry) is { } broken)
                throw new InvalidOperationException($"Entry {broken.Entry} was allowed and is not.");
        Edge = batch.Append.Edge;
        Counts = batch.Counts;
    }
}
