using System.Text.RegularExpressions;
using MimeKit;

namespace Undersigned.Demo;

/// <summary>One mail as it arrived, for one recipient.</summary>
public sealed partial record InboxMail(string To, string Subject, string Text, DateTimeOffset At, byte[] Bytes)
{
    /// <summary>Among those of this server, from 1.</summary>
    public long Id { get; init; }

    /// <summary>The six digits, without the space that makes them readable; null where the mail has none.</summary>
    public string? Code => SixDigits().Match(Text) is { Success: true } match ? match.Groups[1].Value + match.Groups[2].Value : null;

    /// <summary>The mail's one link; null where it has none.</summary>
    public Uri? Link => Address().Match(Text) is { Success: true } match ? new Uri(match.Value.Trim()) : null;

    /// <summary>The text, cut where a link begins and ends.</summary>
    public IEnumerable<(string Text, bool IsLink)> Pieces()
    {
        var from = 0;
        foreach (Match match in Address().Matches(Text))
        {
            var link = match.Value.TrimStart();
            var at = match.Index + match.Length - link.Length;
            yield return (Text[from..at], false);
            yield return (link, true);
            from = at + link.Length;
        }
        yield return (Text[from..], false);
    }

    /// <summary>What its reader sends back, as a mail program writes it.</summary>
    public Stream Answer(string text)
    {
        using var mail = Parse();
        using var answer = new MimeMessage { Subject = "Re: " + Subject, InReplyTo = mail.MessageId!, Body = new TextPart("plain") { Text = text } };
        answer.From.Add(MailboxAddress.Parse(To));
        answer.To.AddRange(mail.From);
        answer.References.Add(mail.MessageId!);
        var stream = new MemoryStream();
        answer.WriteTo(stream);
        stream.Position = 0;
        return stream;
    }

    public MimeMessage Parse() => MimeMessage.Load(new MemoryStream(Bytes, writable: false));

    // Digits and link stand alone on their lines.
    [GeneratedRegex(@"^ +(\d{3}) (\d{3})$", RegexOptions.Multiline)]
    private static partial Regex SixDigits();

    [GeneratedRegex(@"^ +https?://\S+$", RegexOptions.Multiline)]
    private static partial Regex Address();
}
