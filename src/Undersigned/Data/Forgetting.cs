using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Destroys what other rows know of a person, and sees that it is gone from the files too.</summary>
public static class Forgetting
{
    /// <summary>
    /// Everything about this signature that stands in other rows, and what the same address wrote to the desk. The signature itself must
    /// still have its address; the caller forgets it afterwards and saves.
    /// </summary>
    public static async Task ForgetAroundAsync(this UndersignedDb db, Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        var (id, tag) = (signature.Id, signature.AddressTag);
        db.Corrections.RemoveRange(await db.Corrections.Where(c => c.SignatureId == id).ToListAsync(cancellation));
        db.Pairs.RemoveRange(await db.Pairs.Where(p => p.LetterId == signature.LetterId && (p.FirstId == id || p.SecondId == id)).ToListAsync(cancellation));
        db.Quotations.RemoveRange(await db.Quotations.Where(q => q.SignatureId == id).ToListAsync(cancellation));
        foreach (var sampled in await db.SampledLines.Where(l => l.SignatureId == id).ToListAsync(cancellation))
            sampled.Note = null;
        db.Looks.RemoveRange(await db.Looks.Where(l => l.SignatureId == id).ToListAsync(cancellation));
        foreach (var evidence in await db.Evidence.Where(e => e.SignatureId == id).ToListAsync(cancellation))
            evidence.Forget(now);
        var inquiries = db.Inquiries.Where(i => i.LetterId == signature.LetterId && (i.SignatureId == id || tag != null && i.AddressTag == tag));
        foreach (var inquiry in await inquiries.ToListAsync(cancellation))
            inquiry.EndKeeping();
        foreach (var mail in await db.Outbox.Where(m => m.SignatureId == id && m.InquiryId == null && m.State == MailState.Waiting).ToListAsync(cancellation))
            mail.State = MailState.Suppressed;
        await db.ForgetInBulkActsAsync([id], cancellation);
    }

    /// <summary>
    /// SQLite writes zeros over what is deleted (secure_delete), but the write-ahead log and the index of names keep older pages: this
    /// empties the one and writes the other anew. Where somebody reads just then it does less, and the next call does the rest.
    /// </summary>
    public static async Task SweepFilesAsync(this UndersignedDb db, CancellationToken cancellation)
    {
        if (!db.Database.IsSqlite())
            return;
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout = 250", cancellation);
            await db.Database.ExecuteSqlRawAsync("INSERT INTO line_search (line_search) VALUES ('optimize')", cancellation);
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellation);
        }
        catch (Microsoft.Data.Sqlite.SqliteException busy) when (busy.SqliteErrorCode is 5 or 6)
        {
            // Somebody writes just now.
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
