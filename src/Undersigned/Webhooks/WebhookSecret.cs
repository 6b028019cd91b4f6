using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Undersigned.Model;

namespace Undersigned.Webhooks;

/// <summary>
/// Signs deliveries as standardwebhooks.com says: HMAC-SHA256, with the bytes behind `whsec_`, over
/// <code>msg_2f…c1.1772357400.{"type":"record.changed",…}</code>
/// and sends it in base64 as `webhook-signature: v1,…`; while two secrets hold, both, divided by a space.
/// </summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Length = 32;

    /// <summary>For so long after a change the former secret signs too.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    public static string NewMessageId() => "msg_" + RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static IEnumerable<(string Name, string Value)> Headers(Webhook hook, WebhookDelivery delivery, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var secrets = hook.FormerUntil > now && hook.FormerSecret is { } former ? new[] { hook.SigningSecret, former } : [hook.SigningSecret];
        yield return ("webhook-id", delivery.MessageId);
        yield return ("webhook-timestamp", seconds);
        yield return ("webhook-signature", string.Join(' ', secrets.Select(s => "v1," + Sign(s, $"{delivery.MessageId}.{seconds}.", delivery.Body))));
    }

    private static string Sign(string secret, string before, byte[] body)
    {
        var key = Convert.FromBase64String(secret[Prefix.Length..]);
        return Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes(before), .. body]));
    }
}
