using Undersigned.Model;

namespace Undersigned.Mail;

/// <summary>An update as its readers will get it, to whoever writes it, through the very transport of the outbox.</summary>
public sealed class UpdateTest(Instance instance, MailWriter writer)
{
    /// <summary>Null where the server took it, else what went wrong, in words.</summary>
    public async Task<string?> SendAsync(Letter letter, PostWords words, string name, string? address, CancellationToken cancellation)
    {
        if (instance.Smtp is not { } server || instance.MailFrom.Length == 0)
            return "No mail server is set, so no test can be sent.";
        if (!EmailAddress.TryParse(address, out var to, out _))
            return "Your account has no address that can receive mail.";
        await using var transport = new SmtpTransport(server);
        using var message = writer.WriteTest(letter, words, name, to);
        return await transport.SendAsync(message, cancellation) is { } trouble ? $"It was not taken ({trouble.Verdict}). {MailTest.Explain(instance, trouble.Fault, server, to)}" : null;
    }
}
