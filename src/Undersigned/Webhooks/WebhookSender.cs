using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Outbound;

namespace Undersigned.Webhooks;

/// <summary>
/// Sends what is queued. A delivery is claimed before it is sent, by compare-and-swap on its attempts and due time, so that two servers do not
/// send the same. A claim runs out by itself: after a crash it is sent again, with the same id, and never lost.
/// </summary>
internal sealed class WebhookSender(IDbContextFactory<UndersignedDb> databases, OutboundClient http, TimeProvider time, ILogger<WebhookSender> log)
{
    private const int Round = 40;
    private const int Lanes = 4;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);

    /// <summary>Between one try and the next; after the last, a little more than three days, the delivery is given up.</summary>
    public static IReadOnlyList<TimeSpan> Pauses { get; } =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>A webhook to which nothing came for so long is switched off.</summary>
    private static readonly TimeSpan Forsaken = TimeSpan.FromDays(3);

    /// <summary>One round of what is due; how many deliveries were tried.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var due = await db.WebhookDeliveries.AsNoTracking().Where(d => d.State == WebhookDeliveryState.Waiting && d.DueAt <= now
                && db.Webhooks.Any(h => h.Id == d.WebhookId && (h.State == WebhookState.On || d.Event == Webhook.Test && h.State != WebhookState.Removed)))
            .OrderBy(d => d.DueAt).ThenBy(d => d.Id).Take(Round).ToListAsync(cancellation);
        var tried = 0;
        await Parallel.ForEachAsync(due.GroupBy(d => d.WebhookId), new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellation }, async (ofOne, stop) =>
            Interlocked.Add(ref tried, await SendAsync([.. ofOne.OrderBy(d => d.Id)], stop)));
        return tried;
    }

    /// <summary>Those of one webhook in their order; after one that did not arrive the others wait.</summary>
    private async Task<int> SendAsync(IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellation)
    {
        for (var i = 0; i < deliveries.Count; i++)
        {
            if (await ClaimAsync(deliveries[i], cancellation) is not { } hook)
                continue;
            var delivery = deliveries[i];
            var answer = await http.PostAsync(new Uri(hook.Address), delivery.Body, WebhookSecret.Headers(hook, delivery, time.GetUtcNow()), cancellation);
            await RecordAsync(delivery, answer);
            if (!answer.IsGood)
                return i + 1;
        }
        return deliveries.Count;
    }

    private async Task<Webhook?> ClaimAsync(WebhookDelivery delivery, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var (dueAt, attempts) = (time.GetUtcNow() + Claim, delivery.Attempts + 1);
        var rows = await Same(db, delivery).ExecuteUpdateAsync(u => u.SetProperty(d => d.DueAt, dueAt).SetProperty(d => d.Attempts, attempts), cancellation);
        (delivery.DueAt, delivery.Attempts) = (dueAt, attempts);
        return rows == 0 ? null : await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(h => h.Id == delivery.WebhookId && h.State != WebhookState.Removed, cancellation);
    }

    private static IQueryable<WebhookDelivery> Same(UndersignedDb db, WebhookDelivery delivery) =>
        db.WebhookDeliveries.Where(d => d.Id == delivery.Id && d.State == WebhookDeliveryState.Waiting && d.Attempts == delivery.Attempts && d.DueAt == delivery.DueAt);

    // What was sent is written down even while the program stops.
    private async Task RecordAsync(WebhookDelivery delivery, OutboundAnswer answer)
    {
        await using var db = await databases.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = time.GetUtcNow();
        var isOver = !answer.IsGood && (delivery.Event == Webhook.Test || delivery.Attempts > Pauses.Count);
        var state = answer.IsGood ? WebhookDeliveryState.Arrived : isOver ? WebhookDeliveryState.GivenUp : WebhookDeliveryState.Waiting;
        var dueAt = state == WebhookDeliveryState.Waiting ? now + Pauses[delivery.Attempts - 1] : now;
        var rows = await Same(db, delivery).ExecuteUpdateAsync(u => u.SetProperty(d => d.State, state).SetProperty(d => d.DueAt, dueAt));
        // Removed meanwhile, or so slow that another server has it.
        if (rows == 0)
            return;
        db.WebhookAttempts.Add(new WebhookAttempt { DeliveryId = delivery.Id, At = now, Status = answer.Status, Fault = answer.Fault, Milliseconds = answer.Milliseconds, Answer = Readable(answer.Begin) });
        if (delivery.Event != Webhook.Test || answer.IsGood)
            await RememberAsync(db, delivery, answer, isOver, now);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        if (!answer.IsGood)
            log.LogWarning("Delivery {Delivery} to webhook {Webhook} of letter {Letter} {Outcome}: {Why}", delivery.Id, delivery.WebhookId, delivery.LetterId, isOver ? "is given up" : "waits", (object?)answer.Fault ?? answer.Status);
    }

    private static async Task RememberAsync(UndersignedDb db, WebhookDelivery delivery, OutboundAnswer answer, bool isOver, DateTimeOffset now)
    {
        var hook = await db.Webhooks.SingleAsync(h => h.Id == delivery.WebhookId);
        hook.FailingSince = answer.IsGood ? null : hook.FailingSince ?? now;
        if (answer.IsGood || hook.State != WebhookState.On)
            return;
        // The others to the same address would fare no better just now.
        var later = now + Pauses[0];
        await db.WebhookDeliveries.Where(d => d.WebhookId == hook.Id && d.Id != delivery.Id && d.State == WebhookDeliveryState.Waiting && d.DueAt < later).ExecuteUpdateAsync(u => u.SetProperty(d => d.DueAt, later));
        if (answer.Status != StatusCodes.Status410Gone && !(isOver && now - hook.FailingSince >= Forsaken))
            return;
        (hook.State, hook.StateAt) = (WebhookState.GivenUp, now);
        db.Acts.Add(new StaffAct { LetterId = hook.LetterId, AccountId = StaffAct.Console, At = now, What = "webhook-given-up", Detail = hook.Host });
    }

    private static string Readable(byte[] begin)
    {
        var text = new string([.. Encoding.UTF8.GetString(begin).Select(c => char.IsControl(c) || c == '\uFFFD' ? ' ' : c)]).Trim();
        return text.Length <= WebhookAttempt.LongestAnswer ? text : text[..WebhookAttempt.LongestAnswer];
    }
}
