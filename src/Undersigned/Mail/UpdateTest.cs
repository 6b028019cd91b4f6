using Undersigned.Model;

namespace Undersigned.Mail;

/// <summary>A mail to many as its readers will get it, to whoever writes it, through the very transport of the outbox.</summary>
public sealed class UpdateTest(Instance instance, MailWriter writer)
{
    /// <summary>Null where the server took it, else what went wrong, in words.</summary>
    public Task<string?> SendAsync(Letter letter, PostWords words, string name, string? address, CancellationToken cancellation) =>
        SendAsync(address, to => writer.WriteTest(letter, words, name, to), cancellation);

    /// <summary>The same for the mail about a letter that follows <paramref name="earlier"/>.</summary>
    public Task<string?> SendAsync(Letter letter, string earlier, string words, string name, string? address, CancellationToken cancellation) =>
        SendAsync(address, to => writer.WriteFollowUpTest(letter, earlier, words, name, to), cancellation);

    private async Task<string?> SendAsync(string? address, Func<EmailAddress, MimeKit.MimeMessage> write, CancellationToken cancellation)
    {
        if (instance.Smtp is not { } server || instance.MailFrom.Length == 0)
            return "No mail server is set, so no test can be sent.";
        if (!EmailAddress.TryParse(address, out var to, out _))
            return "Your account has no address that can receive mail.";
        await using var transport = new SmtpTransport(server);
        using var message = write(to);
        return await transport.SendAsync(message, cancellation) is { } trouble ? $"It was not taken ({trouble.Verdict}). {MailTest.Explain(instance, trouble.Fault, server, to)}" : null;
    }
}
