using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Outbound;

namespace Undersigned.Webhooks;

/// <summary>The letter's webhooks, and another one.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class WebhooksModel(UndersignedDb db, TimeProvider time, OutboundClient http) : StaffPage(db, time)
{
    public IReadOnlyList<Webhook> All { get; private set; } = [];

    /// <summary>What was typed.</summary>
    public string Address { get; private set; } = "";
    public WebhookEvents Events { get; private set; }

    /// <summary>The one that was made just now; its secret is shown this once.</summary>
    public Webhook? Made { get; private set; }

    public Task OnGetAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(string? address, string[] events, CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        Address = (address ?? "").Trim();
        Events = Webhook.AllEvents.Where(e => events.Contains(e.Code)).Aggregate(WebhookEvents.None, (all, e) => all | e.Event);
        if (await CheckAsync(cancellation) is not { } uri)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        Made = await NewAsync(uri, cancellation);
        Db.Webhooks.Add(Made);
        Record("webhook-made", detail: $"{Made.Host}: {string.Join(' ', Webhook.AllEvents.Where(e => Made.Wants(e.Event)).Select(e => e.Code))}");
        await Db.SaveChangesAsync(cancellation);
        (Address, Events) = ("", WebhookEvents.None);
        await LoadAsync(cancellation);
        return Page();
    }

    /// <summary>It is told of what becomes public from now on.</summary>
    private async Task<Webhook> NewAsync(Uri address, CancellationToken cancellation)
    {
        var size = await Db.Logs.Where(l => l.LetterId == Letter.Id).Select(l => l.PublishedSize).SingleOrDefaultAsync(cancellation);
        return new Webhook
        {
            LetterId = Letter.Id,
            Address = address.AbsoluteUri,
            Host = address.Authority,
            SigningSecret = WebhookSecret.New(),
            Events = Events,
            State = WebhookState.On,
            StateAt = Now,
            MadeAt = Now,
            MadeBy = AccountId,
            RecordSeen = size,
            PostsSeen = size,
            StateSeen = Letter.State,
        };
    }

    private async Task<Uri?> CheckAsync(CancellationToken cancellation)
    {
        var isAddress = Uri.TryCreate(Address, UriKind.Absolute, out var uri) && http.MayUse(uri.Scheme) && uri.IdnHost.Length is > 0 and <= 253 && Address.Length <= Webhook.LongestAddress;
        if (!isAddress)
            ModelState.AddModelError("address", $"An address that begins with https://, of at most {Webhook.LongestAddress} characters.");
        else if (uri!.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            ModelState.AddModelError("address", "No name or password in the address, and nothing after a #. The signature tells your program that it is us.");
        else if (await http.IsRefusedAsync(uri, cancellation))
            ModelState.AddModelError("address", "This leads to a private network or to this machine. We only reach what everybody on the internet can reach.");
        else if (All.Count >= Webhook.MostOfALetter)
            ModelState.AddModelError("address", $"There are {Webhook.MostOfALetter} webhooks. Remove one that nobody needs.");
        if (Events == WebhookEvents.None)
            ModelState.AddModelError("events", "What is it told of? Choose at least one.");
        return ModelState.IsValid ? uri : null;
    }

    private async Task LoadAsync(CancellationToken cancellation) =>
        All = await Db.Webhooks.AsNoTracking().Where(h => h.LetterId == Letter.Id && h.State != WebhookState.Removed).OrderBy(h => h.Id).ToListAsync(cancellation);
}
