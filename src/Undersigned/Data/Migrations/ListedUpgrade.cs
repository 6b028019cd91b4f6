using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data.Migrations;

/// <summary>Writes the offices and places of lines that were listed before step 2, so that the list can be narrowed by them. All in one transaction.</summary>
internal static class ListedUpgrade
{
    private const int AtOnce = 2_000;

    public static async Task RunAsync(Instance instance)
    {
        var options = new DbContextOptionsBuilder<UndersignedDb>();
        Database.Use(options, instance);
        await using var db = new UndersignedDb(options.Options);
        if (await db.LinePosts.AnyAsync() || !await db.Lines.AnyAsync())
            return;
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var letterId in await db.Lines.Select(l => l.LetterId).Distinct().ToListAsync())
            for (var from = 0L; await WriteAsync(db, letterId, from) is { } last; from = last + 1)
                db.ChangeTracker.Clear();
        await transaction.CommitAsync();
    }

    /// <summary>The last line written; null at the end.</summary>
    private static async Task<long?> WriteAsync(UndersignedDb db, long letterId, long from)
    {
        var some = await db.Lines.Where(l => l.LetterId == letterId && l.LeafIndex >= from).OrderBy(l => l.LeafIndex).Take(AtOnce).ToListAsync();
        foreach (var line in some)
        {
            var shown = ShownLine.FromRecord(line.Record);
            db.LinePosts.AddRange(ListedPosts.Of(shown, letterId, line.LeafIndex));
            (line.Location, line.FoldedLocation) = (shown.Location, shown.Location is { } place ? NameFolding.Fold(place) : null);
        }
        await db.SaveChangesAsync();
        return some.Count == 0 ? null : some[^1].LeafIndex;
    }
}
