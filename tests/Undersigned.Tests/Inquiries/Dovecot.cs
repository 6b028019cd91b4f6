using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;

namespace Undersigned.Tests.Inquiries;

/// <summary>Debian's IMAP server on this machine's loopback address, with one mailbox that every name opens with one password.</summary>
internal sealed class Dovecot : IAsyncDisposable
{
    private readonly string folder;
    private readonly Process server;

    private Dovecot(string folder, Process server, int port) => (this.folder, this.server, Port) = (folder, server, port);

    public int Port { get; }

    public Uri Mailbox => new($"imap://letters:letmein@127.0.0.1:{Port}");

    public static async Task<Dovecot> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("undersigned-dovecot-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(Directory.CreateDirectory(Path.Combine(folder, "mail")).FullName, (UnixFileMode)0b111_111_111);
        Directory.CreateDirectory(Path.Combine(folder, "base"));
        var port = FreePort();
        var file = Path.Combine(folder, "dovecot.conf");
        await File.WriteAllTextAsync(file, Settings(folder, port));
        var server = Process.Start(new ProcessStartInfo("dovecot", ["-F", "-c", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var started = new Dovecot(folder, server, port);
        await Signing.SignStory.UntilAsync(started.AnswersAsync);
        return started;
    }

    /// <summary>Puts a mail into the inbox, as a mail server delivers it.</summary>
    public async Task DeliverAsync(MimeMessage message)
    {
        using var client = await SignInAsync();
        await client.Inbox!.AppendAsync(new MailKit.AppendRequest(message));
        await client.DisconnectAsync(quit: true);
    }

    private async Task<ImapClient> SignInAsync()
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", Port, SecureSocketOptions.None);
        await client.AuthenticateAsync("letters", "letmein");
        return client;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = await SignInAsync();
            return client.IsAuthenticated;
        }
        catch (Exception e) when (e is SocketException or IOException or ImapProtocolException)
        {
            return false;
        }
    }

    private static string Settings(string folder, int port)
    {
        // Started by root it gives its parts users of their own, which the package made; else all are the one who starts it.
        var isRoot = Environment.UserName == "root";
        var (inner, login) = isRoot ? ("dovecot", "dovenull") : (Environment.UserName, Environment.UserName);
        return $$"""
            base_dir = {{folder}}/base
            state_dir = {{folder}}/base
            log_path = {{folder}}/log
            protocols = imap
            ssl = no
            disable_plaintext_auth = no
            listen = 127.0.0.1
            default_internal_user = {{inner}}
            default_internal_group = {{inner}}
            default_login_user = {{login}}
            first_valid_uid = 1
            mail_location = maildir:{{folder}}/mail/%u
            passdb {
              driver = static
              args = password=letmein
            }
            userdb {
              driver = static
              args = uid={{inner}} gid={{inner}} home={{folder}}/mail/%u
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{port}}
              }
              inet_listener imaps {
                port = 0
              }
            }
            service anvil {
              chroot =
            }

            """;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        using (var stop = Process.Start("kill", [server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await stop.WaitForExitAsync();
        await server.WaitForExitAsync();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
