using System.Buffers.Binary;
using System.Security.Cryptography;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Bench;

/// <summary>
/// A letter's log of a million entries: appended to in batches, and checked whole, against hashing the same bytes once. Everything is
/// in memory and on one thread; what is measured is processor time, so that a busy machine matters less.
/// </summary>
internal static class LogBench
{
    private const int Size = 1_000_000, BatchSize = 1_000, Rounds = 5;
    private const string Slug = "waterways";

    private static readonly Origin Origin = Origin.Of("petition.example", Slug);

    public static int Run(string? tlogGo)
    {
        Console.Error.WriteLine($"making {Size:N0} entries");
        var batches = MakeEntries().Chunk(BatchSize).ToArray();
        var log = new Measured(batches);
        var figures = new Figures();
        using var file = tlogGo is null ? null : new EntryFile(log.Bundles);
        for (var round = 1; round <= Rounds; round++)
        {
            Console.Error.WriteLine($"round {round} of {Rounds}");
            log.Measure(figures);
            if (file is not null) TlogGo.Measure(tlogGo!, file.Path, log.Root, figures);
        }
        figures.Print(Size, log.Bytes);
        return 0;
    }

    // An opening, and then signatures of which every fiftieth is imported: what a letter's log mostly holds.
    private static IEnumerable<ReadOnlyMemory<byte>> MakeEntries()
    {
        var start = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        yield return new Entry
        {
            Type = EntryType.Open,
            Time = start,
            Standing = 0,
            Withheld = 0,
            Letter = Slug,
            Revision = 1,
            Text = Hash.OfBytes("text"u8),
            Rules = Hash.OfBytes("rules"u8),
        }.Encode();
        var number = new byte[sizeof(int)];
        for (var signatory = 1; signatory < Size; signatory++)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, signatory);
            yield return new Entry
            {
                Type = EntryType.Sign,
                Time = start.AddSeconds(signatory / BatchSize),
                Standing = signatory,
                Withheld = 0,
                Signatory = signatory,
                Revision = 1,
                Record = Hash.OfBytes(number),
                Level = signatory % 50 == 0 ? Level.Imported : Level.Email,
            }.Encode();
        }
    }

    private sealed class Measured(ReadOnlyMemory<byte>[][] batches)
    {
        public byte[][] Bundles { get; } = [.. batches.SelectMany(batch => batch).Chunk(Tile.FullWidth).Select(EntryBundle.Encode)];

        public long Bytes { get; } = batches.Sum(batch => batch.Sum(entry => (long)entry.Length));

        public Hash Root { get; private set; }

        public void Measure(Figures figures)
        {
            figures.Time("hash the bytes once, in one stream", HashStream);
            figures.Time(Figures.Bare, HashEach);
            figures.Time("append in batches of 1,000, with all tiles", Append);
            figures.Time("verify: bundles → leaf hashes → root", () => Verify(null));
            figures.Time("verify, and replay every entry by the rules", () => Verify(new Replay(Origin, _ => default)));
        }

        private void HashStream()
        {
            using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var bundle in Bundles) sha256.AppendData(bundle);
            sha256.GetHashAndReset();
        }

        private void HashEach()
        {
            Span<byte> digest = stackalloc byte[Hash.Size];
            foreach (var batch in batches)
            {
                foreach (var entry in batch) SHA256.HashData(entry.Span, digest);
            }
        }

        private void Append()
        {
            var edge = TreeEdge.Empty;
            foreach (var batch in batches) edge = edge.Append(batch).Edge;
            Root = edge.Root;
        }

        private void Verify(Replay? replay)
        {
            var leaves = new Hash[Size];
            var index = 0;
            foreach (var bundle in Bundles)
            {
                foreach (var entry in EntryBundle.Decode(bundle, Math.Min(Tile.FullWidth, Size - index)))
                {
                    leaves[index++] = MerkleTree.LeafHash(entry.Span);
                    if (replay?.Apply(Entry.Parse(entry)) is { } broken) throw new InvalidOperationException(broken.ToString());
                }
            }
            if (MerkleTree.Root(leaves) != Root) throw new InvalidOperationException("The root differs.");
        }
    }

    private sealed class EntryFile : IDisposable
    {
        public EntryFile(byte[][] bundles)
        {
            using var stream = File.Create(Path);
            foreach (var bundle in bundles) stream.Write(bundle);
        }

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
