using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Webhooks;

/// <summary>What the desk says for the codes of webhooks.</summary>
internal static class WebhookWords
{
    public static string Told(WebhookEvents one) => one switch
    {
        WebhookEvents.Record => "The number, or a line, may be another. At most once a minute, always as it is then.",
        WebhookEvents.Edition => "A numbered edition, with what it changed.",
        WebhookEvents.Post => "An update, a response, an event, a delivery, a translation, where to report, or an audit.",
        _ => "The letter is public, closing, closed, or open again.",
    };

    public static (string Words, string Tone) State(Webhook hook) => hook.State switch
    {
        WebhookState.On when hook.FailingSince is { } since => ($"on; nothing arrives since {Printed.Moment(since)}", "heed"),
        WebhookState.On => ("on", "sound"),
        WebhookState.GivenUp => ($"switched off by itself, {Printed.Moment(hook.StateAt)}: nothing arrived any more", "heed"),
        _ => ($"switched off, {Printed.Moment(hook.StateAt)}", "idle"),
    };

    public static (string Words, string Tone) State(WebhookDelivery delivery, bool isOn, DateTimeOffset now) => delivery.State switch
    {
        WebhookDeliveryState.Arrived => ("arrived", "sound"),
        WebhookDeliveryState.GivenUp => (delivery.Event == Webhook.Test ? "did not arrive" : "given up", "heed"),
        _ when !isOn => ("waits until it is switched on", "idle"),
        _ when delivery.Attempts == 0 || delivery.DueAt <= now => ("on its way", "idle"),
        _ => ($"is tried again {Printed.Moment(delivery.DueAt)}", "heed"),
    };

    /// <summary>"answered 204 in 12 ms", "its certificate does not hold"</summary>
    public static string Outcome(WebhookAttempt attempt) => attempt.Status is { } status
        ? $"answered {status} in {Printed.Number(attempt.Milliseconds)} ms{(status is >= 300 and < 400 ? "; redirects are not followed" : "")}"
        : attempt.Fault switch
        {
            OutboundFault.RefusedAddress => "leads to a private network or to this machine, and is not asked",
            OutboundFault.UnknownName => "its name is not known",
            OutboundFault.NoTrust => "its certificate does not hold",
            OutboundFault.TimedOut => "no answer within 10 seconds",
            OutboundFault.NoHttp => "what answered is not HTTP",
            _ => "no connection",
        };
}
