using Undersigned.Log;

namespace Undersigned.Log.Tests;

/// <summary>A log as a folder of paths in memory, appended to in batches, that counts what is read of it.</summary>
internal sealed class MemoryLog
{
    public static readonly NoteSigner Signer = new("letters.example/letters/waterways/log", new byte[32]);

    private readonly List<ReadOnlyMemory<byte>> _entries = [];

    public Dictionary<string, byte[]> Files { get; } = [];

    public List<string> Read { get; } = [];

    public TreeEdge Edge { get; private set; } = TreeEdge.Empty;

    public Checkpoint Checkpoint => new(Signer.VerifierKey.Name, Edge.Size, Edge.Root);

    public static MemoryLog Of(int size) => new MemoryLog().Append(size);

    public MemoryLog Append(int count)
    {
        var batch = NaiveTree.SomeEntries(_entries.Count + count).Skip(_entries.Count).Select(entry => (ReadOnlyMemory<byte>)entry).ToList();
        var append = Edge.Append(batch);
        foreach (var (tile, bytes) in append.Tiles) Files[tile.Path] = bytes;
        for (var bundle = _entries.Count / 256; bundle * 256 < _entries.Count + count; bundle++)
        {
            var entries = _entries.Concat(batch).Skip(bundle * 256).Take(256).ToList();
            Files[new EntryBundle(bundle, entries.Count).Path] = EntryBundle.Encode(entries);
        }
        _entries.AddRange(batch);
        Edge = append.Edge;
        Files["checkpoint"] = System.Text.Encoding.UTF8.GetBytes(Signer.Sign(Checkpoint.Text));
        return this;
    }

    /// <summary>Drops every partial tile and bundle whose full one exists, as a log may.</summary>
    public void DropOldPartials()
    {
        foreach (var path in Files.Keys.Where(path => path.Contains(".p/") && Files.ContainsKey(path[..path.IndexOf(".p/", StringComparison.Ordinal)])).ToList()) Files.Remove(path);
    }

    public ValueTask<byte[]?> Fetch(string path, CancellationToken cancel)
    {
        Read.Add(path);
        return ValueTask.FromResult(Files.GetValueOrDefault(path));
    }

    public ValueTask<ReadOnlyMemory<byte>> ReadTile(Tile tile, CancellationToken cancel)
    {
        Read.Add(tile.Path);
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(Files[tile.Path]);
    }
}
