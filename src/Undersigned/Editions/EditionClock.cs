using Microsoft.EntityFrameworkCore;
using Undersigned.Data;

namespace Undersigned.Editions;

/// <summary>Publishes editions whose time has come. Several processes may do so: the letter's lock lets one.</summary>
public sealed class EditionClock(EditionWriter writer, IDbContextFactory<UndersignedDb> databases, TimeProvider time, ILogger<EditionClock> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                await PublishDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("An edition was not published ({Error}); it is tried again", e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>While publishing is held, editions wait too.</summary>
    public async Task PublishDueAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var due = await db.Letters.AsNoTracking().Where(l => l.EditionAt <= now && !l.HoldPublishing && db.Logs.Any(g => g.LetterId == l.Id && g.PublishedSize > 0)).ToListAsync(cancellation);
        foreach (var letter in due)
        {
            var then = letter.EditionAt!.Value;
            // By compare-and-swap: whoever moves the time on publishes. Where nothing has changed, only the time moves on.
            if (await db.Letters.Where(l => l.Id == letter.Id && l.EditionAt == then).ExecuteUpdateAsync(s => s.SetProperty(l => l.EditionAt, Next(then, letter.EditionEveryHours, now)), cancellation) > 0)
                await writer.PublishAsync(letter.Id, null, null, cancellation);
        }
    }

    // Times that passed while the program stood still are one edition.
    private static DateTimeOffset Next(DateTimeOffset due, int everyHours, DateTimeOffset now)
    {
        var missed = (long)((now - due) / TimeSpan.FromHours(everyHours));
        return due + TimeSpan.FromHours(everyHours) * (missed + 1);
    }
}
