using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Mail;
using Undersigned.Model;

namespace Undersigned.Health;

/// <summary>One thing that must be in order for the instance to do its work.</summary>
/// <param name="What">database, keys, list, mail, backup or pdf.</param>
/// <param name="IsReady">Whether it is.</param>
/// <param name="Detail">What was seen, in words; no personal data.</param>
public sealed record ReadinessLine(string What, bool IsReady, string Detail);

/// <summary>Asks the database, the key ring and the sequencer.</summary>
public sealed class Readiness(Instance instance, IDbContextFactory<UndersignedDb> databases, IDataProtectionProvider protection, LogTroubles troubles, TimeProvider time)
{
    /// <summary>A decided change that waits longer than this says that the sequencer stands still.</summary>
    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(60);

    public async Task<IReadOnlyList<ReadinessLine>> AskAsync(CancellationToken cancellation)
    {
        var database = await AskDatabaseAsync(cancellation);
        return [database.Answer, AskKeys(), database.List, database.Mail, database.Backup, Pdf()];
    }

    private async Task<(ReadinessLine Answer, ReadinessLine List, ReadinessLine Mail, ReadinessLine Backup)> AskDatabaseAsync(CancellationToken cancellation)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            // What a switch holds, or what waits for publication, is meant to wait.
            var oldest = await db.Changes
                .Where(c => db.Logs.Any(g => g.LetterId == c.LetterId) && db.Letters.Any(l => l.Id == c.LetterId && !l.HoldPublishing))
                .OrderBy(c => c.Id).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(cancellation);
            var held = await db.OpenBreakers().CountAsync(cancellation);
            // The instance does its work; whether mail goes on is for a person to say.
            return (new("database", true, "answers"), List(oldest), new("mail", true, held == 0 ? "no domain is held" : $"mail to {held} domain(s) is held: too much came back"),
                Backup(await db.LastBackupAsync(cancellation)));
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            return (new("database", false, e.GetType().Name), new("list", false, "unknown while the database does not answer"), new("mail", true, "unknown while the database does not answer"), Backup(null));
        }
    }

    private ReadinessLine List(DateTimeOffset? oldest)
    {
        if (troubles.All is [var trouble, ..])
            return new("list", false, trouble.What);
        var lag = oldest is { } at ? time.GetUtcNow() - at : TimeSpan.Zero;
        return new("list", lag < LongestLag, lag < LongestLag ? "up to date" : $"the oldest decided change waits for {(int)lag.TotalSeconds} s");
    }

    // An old backup keeps nobody from reading or signing: it is said, and not counted against.
    private ReadinessLine Backup(DateTimeOffset? last) => new("backup", true, last is { } at
        ? $"the last one is {Math.Max(0, (int)(time.GetUtcNow() - at).TotalHours)} h old"
        : "none was made with `undersigned backup`");

    // Letters can be read and signed without it.
    private ReadinessLine Pdf() => new("pdf", true, instance.Chromium is { } chromium ? $"letters are set by {Path.GetFileName(chromium)}" : "no Chromium: letters are not made into PDFs until it is installed or named with --chromium");

    private ReadinessLine AskKeys()
    {
        try
        {
            var protector = protection.CreateProtector("undersigned/readiness");
            return new("keys", protector.Unprotect(protector.Protect("x")) == "x", "the key ring opens");
        }
        catch (System.Security.Cryptography.CryptographicException e)
        {
            return new("keys", false, e.GetType().Name);
        }
    }
}
