using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Webhooks;

/// <summary>Queues and sends, whenever something may have become public, and every second.</summary>
internal sealed class WebhookLoop(WebhookQueue queue, WebhookSender sender, WorkSignal work, ILogger<WebhookLoop> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = work.Next(TimeSpan.FromSeconds(1), stoppingToken);
            try
            {
                await queue.QueueAsync(stoppingToken);
                while (await sender.SendDueAsync(stoppingToken) > 0)
                    await queue.QueueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Webhooks stopped in mid-round ({Error}) and go on", e.GetType().Name);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            await next;
        }
    }
}

/// <summary>What was sent, and what came back, is kept for thirty days.</summary>
internal sealed class WebhookTrimming(IDbContextFactory<UndersignedDb> databases, TimeProvider time)
{
    public const int Days = 30;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var before = time.GetUtcNow().AddDays(-Days);
        var old = db.WebhookDeliveries.Where(d => d.MadeAt < before && d.State != WebhookDeliveryState.Waiting);
        await db.WebhookAttempts.Where(a => old.Any(d => d.Id == a.DeliveryId)).ExecuteDeleteAsync(cancellation);
        await old.Where(d => !db.WebhookAttempts.Any(a => a.DeliveryId == d.Id)).ExecuteDeleteAsync(cancellation);
    }
}
