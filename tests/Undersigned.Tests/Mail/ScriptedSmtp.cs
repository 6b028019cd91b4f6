using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Undersigned.Tests.Mail;

/// <summary>
/// A mail server that answers as it is told, so that each thing that can be wrong with one is wrong once.
/// Keys are the beginnings of commands; what no key matches gets 250.
/// </summary>
internal sealed class ScriptedSmtp : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, string> answers;
    private readonly string greeting;
    private readonly Task serving;

    private ScriptedSmtp(string greeting, Dictionary<string, string> answers)
    {
        (this.greeting, this.answers) = (greeting, answers);
        listener.Start();
        serving = ServeAsync();
    }

    public static ScriptedSmtp Start(Dictionary<string, string> answers, string greeting = "220 scripted.example ESMTP") => new(greeting, answers);

    public Uri Address(string userInfo = "", string host = "127.0.0.1", string scheme = "smtp") =>
        new($"{scheme}://{(userInfo.Length > 0 ? userInfo + "@" : "")}{host}:{((IPEndPoint)listener.LocalEndpoint).Port}");

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await ConverseAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ConverseAsync(Stream stream)
    {
        try
        {
            await SayAsync(stream, greeting);
            var inMail = false;
            while (await ReadLineAsync(stream) is { } line)
            {
                if (inMail && line != ".")
                    continue;
                var answer = inMail ? AnswerTo("(mail)") : AnswerTo(line);
                inMail = answer.StartsWith("354", StringComparison.Ordinal);
                await SayAsync(stream, answer);
                if (line.StartsWith("STARTTLS", StringComparison.OrdinalIgnoreCase))
                    stream = await EncryptAsync(stream);
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, as it may.
        }
    }

    private string AnswerTo(string line) =>
        answers.FirstOrDefault(a => line.StartsWith(a.Key, StringComparison.OrdinalIgnoreCase)).Value
        ?? (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase) ? "354 Go on" : "250 2.0.0 Fine");

    private static async Task<Stream> EncryptAsync(Stream stream)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=somebody.example", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null));
        return tls;
    }

    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
                return System.Text.Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
        return null;
    }

    private static async Task SayAsync(Stream stream, string answer) =>
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer.ReplaceLineEndings("\r\n") + "\r\n"));

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await serving;
    }
}
