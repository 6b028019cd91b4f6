using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data.Migrations;

/// <summary>Seals what a migration could only move: addresses that stood plain in databases of before step 2.</summary>
internal static class SealedUpgrade
{
    private const int AtOnce = 1_000;

    public static async Task RunAsync(Instance instance)
    {
        var options = new DbContextOptionsBuilder<UndersignedDb>();
        Database.Use(options, instance);
        await using var db = new UndersignedDb(options.Options);
        // A seal begins with its version; JSON with a brace.
        var plain = instance.IsPostgres()
            ? db.Signatures.FromSqlRaw("SELECT * FROM signature WHERE substr(sealed, 1, 1) = '\\x7b'::bytea")
            : db.Signatures.FromSqlRaw("SELECT * FROM signature WHERE substr(sealed, 1, 1) = x'7b'");
        while (await plain.OrderBy(s => s.Id).Take(AtOnce).ToListAsync() is { Count: > 0 } some)
        {
            foreach (var signature in some)
                signature.SealAnew();
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }
}
