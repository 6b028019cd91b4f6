using Microsoft.EntityFrameworkCore;
using Undersigned.Log;

namespace Undersigned.Data;

/// <summary>Reads a log's tiles, for proofs and for the tree's right edge.</summary>
public static class LogTiles
{
    public static TileReader Reader(UndersignedDb db, long letterId) => async (tile, cancellation) =>
        await db.Tiles.Where(t => t.LetterId == letterId && t.Level == tile.Level && t.TileIndex == tile.Index)
            .Select(t => t.Hashes).SingleOrDefaultAsync(cancellation)
        ?? throw new LogFormatException($"There is no {tile.Path}.");
}
