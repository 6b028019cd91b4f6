using Undersigned.Demo;

namespace Undersigned.Tests.Harness;

/// <summary>Reads one person's mails in the order in which they came, each once.</summary>
public sealed class TestMailbox(SmtpInbox server, string address)
{
    private int read;

    /// <summary>The next unread mail; waits for it, half a minute at most.</summary>
    public async Task<InboxMail> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await server.WaitAsync(address, ++read, limit.Token);
        return server.To(address)[read - 1];
    }

    /// <summary>The six digits of the next unread mail.</summary>
    public async Task<string> CodeAsync() =>
        await NextAsync() is var mail && mail.Code is { } code ? code : throw new InvalidOperationException("The mail has no six digits:\n" + mail.Text);

    /// <summary>The link of the next unread mail, its path alone, as a client of the application under test asks for it.</summary>
    public async Task<string> LinkAsync() =>
        await NextAsync() is var mail && mail.Link is { } link ? link.PathAndQuery : throw new InvalidOperationException("The mail has no link:\n" + mail.Text);

    /// <summary>How many mails have come so far.</summary>
    public int Count => server.To(address).Count;
}
