using MimeKit;
using MimeKit.Text;
using MimeKit.Utils;
using Undersigned.Model;

namespace Undersigned.Inquiries;

/// <summary>What a mail that came in is.</summary>
internal abstract record Incoming
{
    /// <summary>A machine says that a mail of ours did not arrive (RFC 3464), for good.</summary>
    public sealed record Bounce(IReadOnlyList<string> About, string Status) : Incoming;

    /// <summary>Written by no person (RFC 3834), or about a delivery that goes on.</summary>
    public sealed record Automatic : Incoming;

    public sealed record Reply(string MessageId, EmailAddress From, IReadOnlyList<string> Answers, string Text) : Incoming;
}

/// <summary>Reads one mail: headers and the first text part, nothing else of it.</summary>
internal static class MailReading
{
    public const int LargestMail = 1 << 20;
    private static readonly string[] BulkWords = ["bulk", "junk", "list", "auto_reply"];

    public static Incoming Read(MimeMessage message)
    {
        if (message.Body is MultipartReport report)
            return report.ReportType?.ToLowerInvariant() == "delivery-status" ? BounceOf(report) : new Incoming.Automatic();
        if (IsAutomatic(message) || !EmailAddress.TryParse(message.From.Mailboxes.FirstOrDefault()?.Address, out var from, out _))
            return new Incoming.Automatic();
        var answers = new[] { message.InReplyTo }.Concat(message.References.Reverse()).OfType<string>().Where(id => id.Length > 0).Distinct().Take(20).ToList();
        return new Incoming.Reply(message.MessageId ?? "", from, answers, TextOf(message));
    }

    private static bool IsAutomatic(MimeMessage message)
    {
        var auto = message.Headers[HeaderId.AutoSubmitted]?.Split(';')[0].Trim();
        var precedence = message.Headers[HeaderId.Precedence]?.Trim().ToLowerInvariant();
        return auto is { Length: > 0 } && !auto.Equals("no", StringComparison.OrdinalIgnoreCase)
            || precedence is not null && BulkWords.Contains(precedence)
            || message.Headers.Contains("X-Autoreply") || message.Headers.Contains("X-Autorespond") || message.Headers.Contains(HeaderId.ListId)
            || message.Headers[HeaderId.ReturnPath]?.Trim() == "<>";
    }

    // multipart/report: words for people, message/delivery-status for programs, and our mail or its headers.
    private static Incoming BounceOf(MultipartReport report)
    {
        var status = report.OfType<MessageDeliveryStatus>().FirstOrDefault();
        var recipient = status?.StatusGroups.Skip(1).FirstOrDefault(g => g["Action"]?.Trim().ToLowerInvariant() == "failed");
        if (recipient is null)
            return new Incoming.Automatic();
        var about = report.OfType<MessagePart>().Select(p => p.Message?.MessageId)
            .Concat(report.OfType<TextPart>().Where(t => t.ContentType.IsMimeType("text", "rfc822-headers")).Select(t => MessageIdIn(t.Text)))
            .OfType<string>().Take(5).ToList();
        return new Incoming.Bounce(about, Status(recipient["Status"]));
    }

    private static string? MessageIdIn(string headers)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(headers.TrimEnd() + "\r\n\r\n"));
        return HeaderList.Load(stream)[HeaderId.MessageId] is { } id ? MimeUtils.ParseMessageId(id) : null;
    }

    // "5.1.1 (no such mailbox)"; a server's words may repeat the address.
    private static string Status(string? status)
    {
        var code = (status ?? "").Trim().Split(' ', ';')[0];
        return code.Length is > 0 and <= 11 && code.All(c => char.IsAsciiDigit(c) || c == '.') ? code : "5.0.0";
    }

    /// <summary>What the person wrote, without the mail that they answer.</summary>
    private static string TextOf(MimeMessage message)
    {
        var text = message.TextBody ?? (message.HtmlBody is { } html ? Plain(html) : "");
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(l => string.Concat(l.Where(c => !char.IsControl(c)))).ToList();
        var quoted = lines.FindIndex(l => l.StartsWith('>'));
        // "On Monday, Weirkeepers wrote:" belongs to what is quoted, if nothing follows it.
        if (quoted >= 0 && lines.Skip(quoted).All(l => l.StartsWith('>') || string.IsNullOrWhiteSpace(l)))
        {
            while (quoted > 0 && (string.IsNullOrWhiteSpace(lines[quoted - 1]) || lines[quoted - 1].TrimEnd().EndsWith(':')))
                quoted--;
            lines = lines[..quoted];
        }
        var said = string.Join('\n', lines).Trim();
        if (said.Length == 0)
            said = message.Subject ?? "";
        return said.Length <= Inquiry.LongestText ? said : said[..(Inquiry.LongestText - 1)] + "…";
    }

    private static string Plain(string html)
    {
        var text = new System.Text.StringBuilder();
        using var reader = new StringReader(html);
        var tokens = new HtmlTokenizer(reader);
        var hidden = 0;
        while (text.Length < 4 * Inquiry.LongestText && tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken { Id: HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.BlockQuote } skipped && !skipped.IsEmptyElement)
                hidden += skipped.IsEndTag ? -1 : 1;
            else if (token is HtmlTagToken { Id: HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.LI })
                text.Append('\n');
            else if (token is HtmlDataToken data && hidden <= 0)
                text.Append(data.Data);
        }
        return text.ToString();
    }
}
