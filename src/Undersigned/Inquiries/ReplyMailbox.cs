using System.Runtime.ExceptionServices;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Undersigned.Model;

namespace Undersigned.Inquiries;

/// <summary>
/// Reads the mailbox of the settings once a minute. A mail that was taken gets a keyword of ours, or is marked as read where the
/// server knows no keywords; nothing is deleted or moved.
/// </summary>
public sealed class ReplyMailbox(Instance instance, Replies replies, TimeProvider time, ILogger<ReplyMailbox> log) : BackgroundService
{
    private const string Mark = "Undersigned";
    private const int AtOnce = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    /// <summary>A mailbox that has been in use for years is not read from its beginning.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(14);

    /// <summary>What was wrong the last time, in a word of our own; null while all is well.</summary>
    public string? Trouble { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (instance.Replies is null)
            return;
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await ReadAsync(stoppingToken);
                Trouble = null;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The server's words may name the mailbox.
                Trouble = e.GetType().Name;
                log.LogWarning("The mailbox of replies could not be read ({Error}); it is tried again in a minute", Trouble);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Takes what is new; how many mails were looked at.</summary>
    public async Task<int> ReadAsync(CancellationToken cancellation)
    {
        var server = instance.Replies!;
        using var client = new ImapClient { Timeout = (int)Patience.TotalMilliseconds, CheckCertificateRevocation = false };
        await client.ConnectAsync(server.Host, PortOf(server), server.Scheme == "imaps" ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable, cancellation);
        if (!client.IsSecure && !server.IsLoopback)
            throw new ServiceNotConnectedException("The mail server offers no encryption; the password was not sent.");
        var parts = server.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToList();
        await client.AuthenticateAsync(parts[0], parts.ElementAtOrDefault(1) ?? "", cancellation);
        var path = Uri.UnescapeDataString(server.AbsolutePath.Trim('/'));
        var folder = path.Length == 0 ? client.Inbox! : await client.GetFolderAsync(path, cancellation);
        var count = await ReadAsync(folder, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
        return count;
    }

    private async Task<int> ReadAsync(IMailFolder folder, CancellationToken cancellation)
    {
        await folder.OpenAsync(FolderAccess.ReadWrite, cancellation);
        var hasKeywords = folder.PermanentFlags.HasFlag(MessageFlags.UserDefined);
        var unread = hasKeywords ? SearchQuery.NotKeyword(Mark) : SearchQuery.NotSeen;
        var since = SearchQuery.DeliveredAfter((time.GetUtcNow() - Oldest).UtcDateTime.Date);
        var mails = (await folder.SearchAsync(unread.And(since), cancellation)).Take(AtOnce).ToList();
        ExceptionDispatchInfo? unkept = null;
        foreach (var mail in mails)
        {
            // Partial: of a mail that is too large no more is fetched than is read.
            await using var bytes = await folder.GetStreamAsync(mail, "", 0, MailReading.LargestMail + 1, cancellation);
            try
            {
                await replies.TakeAsync(bytes, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // It could not be kept, and comes again in a minute; those behind it do not wait for it.
                unkept ??= ExceptionDispatchInfo.Capture(e);
                continue;
            }
            await (hasKeywords
                ? folder.AddFlagsAsync(mail, MessageFlags.None, new HashSet<string> { Mark }, silent: true, cancellation)
                : folder.AddFlagsAsync(mail, MessageFlags.Seen, silent: true, cancellation));
        }
        unkept?.Throw();
        return mails.Count;
    }

    private static int PortOf(Uri server) => server.Port > 0 ? server.Port : server.Scheme == "imaps" ? 993 : 143;
}
