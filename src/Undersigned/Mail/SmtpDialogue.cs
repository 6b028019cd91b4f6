using System.Text;
using MailKit;

namespace Undersigned.Mail;

/// <summary>Prints both sides of an SMTP conversation as it goes, passwords masked and the mail itself left out.</summary>
internal sealed class SmtpDialogue(TextWriter output) : IProtocolLogger
{
    private bool inMail;

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public void LogConnect(Uri uri) => output.WriteLine($"   connected to {uri.Host} port {uri.Port}");

    public void LogClient(byte[] buffer, int offset, int count)
    {
        var bytes = buffer.AsSpan(offset, count).ToArray();
        foreach (var secret in AuthenticationSecretDetector?.DetectSecrets(buffer, offset, count) ?? [])
            bytes.AsSpan(secret.StartIndex - offset, secret.Length).Fill((byte)'*');
        if (!inMail)
            Write("C: ", bytes);
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        var bytes = buffer.AsSpan(offset, count).ToArray();
        Write("S: ", bytes);
        inMail = bytes.AsSpan().StartsWith("354"u8);
        if (inMail)
            output.WriteLine("C: (the mail)");
    }

    private void Write(string side, byte[] bytes)
    {
        foreach (var line in Encoding.UTF8.GetString(bytes).Split("\n", StringSplitOptions.RemoveEmptyEntries))
            output.WriteLine(side + Printable(line.TrimEnd('\r')));
    }

    // A server's answer goes to a terminal: no control characters.
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    public void Dispose()
    {
    }
}
