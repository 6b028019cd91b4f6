using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Duplicates;

/// <summary>
/// Keeps the pairs of every open letter up to its lines. It reads what stands rather than following what happened, so that a start, a
/// restored backup and another process's writes are the same to it; a crash costs one more round.
/// </summary>
public sealed partial class PairFinding(IDbContextFactory<UndersignedDb> databases, WorkSignal work, TimeProvider time, ILogger<PairFinding> log) : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(15);
    /// <summary>A round may take this share of the time at most.</summary>
    private const int OneIn = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                await RoundAsync(stoppingToken);
                var rest = time.GetElapsedTime(began) * OneIn;
                await Task.Delay(rest > Often ? rest : Often, time, stoppingToken);
                await work.Next(AtLeast, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException or InvalidOperationException)
            {
                // Somebody wrote the same pair, or the database does not answer: the next round reads everything anew.
                CannotCompare(log, e);
                await Task.Delay(AtLeast, time, stoppingToken);
            }
        }
    }

    internal async Task RoundAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var letters = await db.Letters.AsNoTracking().Where(l => l.State != LetterState.Closed && l.CurrentRevision > 0).ToListAsync(cancellation);
        foreach (var letter in letters)
            await db.FollowPairsAsync(letter, time.GetUtcNow(), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A letter's names could not be compared; the next round reads them anew")]
    private static partial void CannotCompare(ILogger logger, Exception exception);
}
