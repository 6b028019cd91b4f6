using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data.Migrations;

/// <summary>Seals what a migration could only move: addresses, and how people are known, that stood plain in databases of before step 2.</summary>
internal static class SealedUpgrade
{
    private const int AtOnce = 1_000;

    public static async Task RunAsync(Instance instance)
    {
        var options = new DbContextOptionsBuilder<UndersignedDb>();
        Database.Use(options, instance);
        await using var db = new UndersignedDb(options.Options);
        await SealAsync(db, db.Signatures.FromSqlRaw(Plain("signature", instance)).OrderBy(s => s.Id));
        await SealAsync(db, db.Evidence.FromSqlRaw(Plain("evidence", instance)).OrderBy(e => e.Id));
    }

    // A seal begins with its version; JSON with a brace.
    private static string Plain(string table, Instance instance) =>
        $"SELECT * FROM {table} WHERE substr(sealed, 1, 1) = {(instance.IsPostgres() ? @"'\x7b'::bytea" : "x'7b'")}";

    private static async Task SealAsync<T>(UndersignedDb db, IQueryable<T> plain) where T : SealedRow
    {
        while (await plain.Take(AtOnce).ToListAsync() is { Count: > 0 } some)
        {
            foreach (var row in some)
                row.SealAnew();
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }
}
