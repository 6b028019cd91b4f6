using Undersigned.Data;

namespace Undersigned.Webhooks;

/// <summary>Addresses of others that are told what became public of a letter: registered at the desk, signed, tried again, logged.</summary>
public static class WebhooksFeature
{
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WebhookQueue>();
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddSingleton<WebhookTrimming>();
        builder.Services.AddHostedService<WebhookLoop>();
        builder.Services.AddHourly<WebhookTrimming>((t, c) => t.RunAsync(c));
    }

    public static void MapWebhooks(this WebApplication app)
    {
        // The pages map themselves: /desk/letters/{letterId}/webhooks and one below it for each.
    }
}
