using System.Net;
using System.Text;
using Undersigned.Log;
using Undersigned.Log.Letters;
using Record = Undersigned.Log.Letters.Record;

namespace Undersigned.Tests.Transparency;

/// <summary>A letter's log read over HTTP with the library alone: every entry replayed, every opening compared with its commitment, every tile and text with its hash.</summary>
internal sealed record ReadLog(Checkpoint Checkpoint, VerifierKey Key, Replay Replay, IReadOnlyList<Entry> Entries, IReadOnlyDictionary<long, Opening> Openings)
{
    /// <summary>Of those who stand, by their numbers.</summary>
    public IReadOnlyList<string> Names => [.. Standing.Select(r => r.Name!)];

    public IReadOnlyList<Record> Standing => [.. Enumerable.Range(1, (int)Replay.Signatories)
        .Select(n => Replay.StateAt(n, Replay.Size)!.Value).Where(s => s.Status == SignatoryStatus.Standing)
        .Select(s => RecordOf(Openings[s.Record]))];

    public static async Task<ReadLog> OfAsync(HttpClient http, string slug)
    {
        ValueTask<byte[]?> Fetch(string path, CancellationToken cancellation) => FetchAsync(http, $"letters/{slug}/log/{path}");
        var key = VerifierKey.Parse(Encoding.ASCII.GetString((await Fetch("key", default))!).TrimEnd('\n'));
        var client = new LogClient(key, Fetch);
        var (_, checkpoint) = await client.CheckpointAsync();
        var leaves = new List<Hash>();
        var replay = new Replay(Origin.Parse(key.Name), size => MerkleTree.Root([.. leaves.Take((int)size)]));
        var entries = new List<Entry>();
        await foreach (var entry in client.EntriesAsync(checkpoint, 0, checkpoint.Size))
        {
            entries.Add(Entry.Parse(entry.Bytes));
            Assert.Null(replay.Apply(entries[^1]));
            leaves.Add(MerkleTree.LeafHash(entry.Bytes.Span));
        }
        Assert.Null(replay.CheckEnd());
        await CheckTilesAsync(checkpoint, Fetch);
        foreach (var (text, _) in replay.Texts)
            Assert.Equal(text, Hash.OfBytes((await Fetch($"texts/{text.ToHex()}", default))!));
        var log = new ReadLog(checkpoint, key, replay, entries, await OpeningsAsync(checkpoint.Size, Fetch));
        log.CheckOpenings();
        return log;
    }

    private static async ValueTask<byte[]?> FetchAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task CheckTilesAsync(Checkpoint checkpoint, Func<string, CancellationToken, ValueTask<byte[]?>> fetch)
    {
        var edge = await TreeEdge.LoadAsync(checkpoint.Size, async (tile, cancellation) => (await fetch(tile.Path, cancellation))!);
        Assert.Equal(checkpoint.Root, edge.Root);
    }

    private static async Task<Dictionary<long, Opening>> OpeningsAsync(long size, Func<string, CancellationToken, ValueTask<byte[]?>> fetch)
    {
        var openings = new Dictionary<long, Opening>();
        for (var bundle = 0L; bundle * 256 < size; bundle++)
        {
            var page = RecordsPage.Parse(bundle, (await fetch(RecordsPage.PathOf(bundle), default))!);
            Assert.Equal(size, page.Size);
            foreach (var opening in page.Openings)
                openings.Add(opening.Index, opening);
        }
        return openings;
    }

    private void CheckOpenings()
    {
        for (var i = 0L; i < Replay.Size; i++)
        {
            var due = Replay.OpeningAt(i, Replay.Size);
            Assert.False(due == OpeningDue.Required && !Openings.ContainsKey(i), $"The opening of entry {i} is missing.");
            Assert.False(due == OpeningDue.Forbidden && Openings.ContainsKey(i), $"The opening of entry {i} must not be there.");
        }
        foreach (var opening in Openings.Values)
        {
            var entry = Entries[(int)opening.Index];
            Assert.Equal(entry.Record, Commitment.OfRecord(Checkpoint.Origin, entry.Signatory!.Value, opening.Salt.Span, Encoding.UTF8.GetBytes(opening.Record)));
        }
    }

    private static Record RecordOf(Opening opening) => Record.Parse(Encoding.UTF8.GetBytes(opening.Record), withheld: false);
}
