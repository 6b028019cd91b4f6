using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Webhooks;

/// <summary>One webhook: what was sent and what came back; a test, a new secret, off and on.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class OneWebhookModel(UndersignedDb db, TimeProvider time, Instance instance, WorkSignal work) : StaffPage(db, time)
{
    private const int Latest = 50;

    public sealed record Sent(WebhookDelivery Delivery, IReadOnlyList<WebhookAttempt> Attempts);

    public Webhook Hook { get; private set; } = null!;
    public IReadOnlyList<Sent> Deliveries { get; private set; } = [];
    public int Waiting { get; private set; }

    /// <summary>Shown this once.</summary>
    public string? NewSecret { get; private set; }

    public bool IsOn => Hook.State == WebhookState.On;
    public DateTimeOffset AsOf => Now;

    public async Task<IActionResult> OnGetAsync(long hookId, CancellationToken cancellation)
    {
        if (!await FindAsync(hookId, cancellation))
            return NotFound();
        await LoadAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostTestAsync(long hookId, CancellationToken cancellation)
    {
        if (!await FindAsync(hookId, cancellation))
            return NotFound();
        var at = await WebhookQueue.PublishedAsync(Db, Letter.Id, cancellation);
        Db.WebhookDeliveries.Add(WebhookQueue.Delivery(Hook, Webhook.Test, WebhookBody.Of(Webhook.Test, Now, Letter, Letter.IsPublic ? at : null, instance), Now));
        return await DoneAsync("webhook-test", cancellation);
    }

    /// <summary>The same message once more, of one that is not under way any more; its tries are counted anew.</summary>
    public async Task<IActionResult> OnPostAgainAsync(long hookId, long delivery, CancellationToken cancellation)
    {
        if (!await FindAsync(hookId, cancellation) || await Db.WebhookDeliveries.SingleOrDefaultAsync(d => d.Id == delivery && d.WebhookId == Hook.Id, cancellation) is not { } found)
            return NotFound();
        if (found.State == WebhookDeliveryState.Waiting)
            return Here();
        (found.State, found.DueAt, found.Attempts) = (WebhookDeliveryState.Waiting, Now, 0);
        return await DoneAsync("webhook-again", cancellation);
    }

    public async Task<IActionResult> OnPostSwitchAsync(long hookId, bool on, CancellationToken cancellation)
    {
        if (!await FindAsync(hookId, cancellation))
            return NotFound();
        if (IsOn == on)
            return Here();
        (Hook.State, Hook.StateAt, Hook.FailingSince) = (on ? WebhookState.On : WebhookState.Off, Now, null);
        if (on)
            foreach (var waiting in await Db.WebhookDeliveries.Where(d => d.WebhookId == Hook.Id && d.State == WebhookDeliveryState.Waiting).ToListAsync(cancellation))
                (waiting.DueAt, waiting.Attempts) = (Now, 0);
        return await DoneAsync(on ? "webhook-on" : "webhook-off", cancellation);
    }

    public async Task<IActionResult> OnPostSecretAsync(long hookId, CancellationToken cancellation)
    {
        if (!await FindAsync(hookId, cancellation))
            return NotFound();
        (Hook.FormerSecret, Hook.FormerUntil, Hook.SigningSecret) = (Hook.SigningSecret, Now + WebhookSecret.Overlap, WebhookSecret.New());
        Record("webhook-secret", detail: Hook.Host);
        await Db.SaveChangesAsync(cancellation);
        NewSecret = Hook.SigningSecret;
        await LoadAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(long hookId, CancellationToken cancellation)
    {
        if (!await FindAsync(hookId, cancellation))
            return NotFound();
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        var sent = Db.WebhookDeliveries.Where(d => d.WebhookId == Hook.Id);
        await Db.WebhookAttempts.Where(a => sent.Any(d => d.Id == a.DeliveryId)).ExecuteDeleteAsync(cancellation);
        await sent.ExecuteDeleteAsync(cancellation);
        Hook.Remove(Now);
        Record("webhook-removed", detail: Hook.Host);
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return LocalRedirect($"~/desk/letters/{Letter.Id}/webhooks");
    }

    private async Task<bool> FindAsync(long id, CancellationToken cancellation)
    {
        if (await Db.Webhooks.SingleOrDefaultAsync(h => h.Id == id && h.LetterId == Letter.Id && h.State != WebhookState.Removed, cancellation) is not { } found)
            return false;
        Hook = found;
        return true;
    }

    private async Task<IActionResult> DoneAsync(string what, CancellationToken cancellation)
    {
        Record(what, detail: Hook.Host);
        await Db.SaveChangesAsync(cancellation);
        work.Poke();
        return Here();
    }

    private LocalRedirectResult Here() => LocalRedirect($"~/desk/letters/{Letter.Id}/webhooks/{Hook.Id}");

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var ours = Db.WebhookDeliveries.AsNoTracking().Where(d => d.WebhookId == Hook.Id);
        var latest = await ours.OrderByDescending(d => d.Id).Take(Latest).ToListAsync(cancellation);
        var ids = latest.Select(d => d.Id).ToList();
        var attempts = (await Db.WebhookAttempts.AsNoTracking().Where(a => ids.Contains(a.DeliveryId)).OrderByDescending(a => a.Id).ToListAsync(cancellation)).ToLookup(a => a.DeliveryId);
        Deliveries = [.. latest.Select(d => new Sent(d, [.. attempts[d.Id]]))];
        Waiting = await ours.CountAsync(d => d.State == WebhookDeliveryState.Waiting, cancellation);
    }
}
