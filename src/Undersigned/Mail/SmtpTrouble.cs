using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Undersigned.Mail;

internal enum SmtpFault
{
    UnknownHost,
    PortRefused,
    Unreachable,
    TimedOut,
    NotSmtp,
    NoEncryption,
    Certificate,
    NoSignIn,
    WrongPassword,
    SignInNeeded,
    SenderRefused,
    RelayDenied,
    RecipientRefused,
    MessageRefused,
    Later,
    NoForeignLetters,
    /// <summary>Nothing that we know of: a fault of ours, or of one mail.</summary>
    Unforeseen,
}

/// <summary>
/// What went wrong with a mail. <see cref="Verdict"/> is a status such as "550 5.1.1" or a word of our own, never the
/// server's text, which may repeat the address.
/// </summary>
internal sealed record SmtpTrouble(SmtpFault Fault, string Verdict)
{
    /// <summary>
    /// No later try can help. Only what a server says of this very recipient or message counts: a fault of our own settings
    /// must not cost anybody their mail.
    /// </summary>
    public bool IsPermanent => Fault is SmtpFault.RecipientRefused or SmtpFault.RelayDenied or SmtpFault.MessageRefused or SmtpFault.NoForeignLetters;

    /// <summary>The connection is of no more use, and the next mail would fare no better.</summary>
    public bool IsOfConnection => Fault <= SmtpFault.SenderRefused;

    public static SmtpTrouble Of(Exception error) => error switch
    {
        SmtpCommandException e => Of(e),
        AuthenticationException => new(SmtpFault.WrongPassword, "sign-in refused"),
        ServiceNotAuthenticatedException => new(SmtpFault.SignInNeeded, "sign-in needed"),
        PasswordUnsafeException => new(SmtpFault.NoEncryption, "no encryption"),
        SslHandshakeException { ServerCertificate: null } => new(SmtpFault.NotSmtp, "no encryption spoken"),
        SslHandshakeException => new(SmtpFault.Certificate, "certificate"),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => new(SmtpFault.UnknownHost, "unknown host"),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new(SmtpFault.PortRefused, "port refused"),
        SocketException { SocketErrorCode: SocketError.TimedOut } or TimeoutException or OperationCanceledException => new(SmtpFault.TimedOut, "timed out"),
        SocketException => new(SmtpFault.Unreachable, "unreachable"),
        SmtpProtocolException or ServiceNotConnectedException => new(SmtpFault.NotSmtp, "connection broken"),
        IOException { InnerException: SocketException inner } => Of(inner),
        IOException => new(SmtpFault.Unreachable, "connection broken"),
        NotSupportedException => new(SmtpFault.NoSignIn, "no sign-in offered"),
        _ => Unforeseen(error),
    };

    /// <summary>Its own words may repeat what the mail says.</summary>
    public static SmtpTrouble Unforeseen(Exception error) => new(SmtpFault.Unforeseen, error.GetType().Name);

    private static SmtpTrouble Of(SmtpCommandException e)
    {
        var status = (int)e.StatusCode;
        var enhanced = EnhancedStatus(e.Message);
        var verdict = enhanced is null ? $"{status}" : $"{status} {enhanced}";
        if (status is 530 or 538)
            return new(SmtpFault.SignInNeeded, verdict);
        if (status == 535)
            return new(SmtpFault.WrongPassword, verdict);
        if (status == 421)
            return new(SmtpFault.NotSmtp, verdict);
        if (status < 500)
            return new(SmtpFault.Later, verdict);
        return e.ErrorCode switch
        {
            SmtpErrorCode.SenderNotAccepted => new(SmtpFault.SenderRefused, verdict),
            SmtpErrorCode.RecipientNotAccepted when enhanced?.StartsWith("5.7.", StringComparison.Ordinal) == true => new(SmtpFault.RelayDenied, verdict),
            SmtpErrorCode.RecipientNotAccepted => new(SmtpFault.RecipientRefused, verdict),
            SmtpErrorCode.MessageNotAccepted => new(SmtpFault.MessageRefused, verdict),
            _ => new(SmtpFault.NotSmtp, verdict),
        };
    }

    /// <summary>"5.1.1" at the beginning of a server's answer (RFC 3463).</summary>
    private static string? EnhancedStatus(string answer)
    {
        var first = answer.Split([' ', '\n', '\r'], 2)[0];
        var parts = first.Split('.');
        return parts.Length == 3 && parts.All(p => p.Length is >= 1 and <= 3 && p.All(char.IsAsciiDigit)) ? first : null;
    }
}

/// <summary>The server offers no encryption, so the password was not sent.</summary>
internal sealed class PasswordUnsafeException() : Exception("The mail server offers no encryption; the password was not sent.");
