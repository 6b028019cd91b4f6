using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace Undersigned.Demo;

/// <summary>
/// A small mail server on this machine's loopback address, for the demo and the tests. It takes every mail and keeps it in memory;
/// nothing leaves. Recipients whose local part contains "bounce550" are refused for good, "later451" once for now.
/// </summary>
public sealed class SmtpInbox : IAsyncDisposable
{
    private const int MostMails = 20_000;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<Task, bool> conversations = new();
    private readonly ConcurrentDictionary<string, bool> deferred = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock gate = new();
    private readonly LinkedList<InboxMail> newestFirst = new();
    private readonly Dictionary<string, List<InboxMail>> byAddress = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task accepting;
    private long arrivedSoFar;
    private TaskCompletionSource arrived = NewSignal();

    private SmtpInbox()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public static SmtpInbox Start() => new();

    /// <summary>smtp://127.0.0.1:PORT</summary>
    public Uri Address => new($"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>All mails that are kept, newest first.</summary>
    public IReadOnlyList<InboxMail> Mails
    {
        get
        {
            lock (gate)
                return [.. newestFirst];
        }
    }

    /// <summary>The mails to one address, oldest first.</summary>
    public IReadOnlyList<InboxMail> To(string address)
    {
        lock (gate)
            return byAddress.TryGetValue(address, out var mails) ? [.. mails] : [];
    }

    /// <summary>Waits until <paramref name="address"/> has that many mails, and returns the latest.</summary>
    public async Task<InboxMail> WaitAsync(string address, int count, CancellationToken cancellation)
    {
        while (true)
        {
            var signal = Volatile.Read(ref arrived).Task;
            var mails = To(address);
            if (mails.Count >= count)
                return mails[^1];
            await signal.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                var conversation = ConverseAsync(client);
                conversations[conversation] = true;
                _ = conversation.ContinueWith(t => conversations.TryRemove(t, out _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await using var stream = client.GetStream();
                await new SmtpConversation(stream, AnswerToRecipient, Keep).RunAsync(stop.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // The other side went away, or we stop.
            }
        }
    }

    private string AnswerToRecipient(string address)
    {
        var local = address.Split('@')[0];
        if (local.Contains("bounce550", StringComparison.OrdinalIgnoreCase))
            return "550 5.1.1 No mailbox of that name here";
        if (local.Contains("later451", StringComparison.OrdinalIgnoreCase) && deferred.TryAdd(address, true))
            return "451 4.2.0 Not now, try again later";
        return "250 2.1.5 Recipient taken";
    }

    private void Keep(IReadOnlyList<string> recipients, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        using var message = MimeMessage.Load(stream);
        var mails = recipients.Select(to => new InboxMail(to, message.Subject ?? "", message.TextBody?.ReplaceLineEndings("\n") ?? "", message.Date, bytes));
        lock (gate)
        {
            foreach (var mail in mails)
                Add(mail);
        }
        Interlocked.Exchange(ref arrived, NewSignal()).TrySetResult();
    }

    private void Add(InboxMail mail)
    {
        mail = mail with { Id = ++arrivedSoFar };
        newestFirst.AddFirst(mail);
        if (!byAddress.TryGetValue(mail.To, out var same))
            byAddress[mail.To] = same = [];
        same.Add(mail);
        if (newestFirst.Count <= MostMails)
            return;
        var oldest = newestFirst.Last!.Value;
        newestFirst.RemoveLast();
        byAddress[oldest.To].Remove(oldest);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(conversations.Keys);
        listener.Dispose();
        stop.Dispose();
    }
}
