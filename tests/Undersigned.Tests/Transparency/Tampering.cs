using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;

namespace Undersigned.Tests.Transparency;

/// <summary>What somebody with access to the database might do.</summary>
internal static class Tampering
{
    /// <summary>One digit of an entry's time.</summary>
    public static async Task EntryAsync(UndersignedDb db, long letterId, long index)
    {
        var entry = await db.Entries.SingleAsync(e => e.LetterId == letterId && e.LeafIndex == index);
        var text = Encoding.UTF8.GetString(entry.Bytes);
        entry.Bytes = Encoding.UTF8.GetBytes(text.Replace("\"time\":\"2026-", "\"time\":\"2025-", StringComparison.Ordinal));
        await db.SaveChangesAsync();
    }

    public static async Task TileAsync(UndersignedDb db, long letterId)
    {
        var tile = await db.Tiles.SingleAsync(t => t.LetterId == letterId && t.Level == 0 && t.TileIndex == 0);
        tile.Hashes = [(byte)(tile.Hashes[0] ^ 1), .. tile.Hashes[1..]];
        await db.SaveChangesAsync();
    }
}
