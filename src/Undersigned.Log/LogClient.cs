using System.Globalization;

namespace Undersigned.Log;

/// <summary>
/// Reads a log and hands nothing on that is not proven by a signed checkpoint. It fetches only what a question needs, from
/// wherever the delegate takes it: a path relative to the log, answered by the bytes there, or null for 404 and 410.
/// </summary>
/// <param name="key">The log's key; its name is the log's origin.</param>
/// <param name="fetch">Fetches one path, of a bounded length; failures of the transport are its own exceptions.</param>
public sealed class LogClient(VerifierKey key, Func<string, CancellationToken, ValueTask<byte[]?>> fetch)
{
    /// <summary>Fetches the latest checkpoint's note and checks the log's signature.</summary>
    /// <exception cref="LogFormatException">It is malformed.</exception>
    /// <exception cref="LogVerificationException">It is absent, of another origin, or not signed by the key.</exception>
    public async ValueTask<(SignedNote Note, Checkpoint Checkpoint)> CheckpointAsync(CancellationToken cancel = default)
    {
        var bytes = await fetch("checkpoint", cancel) ?? throw Absent("checkpoint");
        var note = SignedNote.Parse(bytes);
        return (note, Checkpoint.Open(note, key));
    }

    /// <summary>The log as it is at a checkpoint, whose signature the caller has checked.</summary>
    public AuthenticatedTree At(Checkpoint checkpoint) => new(checkpoint, fetch);

    /// <summary>Entries from <paramref name="from"/> up to, not including, <paramref name="to"/>, each proven to be in the tree of the checkpoint.</summary>
    /// <exception cref="LogFormatException">A bundle or tile is malformed.</exception>
    /// <exception cref="LogVerificationException">A bundle or tile is absent, or not the one of this tree.</exception>
    public IAsyncEnumerable<LogEntry> EntriesAsync(Checkpoint checkpoint, long from, long to, CancellationToken cancel = default) =>
        At(checkpoint).EntriesAsync(from, to, cancel);

    /// <summary>The inclusion proof of an entry in the tree of the checkpoint, made from proven tiles.</summary>
    /// <exception cref="LogFormatException">A tile is malformed.</exception>
    /// <exception cref="LogVerificationException">A tile is absent, or not the one of this tree.</exception>
    public ValueTask<Hash[]> InclusionAsync(Checkpoint checkpoint, long index, CancellationToken cancel = default) =>
        Proofs.InclusionAsync(index, checkpoint.Size, At(checkpoint).ReadTileAsync, cancel);

    /// <summary>The consistency proof from an older checkpoint to a newer one, made from proven tiles and checked.</summary>
    /// <exception cref="LogFormatException">A tile is malformed.</exception>
    /// <exception cref="LogVerificationException">A tile is absent or not the one of the newer tree, or the older tree is no prefix of the newer.</exception>
    public async ValueTask<Hash[]> ConsistencyAsync(Checkpoint older, Checkpoint newer, CancellationToken cancel = default)
    {
        if (older.Size > newer.Size) throw new LogVerificationException("checkpoint", string.Create(CultureInfo.InvariantCulture, $"a tree of at least {older.Size}"), string.Create(CultureInfo.InvariantCulture, $"one of {newer.Size}"));
        var proof = await Proofs.ConsistencyAsync(older.Size, newer.Size, At(newer).ReadTileAsync, cancel);
        if (!Proofs.VerifyConsistency(older.Size, newer.Size, proof, older.Root, newer.Root))
            throw new LogVerificationException("checkpoint", string.Create(CultureInfo.InvariantCulture, $"a tree that goes on from size {older.Size} and root {older.Root}"), "another one");
        return proof;
    }

    internal static LogVerificationException Absent(string path) => new(path, "something that is served", "nothing there");
}

/// <summary>An entry with its place in the log.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="Bytes">Its bytes as they were served.</param>
/// <param name="LeafHash">Its leaf hash.</param>
public readonly record struct LogEntry(long Index, ReadOnlyMemory<byte> Bytes, Hash LeafHash);
