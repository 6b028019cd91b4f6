using System.Runtime.InteropServices;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>
/// Checks 1 to 3: the checkpoint, the entries under it, and the replay. It can be read on to a later checkpoint, since a list may move while it is read.
/// </summary>
internal sealed class LogReading(Site site, Uri log, VerifierKey key, TlogPolicy? policy, bool thorough, Report report, Action<string> progress)
{
    private const int MaxCheckpointBytes = 64 * 1024;
    private const int MaxBundleBytes = Tile.FullWidth * (sizeof(ushort) + ushort.MaxValue);
    private const int InFlight = 8;

    /// <summary>More draws and audits than this nobody makes; a reader keeps no more.</summary>
    internal const int MaxAudits = 1000;

    private readonly List<Hash> leaves = [];
    private readonly Dictionary<long, Hash> commitments = [];
    private readonly Dictionary<long, Hash> roots = [];
    private readonly List<(long Index, Entry Entry)> audits = [];
    private Replay? replay;
    private BrokenRule? broken;
    private long? laterVersion;

    internal VerifierKey Key => key;

    internal Origin Origin { get; } = Origin.Parse(key.Name);

    /// <summary>The latest checkpoint whose tree was read.</summary>
    internal Checkpoint Checkpoint { get; private set; } = new("", 0, MerkleTree.EmptyRoot);

    /// <summary>The signed note that carried <see cref="Checkpoint"/>, as a reader would save it.</summary>
    internal SignedNote? Note { get; private set; }

    /// <summary>What the reader's policy makes of it; null without a policy.</summary>
    internal PolicyResult? Witnesses { get; private set; }

    internal Replay Replay => replay ??= new Replay(Origin, RootAt);

    internal ReadOnlySpan<Hash> Leaves => CollectionsMarshal.AsSpan(leaves);

    /// <summary>What an entry commits to.</summary>
    internal Hash CommitmentOf(long entry) => commitments[entry];

    internal Hash RootAt(long size)
    {
        if (!roots.TryGetValue(size, out var root)) roots[size] = root = MerkleTree.Root(Leaves[..(int)size]);
        return root;
    }

    /// <summary>The log's draws and posts of kind <c>audit</c>, by rising index.</summary>
    internal IReadOnlyList<(long Index, Entry Entry)> Audits => audits;

    /// <summary>The first that there are too many of.</summary>
    internal long? TooManyAudits { get; private set; }

    /// <summary>An address below the log's own.</summary>
    internal Uri At(string path) => new(log.AbsoluteUri + "/" + path);

    internal Task<Answer> GetAsync(string path, int most, CancellationToken cancel) => site.GetAsync(At(path), most, cancel);

    /// <summary>Reads the checkpoint and all under it. False where check 1, 2 or 3 failed and nothing more can be said.</summary>
    internal async Task<bool> ReadAsync(CancellationToken cancel)
    {
        var checkpoint = await ReadCheckpointAsync(cancel).ConfigureAwait(false);
        return checkpoint is { } read && await ReadToAsync(read, cancel).ConfigureAwait(false);
    }

    /// <summary>Fetches the checkpoint anew and, if it is a later one, reads on to it. False where a check failed.</summary>
    internal async Task<bool> ReadOnAsync(CancellationToken cancel)
    {
        if (await ReadCheckpointAsync(cancel).ConfigureAwait(false) is not { } read) return false;
        var checkpoint = read.Checkpoint;
        if (checkpoint.Size == Checkpoint.Size && checkpoint.Root != Checkpoint.Root)
        {
            report.Fail(6, "checkpoint", $"root {Checkpoint.Root.ToBase64()} at {Checkpoint.Size}, as before", checkpoint.Root.ToBase64());
            return false;
        }
        return checkpoint.Size <= Checkpoint.Size || await ReadToAsync(read, cancel).ConfigureAwait(false);
    }

