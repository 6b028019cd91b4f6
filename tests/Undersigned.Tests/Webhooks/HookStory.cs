using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Outbound;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Transparency;
using Undersigned.Webhooks;

namespace Undersigned.Tests.Webhooks;

/// <summary>A published letter, its owner at the desk, and somebody's web server. What the loop does every second is done when the test says so.</summary>
internal sealed class HookStory : IAsyncDisposable
{
    public const string All = "record.changed edition.published post.published letter.state";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public required LetterStory Letter { get; init; }
    public required StaffBrowser Owner { get; init; }
    public required Receiver Receiver { get; init; }
    /// <summary>Of the queue and the sender: days pass for them alone, and not for every loop of the application, second by second.</summary>
    public required FakeTimeProvider Clock { get; init; }

    public TestApp App => Letter.App;
    public string Desk => $"/desk/letters/{Letter.LetterId}";

    public static async Task<HookStory> BeginAsync(bool isPublic = true, OutboundRules? rules = null)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var letter = await LetterStory.BeginAsync(configure: b => Configure(b, rules, clock));
        await letter.AdmitAsync("Ada Okafor", "ada@post.example");
        if (isPublic)
            await letter.PublishAsync();
        return new HookStory { Letter = letter, Owner = await StaffRoom.Of(letter.App, letter.LetterId).EnterAsync(StaffRole.Owner), Receiver = await Receiver.StartAsync(), Clock = clock };
    }

    /// <param name="builder">Of the application.</param>
    /// <param name="rules">Whom it may reach.</param>
    /// <param name="clock">Of what the test does instead of the loop; null leaves the loop alone.</param>
    public static void Configure(WebApplicationBuilder builder, OutboundRules? rules = null, TimeProvider? clock = null)
    {
        StaffRoom.SignInByHeader(builder);
        var services = builder.Services;
        services.AddSingleton(rules ?? new OutboundRules { MayReachThisMachine = true });
        if (clock is null)
            return;
        services.Remove(services.Single(s => s.ImplementationType == typeof(WebhookLoop)));
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<OutboundClient>(s, clock));
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<WebhookQueue>(s, clock));
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<WebhookSender>(s, clock));
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<WebhookTrimming>(s, clock));
    }

    /// <summary>Makes a webhook at the desk.</summary>
    /// <returns>Its secret, as the page shows it.</returns>
    public async Task<string> RegisterAsync(string events = All, Uri? address = null)
    {
        var page = await Owner.PressAsync(await Owner.OpenAsync(Desk + "/webhooks"), "Make the webhook", [("address", (address ?? Receiver.Address).AbsoluteUri), .. events.Split(' ').Select(e => ("events", e))]);
        return page.QuerySelector("#secret")!.TextContent.Trim();
    }

    public Task<Webhook> HookAsync() => App.QueryAsync(db => db.Webhooks.AsNoTracking().OrderBy(h => h.Id).LastAsync(h => h.LetterId == Letter.LetterId, Ct));

    public async Task<IHtmlDocument> PageAsync() => await Owner.OpenAsync($"{Desk}/webhooks/{(await HookAsync()).Id}");

    public async Task PressAsync(string button)
    {
        await Owner.PressAsync(await PageAsync(), button);
        // What was pressed is due at the desk's time.
        if (Clock.GetUtcNow() < Letter.Now)
            Clock.SetUtcNow(Letter.Now);
    }

    public async Task QueueAsync() => await App.Get<WebhookQueue>().QueueAsync(Ct);

    /// <summary>What the loop does, until nothing is due.</summary>
    public async Task SendAsync()
    {
        await QueueAsync();
        while (await App.Get<WebhookSender>().SendDueAsync(Ct) > 0)
            await QueueAsync();
    }

    public async Task SignAsync(string name)
    {
        await Letter.AdmitAsync(name);
        await Letter.SequenceAsync();
    }

    /// <summary>An update under the letter, in its record.</summary>
    public async Task PostAsync(string title)
    {
        await App.QueryAsync(async db =>
        {
            await db.PostAsync(Letter.LetterId, PostKind.Update, new PostWords { Kind = "update", Title = title, Body = "", Time = Undersigned.Shared.Printed.Machine(Letter.Now), Language = "en" }, null, Letter.Now, Ct);
            return await db.SaveChangesAsync(Ct);
        });
        await Letter.SequenceAsync();
    }

    public Task<List<WebhookDelivery>> DeliveriesAsync() => App.QueryAsync(db => db.WebhookDeliveries.AsNoTracking().Where(d => d.LetterId == Letter.LetterId).OrderBy(d => d.Id).ToListAsync(Ct));

    public Task<List<WebhookAttempt>> AttemptsAsync() => App.QueryAsync(db => db.WebhookAttempts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(Ct));

    /// <summary>
    /// By the words of the Standard Webhooks specification: HMAC-SHA256 over id, timestamp and body, divided by full stops, with the base64-decoded
    /// part of the secret after whsec_; one of the signatures, divided by spaces, is v1 and equal.
    /// </summary>
    public static bool IsSigned(Received message, string secret)
    {
        using var mac = new HMACSHA256(Convert.FromBase64String(secret.Split('_', 2)[1]));
        var expected = Convert.ToBase64String(mac.ComputeHash(Encoding.UTF8.GetBytes($"{message.Headers["webhook-id"]}.{message.Headers["webhook-timestamp"]}.{message.Text}")));
        return message.Headers["webhook-signature"].Split(' ').Any(s => s.Split(',', 2) is ["v1", var signature] && signature == expected);
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Receiver.DisposeAsync();
        await Letter.DisposeAsync();
    }
}
