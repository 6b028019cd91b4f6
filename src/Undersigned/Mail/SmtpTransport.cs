using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Undersigned.Mail;

/// <summary>
/// One connection to the mail server of the settings, opened when first needed and used for many mails. smtp://HOST uses STARTTLS
/// where it is offered, smtps://HOST encrypts from the first byte; user:password in the address signs in.
/// </summary>
internal sealed class SmtpTransport : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Uri server;
    private readonly SmtpClient client;

    public SmtpTransport(Uri server, IProtocolLogger? dialogue = null)
    {
        this.server = server;
        client = new SmtpClient(dialogue ?? new NullProtocolLogger())
        {
            Timeout = (int)Patience.TotalMilliseconds,
            CheckCertificateRevocation = false,
        };
    }

    public static bool IsEncrypted(Uri server) => server.Scheme == "smtps";

    /// <summary>Mail submission's own ports where the address names none: 465 with encryption, 587 with a password, else 25.</summary>
    public static int PortOf(Uri server) =>
        server.Port > 0 ? server.Port : IsEncrypted(server) ? 465 : server.UserInfo.Length > 0 ? 587 : 25;

    /// <summary>Null once the server has taken the mail.</summary>
    public async Task<SmtpTrouble?> SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        var reused = client.IsConnected;
        var trouble = await TrySendAsync(message, cancellation);
        // A server may have closed a connection that was idle: that is no verdict.
        return reused && trouble?.Fault is SmtpFault.NotSmtp or SmtpFault.Unreachable ? await TrySendAsync(message, cancellation) : trouble;
    }

    private async Task<SmtpTrouble?> TrySendAsync(MimeMessage message, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(2 * Patience);
        try
        {
            if (!client.IsConnected)
                await ConnectAsync(limit.Token);
            // A mail on its way is not cut off by a stop: the server may have taken it, and the next start would send it again.
            using var rest = new CancellationTokenSource(2 * Patience);
            cancellation.ThrowIfCancellationRequested();
            return await DeliverAsync(message, rest.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            var trouble = SmtpTrouble.Of(e);
            // What was not foreseen may have left a mail half said.
            if (trouble.IsOfConnection || trouble.Fault == SmtpFault.Unforeseen)
                await CloseAsync();
            return trouble;
        }
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        var security = IsEncrypted(server) ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable;
        await client.ConnectAsync(server.Host, PortOf(server), security, cancellation);
        if (server.UserInfo.Length == 0)
            return;
        if (!client.IsSecure && !server.IsLoopback)
            throw new PasswordUnsafeException();
        var parts = server.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToList();
        await client.AuthenticateAsync(parts[0], parts.Count > 1 ? parts[1] : "", cancellation);
    }

    private async Task<SmtpTrouble?> DeliverAsync(MimeMessage message, CancellationToken cancellation)
    {
        var format = FormatOptions.Default.Clone();
        if (message.To.Mailboxes.Any(m => m.IsInternational && m.Address.Any(c => c > 0x7f)))
        {
            if (!client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
                return new SmtpTrouble(SmtpFault.NoForeignLetters, "553 5.6.7");
            format.International = true;
        }
        await client.SendAsync(format, message, cancellation);
        return null;
    }

    public async Task CloseAsync()
    {
        if (!client.IsConnected)
            return;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception e) when (e is IOException or ProtocolException or CommandException or OperationCanceledException)
        {
            // The connection is gone, which is what was wanted.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        client.Dispose();
    }
}
