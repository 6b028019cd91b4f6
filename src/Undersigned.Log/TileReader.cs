namespace Undersigned.Log;

/// <summary>
/// Reads the bytes of a tile, from a database, a folder or the network: <see cref="Tile.Width"/> hashes of 32 bytes.
/// A wider version of the same tile may be returned; its first hashes are the same and the rest is not looked at.
/// </summary>
public delegate ValueTask<ReadOnlyMemory<byte>> TileReader(Tile tile, CancellationToken cancel);
