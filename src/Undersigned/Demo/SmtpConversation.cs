using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Undersigned.Demo;

/// <summary>
/// The server's side of one SMTP connection (RFC 5321), with PIPELINING, SIZE, 8BITMIME, SMTPUTF8 and ENHANCEDSTATUSCODES.
/// Lines, mails and recipients are bounded, since anything may connect.
/// </summary>
internal sealed class SmtpConversation(Stream stream, Func<string, string> answerToRecipient, Action<IReadOnlyList<string>, byte[]> keep)
{
    private const int LongestLine = 2_000;
    private const int LargestMail = 1 << 20;
    private const int MostRecipients = 100;

    private readonly PipeReader reader = PipeReader.Create(stream);
    private readonly List<string> recipients = [];
    private bool hasSender;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await SayAsync("220 127.0.0.1 ESMTP", cancellation);
        while (await ReadLineAsync(cancellation) is { } bytes)
        {
            var line = Encoding.UTF8.GetString(bytes);
            var verb = line.Split(' ')[0].ToUpperInvariant();
            if (verb == "QUIT")
            {
                await SayAsync("221 2.0.0 Good bye", cancellation);
                return;
            }
            await SayAsync(verb == "DATA" ? await DataAsync(cancellation) : Answer(verb, line), cancellation);
        }
    }

    private string Answer(string verb, string line) => verb switch
    {
        "EHLO" => Reset($"250-127.0.0.1\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {LargestMail}"),
        "HELO" => Reset("250 127.0.0.1"),
        "RSET" => Reset("250 2.0.0 Forgotten"),
        "NOOP" => "250 2.0.0 Still here",
        "MAIL" => Sender(line),
        "RCPT" => Recipient(line),
        _ => "500 5.5.2 No such command here",
    };

    private string Reset(string answer)
    {
        hasSender = false;
        recipients.Clear();
        return answer;
    }

    private string Sender(string line)
    {
        if (hasSender)
            return "503 5.5.1 There is a sender already";
        if (PathOf(line, "MAIL FROM:") is null)
            return "501 5.5.4 Say MAIL FROM:<address>";
        var size = line.Split(' ').FirstOrDefault(p => p.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase));
        if (size is not null && (!long.TryParse(size.AsSpan(5), out var bytes) || bytes > LargestMail))
            return "552 5.3.4 Larger than this server takes";
        hasSender = true;
        return "250 2.1.0 Sender taken";
    }

    private string Recipient(string line)
    {
        if (!hasSender)
            return "503 5.5.1 MAIL comes first";
        if (PathOf(line, "RCPT TO:") is not { } address || address.IndexOf('@', StringComparison.Ordinal) < 1)
            return "501 5.5.4 Say RCPT TO:<address>";
        if (recipients.Count == MostRecipients)
            return "452 4.5.3 Enough recipients";
        var answer = answerToRecipient(address);
        if (answer[0] == '2')
            recipients.Add(address);
        return answer;
    }

    private static string? PathOf(string line, string before)
    {
        var end = line.IndexOf('>', StringComparison.Ordinal);
        var open = line.IndexOf('<', StringComparison.Ordinal);
        return line.StartsWith(before, StringComparison.OrdinalIgnoreCase) && open > 0 && end > open ? line[(open + 1)..end] : null;
    }

    private async Task<string> DataAsync(CancellationToken cancellation)
    {
        if (recipients.Count == 0)
            return "503 5.5.1 RCPT comes first";
        await SayAsync("354 Go on, and end with a dot on a line of its own", cancellation);
        using var mail = new MemoryStream();
        while (await ReadLineAsync(cancellation) is { } line)
        {
            if (line is [(byte)'.'])
                return Take(mail);
            // A larger mail is read to its end, so that the answer reaches the sender, and forgotten.
            if (mail.Length > LargestMail)
                continue;
            mail.Write(line.AsSpan(line is [(byte)'.', ..] ? 1 : 0));
            mail.Write("\r\n"u8);
        }
        throw new IOException("The connection ended inside a mail.");
    }

    private string Take(MemoryStream mail)
    {
        if (mail.Length > LargestMail)
            return Reset("552 5.3.4 Larger than this server takes");
        try
        {
            keep([.. recipients], mail.ToArray());
            return Reset("250 2.0.0 Taken");
        }
        catch (FormatException)
        {
            return Reset("554 5.6.0 This is no mail");
        }
    }

    /// <summary>One line without its end; null once the other side has ended.</summary>
    private async ValueTask<byte[]?> ReadLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end).ToArray();
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line is [.., (byte)'\r'] ? line[..^1] : line;
            }
            if (read.Buffer.Length > LongestLine)
                throw new IOException("A line is too long.");
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    private async Task SayAsync(string answer, CancellationToken cancellation) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), cancellation);
}