    private async Task<(Checkpoint Checkpoint, SignedNote Note)?> ReadCheckpointAsync(CancellationToken cancel)
    {
        var answer = await GetAsync("checkpoint", MaxCheckpointBytes, cancel).ConfigureAwait(false);
        if (answer.Bytes is null && !answer.TooLong) throw new TroubleException("checkpoint", answer.Found);
        try
        {
            var note = SignedNote.Parse(answer.Bytes ?? throw new LogFormatException("more than 64 KiB"));
            var checkpoint = Checkpoint.Open(note, key);
            return IsSizeGood(checkpoint.Size) && AreWitnessesGood(note) ? (checkpoint, note) : null;
        }
        catch (LogFormatException e)
        {
            report.Fail(1, "checkpoint", "a signed note with three lines of text", e.Message);
        }
        catch (LogVerificationException e)
        {
            report.Fail(1, "checkpoint", e.Expected, e.Found);
        }
        return null;
    }

    private bool IsSizeGood(long size)
    {
        if (size is >= 1 and <= Replay.MaxSize) return true;
        report.Fail(1, "checkpoint", "a size from 1 to less than 2^24", size);
        return false;
    }

    private bool AreWitnessesGood(SignedNote note)
    {
        if (policy is null) return true;
        Witnesses = policy.Evaluate(note);
        foreach (var witness in Witnesses.Failing) report.Fail(1, "checkpoint", $"a valid cosignature of {witness.Key.Name}", "one that does not verify");
        if (!Witnesses.IsQuorumReached) report.Fail(1, "checkpoint", "the quorum of the policy", $"cosignatures of {Witnesses.Seen.Count} of its {policy.Witnesses.Count} witnesses");
        return Witnesses.Failing.Count == 0 && Witnesses.IsQuorumReached;
    }

    private async Task<bool> ReadToAsync((Checkpoint Checkpoint, SignedNote Note) read, CancellationToken cancel)
    {
        var checkpoint = read.Checkpoint;
        if (!await ReadEntriesAsync(checkpoint.Size, cancel).ConfigureAwait(false)) return false;
        if (RootAt(checkpoint.Size) != checkpoint.Root)
        {
            report.Fail(2, "checkpoint", $"root {RootAt(checkpoint.Size).ToBase64()}, that of the entries", checkpoint.Root.ToBase64());
            return false;
        }
        if (thorough && !await AreTilesGoodAsync(checkpoint.Size, cancel).ConfigureAwait(false)) return false;
        (Checkpoint, Note) = read;
        broken ??= Replay.CheckEnd();
        if (broken is null) return true;
        if (laterVersion is { } version) throw new TroubleException("entry 0", $"is of version {version}, which this program does not know");
        report.Fail(3, $"entry {broken.Entry}", broken.Expected, broken.Found);
        return false;
    }

    private async Task<bool> AreTilesGoodAsync(long size, CancellationToken cancel)
    {
        var (level, hashes) = (0, leaves.ToArray());
        foreach (var tile in Tile.ForSize(size))
        {
            // The tiles come level by level, and a hash of the next level is the root over a full tile of this one.
            if (tile.Level > level) (level, hashes) = (tile.Level, [.. hashes.Chunk(Tile.FullWidth).Where(chunk => chunk.Length == Tile.FullWidth).Select(chunk => MerkleTree.Root(chunk))]);
            progress(tile.Path);
            var answer = await GetTileAsync(tile, cancel).ConfigureAwait(false);
            var right = MemoryMarshal.AsBytes<Hash>(hashes.AsSpan((int)tile.Index * Tile.FullWidth, tile.Width));
            if (answer.Bytes is not null && answer.Bytes.AsSpan().SequenceEqual(right)) continue;
            report.Fail(2, tile.Path, "the hashes of the entries", answer.Bytes is null ? answer.Found : "others");
            return false;
        }
        return true;
    }

