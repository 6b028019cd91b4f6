using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Mail;

/// <summary>The same mails through a mail server that is not ours: Python's aiosmtpd, which `./test` installs, writing a Maildir.</summary>
public sealed class ForeignServerTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("undersigned-maildir-").FullName;
    private readonly int port = FreePort();
    private Process server = null!;

    public async ValueTask InitializeAsync()
    {
        server = Process.Start(new ProcessStartInfo("aiosmtpd", ["-n", "-l", $"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Mailbox", Maildir]))!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await ListensAsync(limit.Token))
            await Task.Delay(50, limit.Token);
    }

    private string Maildir => Path.Combine(folder, "mail");

    [Fact]
    public async Task Mails_arrive_whole_over_one_conversation_with_a_foreign_server()
    {
        await using var app = await TestApp.StartAsync(i => i with { Smtp = new Uri($"smtp://127.0.0.1:{port}") });
        var letter = await app.LetterAsync("foreign", l => l.Title = "Lasst die Prüferinnen schreiben, was sie finden");
        await app.SignatureAsync(letter, "Þórhildur Æsmundardóttir", "thora@post.example");
        await app.SignatureAsync(letter, ".سُهى الواديّاني", "suha@post.example");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Files().Length < 2)
            await Task.Delay(50, limit.Token);
        var messages = Files().Select(f => MimeMessage.Load(f, TestContext.Current.CancellationToken)).OrderBy(m => m.To.ToString(), StringComparer.Ordinal).ToList();
        Assert.Contains("\n    .سُهى الواديّاني", messages[0].TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Þórhildur Æsmundardóttir", messages[1].HtmlBody, StringComparison.Ordinal);
        Assert.EndsWith("\"Lasst die Prüferinnen schreiben, was sie finden\"", messages[1].Subject, StringComparison.Ordinal);
    }

    private string[] Files() => Directory.Exists(Path.Combine(Maildir, "new")) ? Directory.GetFiles(Path.Combine(Maildir, "new")) : [];

    private async Task<bool> ListensAsync(CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
