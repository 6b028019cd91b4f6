using Undersigned.Data;

namespace Undersigned.Mail;

/// <summary>Runs the outbox whenever there is something to send.</summary>
public sealed class OutboxLoop(Outbox outbox, WorkSignal work, ILogger<OutboxLoop> log) : BackgroundService
{
    private const int RoundsBeforeRest = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var idle = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = work.Next(TimeSpan.FromSeconds(1), stoppingToken);
            try
            {
                idle = await outbox.SendDueAsync(stoppingToken) > 0 ? 0 : idle + 1;
                if (idle == RoundsBeforeRest)
                    await outbox.RestAsync();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The outbox stopped in mid-round ({Error}) and goes on", e.GetType().Name);
                idle = RoundsBeforeRest;
            }
            if (idle > 0)
                await next;
        }
    }
}