    private async Task<Answer> GetTileAsync(Tile tile, CancellationToken cancel)
    {
        const int most = Tile.FullWidth * Hash.Size;
        var answer = await GetAsync(tile.Path, most, cancel).ConfigureAwait(false);
        if (!answer.IsAbsent || !tile.IsPartial) return answer;
        var full = await GetAsync((tile with { Width = Tile.FullWidth }).Path, most, cancel).ConfigureAwait(false);
        return full.Bytes is { Length: most } bytes ? full with { Bytes = bytes[..(tile.Width * Hash.Size)] } : answer;
    }

    private async Task<bool> ReadEntriesAsync(long size, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var flight = new Queue<(EntryBundle Bundle, Task<Answer> Answer)>();
        var next = leaves.Count / Tile.FullWidth;
        var bundles = (size + Tile.FullWidth - 1) / Tile.FullWidth;
        try
        {
            while (next < bundles || flight.Count > 0)
            {
                while (next < bundles && flight.Count < InFlight)
                {
                    var bundle = EntryBundle.At(next++, size);
                    flight.Enqueue((bundle, GetBundleAsync(bundle, stop.Token)));
                }
                var (taken, answer) = flight.Dequeue();
                if (!Take(taken, await answer.ConfigureAwait(false))) return false;
                progress($"entries {leaves.Count} of {size}");
            }
            return true;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (var (_, answer) in flight) await answer.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private async Task<Answer> GetBundleAsync(EntryBundle bundle, CancellationToken cancel)
    {
        var answer = await GetAsync(bundle.Path, MaxBundleBytes, cancel).ConfigureAwait(false);
        if (!answer.IsAbsent || !bundle.IsPartial) return answer;
        // A partial one may be gone once the full one is there.
        var full = await GetAsync((bundle with { Width = Tile.FullWidth }).Path, MaxBundleBytes, cancel).ConfigureAwait(false);
        return full.Bytes is null ? answer : full with { Bytes = FirstEntries(full.Bytes, bundle.Width) };
    }

    private static byte[] FirstEntries(byte[] bytes, int width)
    {
        try
        {
            return EntryBundle.Encode(EntryBundle.Decode(bytes, Tile.FullWidth).Take(width));
        }
        catch (LogFormatException)
        {
            return [];
        }
    }

    private bool Take(EntryBundle bundle, Answer answer)
    {
        if (answer.Bytes is null)
        {
            report.Fail(2, bundle.Path, "an entry bundle", answer.Found);
            return false;
        }
        try
        {
            var entries = EntryBundle.Decode(answer.Bytes, bundle.Width);
            for (var i = 0; i < entries.Count; i++)
                if (!Take(bundle.Index * Tile.FullWidth + i, entries[i])) return false;
            return true;
        }
        catch (LogFormatException)
        {
            report.Fail(2, bundle.Path, $"{bundle.Width} entries and no byte more", "others");
            return false;
        }
    }

    private bool Take(long index, ReadOnlyMemory<byte> bytes)
    {
        var leaf = MerkleTree.LeafHash(bytes.Span);
        if (index < leaves.Count)
        {
            if (leaf == leaves[(int)index]) return true;
            report.Fail(6, $"entry {index}", "the entry that was read before", "another");
            return false;
        }
        leaves.Add(leaf);
        if (broken is null) Apply(index, bytes);
        return true;
    }

    // The failure waits until the root has been found right: before that, these are not the log's entries.
    private void Apply(long index, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var entry = Entry.Parse(bytes);
            broken = Replay.Apply(entry);
            if (broken is null && entry.Record is { } record) commitments[index] = record;
            if (broken is null && (entry.Type == EntryType.Draw || entry.Kind == PostKind.Audit)) KeepAudit(index, entry);
        }
        catch (LogFormatException e)
        {
            if (index == 0) laterVersion = Entry.LaterVersion(bytes);
            broken = new BrokenRule(index, "an entry as specified", e.Message);
        }
    }

    private void KeepAudit(long index, Entry entry)
    {
        if (audits.Count < MaxAudits) audits.Add((index, entry));
        else TooManyAudits ??= index;
    }
}
