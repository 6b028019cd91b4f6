using Undersigned.Log;

namespace Undersigned.Log.Tests;

public class LogClientTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    private static LogClient ClientOf(MemoryLog log) => new(MemoryLog.Signer.VerifierKey, log.Fetch);

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(70_000)]
    public async Task Entries_of_any_range_come_in_order_with_their_places_and_hashes(int size)
    {
        var log = MemoryLog.Of(size);
        var client = ClientOf(log);
        var (_, checkpoint) = await client.CheckpointAsync(None);
        var expected = NaiveTree.SomeEntries(size);
        foreach (var (from, to) in new[] { (0, 0), (0, 1), (size - 1, size), (size / 2, Math.Min(size, size / 2 + 600)), (Math.Max(0, size - 300), size) })
        {
            var entries = await client.EntriesAsync(checkpoint, from, to, None).ToListAsync(None);
            Assert.Equal(Enumerable.Range(from, to - from).Select(i => (long)i), entries.Select(entry => entry.Index));
            Assert.All(entries, entry => Assert.Equal(expected[entry.Index], entry.Bytes.ToArray()));
            Assert.All(entries, entry => Assert.Equal(MerkleTree.LeafHash(expected[entry.Index]), entry.LeafHash));
        }
    }

    [Fact]
    public async Task One_entry_of_70000_costs_its_bundle_and_the_tiles_above_it()
    {
        var log = MemoryLog.Of(70_000);
        await ClientOf(log).EntriesAsync(log.Checkpoint, 1_000, 1_001, None).ToListAsync(None);
        Assert.Equal(["tile/entries/003", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/1/000"], log.Read);
    }

    [Fact]
    public async Task Proofs_are_made_from_proven_tiles_and_verify()
    {
        var log = MemoryLog.Of(300);
        var older = log.Checkpoint;
        log.Append(1_000);
        var (client, leaf) = (ClientOf(log), MerkleTree.LeafHash("entry 299"u8));
        var inclusion = await client.InclusionAsync(log.Checkpoint, 299, None);
        Assert.True(Proofs.VerifyInclusion(299, 1_300, leaf, inclusion, log.Edge.Root));
        var consistency = await client.ConsistencyAsync(older, log.Checkpoint, None);
        Assert.True(Proofs.VerifyConsistency(300, 1_300, consistency, older.Root, log.Edge.Root));
    }

    [Fact]
    public async Task A_log_that_forked_or_went_back_is_told()
    {
        var log = MemoryLog.Of(300);
        var fork = log.Checkpoint with { Size = 200 };
        await Assert.ThrowsAsync<LogVerificationException>(async () => await ClientOf(log).ConsistencyAsync(fork, log.Checkpoint, None));
        await Assert.ThrowsAsync<LogVerificationException>(async () => await ClientOf(log).ConsistencyAsync(log.Checkpoint with { Size = 301 }, log.Checkpoint, None));
    }

    [Fact]
    public async Task A_dropped_partial_tile_or_bundle_is_read_from_the_full_one()
    {
        var log = MemoryLog.Of(200);
        var older = log.Checkpoint;
        log.Append(400).DropOldPartials();
        Assert.DoesNotContain("tile/entries/000.p/200", log.Files.Keys);
        var client = ClientOf(log);
        Assert.Equal(200, (await client.EntriesAsync(older, 0, 200, None).ToListAsync(None)).Count);
        Assert.True(Proofs.VerifyInclusion(7, 200, MerkleTree.LeafHash("entry 7"u8), await client.InclusionAsync(older, 7, None), older.Root));
    }

    [Fact]
    public async Task Whichever_file_of_the_log_is_changed_cut_or_gone_nothing_unproven_is_handed_on()
    {
        var log = MemoryLog.Of(70_000);
        var changes = new Func<byte[], byte[]?>[] { bytes => Flip(bytes, bytes.Length / 2), bytes => Flip(bytes, bytes.Length - 1), bytes => bytes[..^1], bytes => [.. bytes, 0], _ => [], _ => null };
        foreach (var path in new[] { "tile/entries/003", "tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1" })
        {
            var index = path == "tile/entries/273.p/112" ? 69_990 : 1_000;
            foreach (var change in changes)
            {
                var client = new LogClient(MemoryLog.Signer.VerifierKey, (asked, _) =>
                    ValueTask.FromResult(asked == path ? change(log.Files[path]) : log.Files.GetValueOrDefault(asked)));
                var exception = await Assert.ThrowsAnyAsync<Exception>(async () => await client.EntriesAsync(log.Checkpoint, index, index + 1, None).ToListAsync(None));
                Assert.True(exception is LogFormatException or LogVerificationException, exception.ToString());
            }
        }
    }

    [Fact]
    public async Task A_checkpoint_that_is_absent_broken_or_of_another_key_is_not_opened()
    {
        var log = MemoryLog.Of(5);
        var stranger = new LogClient(new NoteSigner(log.Checkpoint.Origin, [.. Enumerable.Repeat((byte)9, 32)]).VerifierKey, log.Fetch);
        await Assert.ThrowsAsync<LogVerificationException>(async () => await stranger.CheckpointAsync(None));
        log.Files["checkpoint"] = Flip(log.Files["checkpoint"], log.Files["checkpoint"].Length - 10);
        await Assert.ThrowsAsync<LogVerificationException>(async () => await ClientOf(log).CheckpointAsync(None));
        log.Files["checkpoint"] = [0];
        await Assert.ThrowsAsync<LogFormatException>(async () => await ClientOf(log).CheckpointAsync(None));
        log.Files.Remove("checkpoint");
        var absent = await Assert.ThrowsAsync<LogVerificationException>(async () => await ClientOf(log).CheckpointAsync(None));
        Assert.Equal("checkpoint", absent.Where);
    }

    private static byte[] Flip(byte[] bytes, int place)
    {
        var changed = (byte[])bytes.Clone();
        changed[place] ^= 1;
        return changed;
    }
}
