using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// Every few seconds tells the database what this server counted of forms and codes, and reads what the others did. A database that does
/// not answer stops nothing: what was counted is told later, and meanwhile each server holds the limits alone.
/// </summary>
public sealed class AttemptsExchange(IDbContextFactory<UndersignedDb> databases, Attempts attempts, TimeProvider time, ILogger<AttemptsExchange> log) : BackgroundService
{
    /// <summary>What comes within so many seconds, and on several servers, may pass a limit.</summary>
    public const int Seconds = 5;
    private const int AtOnce = 150;
    private const int KeptMinutes = 25 * 60;

    private long sweptAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(Seconds), time);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The servers did not tell each other what they count: {Error}. It is tried again in {Seconds} seconds.", failure.GetType().Name, Seconds);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await TellAsync(db, cancellation);
        var (from, server) = (attempts.AskFrom, attempts.Server);
        attempts.Told(await db.AttemptCounts.AsNoTracking().Where(c => c.Minute >= from && c.Server != server).ToListAsync(cancellation));
        var minute = Attempts.MinuteOf(time.GetUtcNow());
        if (minute - sweptAt < 60)
            return;
        await db.AttemptCounts.Where(c => c.Minute < minute - KeptMinutes).ExecuteDeleteAsync(cancellation);
        sweptAt = minute;
    }

    private async Task TellAsync(UndersignedDb db, CancellationToken cancellation)
    {
        while (attempts.TakeUntold(AtOnce) is { Count: > 0 } some)
        {
            try
            {
                await AddAsync(db, [.. some.Select(u => u.Count)], cancellation);
            }
            catch
            {
                attempts.NotTold(some);
                throw;
            }
        }
    }

    /// <summary>Adds to what stands of the same minute; both engines know this statement.</summary>
    private static Task<int> AddAsync(UndersignedDb db, IReadOnlyList<AttemptCount> counts, CancellationToken cancellation)
    {
        var rows = string.Join(", ", Enumerable.Range(0, counts.Count).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"({{{5 * i}}}, {{{5 * i + 1}}}, {{{5 * i + 2}}}, {{{5 * i + 3}}}, {{{5 * i + 4}}})")));
        // Places for values alone; the values go beside it.
        var statement = "INSERT INTO attempt_count (key, server, minute, number, usual) VALUES " + rows
            + " ON CONFLICT (key, server, minute) DO UPDATE SET number = attempt_count.number + excluded.number, usual = excluded.usual";
        return db.Database.ExecuteSqlRawAsync(statement, counts.SelectMany(c => new object[] { c.Key, c.Server, c.Minute, c.Number, c.Usual }), cancellation);
    }
}
