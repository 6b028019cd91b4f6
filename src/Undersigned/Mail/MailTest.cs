using System.Security.Cryptography;
using MimeKit;
using MimeKit.Text;
using Undersigned.Model;

namespace Undersigned.Mail;

/// <summary>
/// `mail test ADDRESS`: one mail through the very transport of the outbox, with the conversation shown and what went wrong in words.
/// A test that only says "sent" says nothing, so the mail carries a code to compare.
/// </summary>
public sealed class MailTest(Instance instance, TextWriter output)
{
    /// <returns>0 where the server took the mail, 1 where not, 2 where the settings or the address are unusable.</returns>
    public static Task<int> RunAsync(Instance instance, string address, TextWriter output, CancellationToken cancellation) =>
        new MailTest(instance, output).RunAsync(address, cancellation);

    private async Task<int> RunAsync(string address, CancellationToken cancellation)
    {
        if (instance.Smtp is not { } server)
            return await EndAsync(2, "No mail server is set. Give one, such as --smtp smtp://user:password@mail.example.org:587.");
        if (!EmailAddress.TryParse(instance.MailFrom, out _, out _))
            return await EndAsync(2, "No sender is set. Give one, such as --from letters@example.org.");
        if (!EmailAddress.TryParse(address, out var to, out _))
            return await EndAsync(2, "The address after `mail test` cannot receive mail.");

        var code = RandomNumberGenerator.GetInt32(1000, 10_000);
        await output.WriteLineAsync($"Sending a mail from {instance.MailFrom} to {to} by {server.Host} port {SmtpTransport.PortOf(server)}.");
        await output.WriteLineAsync();
        await using var transport = new SmtpTransport(server, new SmtpDialogue(output));
        using var message = Message(to, code);
        var trouble = await transport.SendAsync(message, cancellation);
        await transport.CloseAsync();
        await output.WriteLineAsync();
        if (trouble is not null)
            return await EndAsync(1, $"The mail was not taken ({trouble.Verdict}). {Explain(instance, trouble.Fault, server, to)}");
        return await EndAsync(0, $"The server took the mail. Look into the inbox of {to}: a mail with the code {code} must be there.\n"
            + "If it is not there within some minutes, look among the spam, and ask whoever runs the mail server what became of it.");
    }

    private MimeMessage Message(EmailAddress to, int code)
    {
        var message = new MimeMessage
        {
            Subject = $"{code} is the code of your test mail",
            Body = new TextPart(TextFormat.Plain)
            {
                Text = $"This mail was sent by `undersigned mail test` at {instance.PublicUrl.Authority}.\n\n    {code}\n\n"
                    + "If the command printed the same four digits, mails about letters arrive as well.\n",
            },
        };
        message.From.Add(new MailboxAddress("", instance.MailFrom));
        message.To.Add(new MailboxAddress("", to.ToString()));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private async Task<int> EndAsync(int status, string sentence)
    {
        await output.WriteLineAsync(sentence);
        return status;
    }

    internal static string Explain(Instance instance, SmtpFault fault, Uri server, EmailAddress to) => fault switch
    {
        SmtpFault.UnknownHost => $"No host is known by the name {server.Host}. Check its spelling, and that this machine can look names up.",
        SmtpFault.PortRefused => $"{server.Host} answers, but nothing listens on port {SmtpTransport.PortOf(server)}. Usual are 587 (smtp://), 465 (smtps://) and 25 (smtp://).",
        SmtpFault.Unreachable => $"{server.Host} cannot be reached from here. Check this machine's network and firewall; many hosting firms block outgoing mail ports until asked.",
        SmtpFault.TimedOut => $"{server.Host} port {SmtpTransport.PortOf(server)} does not answer. Many hosting firms block outgoing mail ports until asked: try 587 or 465 instead of 25.",
        SmtpFault.NotSmtp => $"What answers at {server.Host} port {SmtpTransport.PortOf(server)} does not speak mail as the address says, or broke off. Port 465 wants smtps://, ports 587 and 25 want smtp://.",
        SmtpFault.NoEncryption => $"{server.Host} offers no encryption on this port, so the password was not sent. Use smtps:// or another port.",
        SmtpFault.Certificate => $"{server.Host} showed a certificate that this machine does not trust, or that is for another name. Use the host name that the certificate is for, or have the certificate renewed.",
        SmtpFault.NoSignIn => "The server offers no sign-in on this port that we know. Use port 587 or 465, or leave user and password out if none is needed.",
        SmtpFault.WrongPassword => "The server refused the user name or the password. In the address, special characters are written with %: @ is %40, : is %3A, / is %2F.",
        SmtpFault.SignInNeeded => "The server takes mail only after a sign-in. Put it into the address: --smtp smtp://user:password@host:587.",
        SmtpFault.SenderRefused => $"The server does not take mail from {instance.MailFrom}. Use an address that belongs to the account, with --from.",
        SmtpFault.RelayDenied => $"The server does not pass mail on to {to.Domain} for us, or has a rule against this mail. Mostly a sign-in is missing: --smtp smtp://user:password@host:587.",
        SmtpFault.RecipientRefused => $"The server says that it has no such mailbox: {to}. Check the spelling, or try another address.",
        SmtpFault.MessageRefused => "The server read the mail and refused it: a filter or a sending limit. Its last answer above says which.",
        SmtpFault.Later => "The server says: not now. The outbox would try again by itself for two days; run this again in some minutes.",
        SmtpFault.NoForeignLetters => "The address has letters that this server cannot handle (SMTPUTF8).",
        SmtpFault.Unforeseen => "Something went wrong that this program does not know; what was said with the server stands above.",
        _ => throw new InvalidOperationException(fault.ToString()),
    };
}
