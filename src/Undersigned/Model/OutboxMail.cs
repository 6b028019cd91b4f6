namespace Undersigned.Model;

public enum MailKind
{
    /// <summary>Six digits and a link; or, decided when it is written, "you have signed already".</summary>
    Confirmation,
    /// <summary>"You stand as № N", with the link to the signer's own page.</summary>
    Listed,
    /// <summary>"You are listed; wrong?" to an imported signatory.</summary>
    Imported,
    /// <summary>A signer asked for the link to their own page again.</summary>
    OwnPage,
    /// <summary>Six digits to whoever reports a line; or, decided when it is written, "you have reported it already".</summary>
    InquiryCode,
    /// <summary>What staff answered to a report or a reply.</summary>
    InquiryAnswer,
    /// <summary>The desk asks for something that speaks for the claim.</summary>
    MoreAsked,
    /// <summary>The desk asks whether the press may print some words of theirs.</summary>
    QuotationAsked,
    /// <summary>An update of the letter, to those who asked to be kept informed.</summary>
    Update,
    /// <summary>Asks a signatory of an earlier letter to sign the one that follows it.</summary>
    FollowUp,
    /// <summary>What staff decided about a name, or that the letter was closed before they did. What it says is found when it is written.</summary>
    Decided,
    /// <summary>The link to their own page, to somebody who has just confirmed and does not come onto the list at once.</summary>
    Confirmed,
}

public enum MailState { Waiting, Sent, Failed, Suppressed }

/// <summary>A mail to be written and sent. It holds no address and no text: both come from the signature when it is sent.</summary>
public sealed class OutboxMail
{
    /// <summary>The most mails to one address about one letter.</summary>
    public const int MostPerLetter = 5;
    /// <summary>The most mails a day to a mailbox of the instance that has not confirmed.</summary>
    public const int MostUnconfirmedADay = 3;
    /// <summary>For so long a decision is not mailed: whoever made it may still take it back.</summary>
    public static readonly TimeSpan UntilDecided = TimeSpan.FromHours(1);

    /// <summary>Verdicts of our own on a mail that is not sent: the mailbox had as many as it may, or whoever reads it said that it was not them.</summary>
    public const string OverBudget = "over budget", Blocked = "blocked";

    public long Id { get; set; }
    public long LetterId { get; set; }
    /// <summary>The line it is about (of a <see cref="MailKind.FollowUp"/> on the earlier letter); null for an answer to somebody whose line nobody knows.</summary>
    public long? SignatureId { get; set; }
    /// <summary>Where the mail is about an inquiry, it goes to whoever sent that.</summary>
    public long? InquiryId { get; set; }
    /// <summary>The update that it brings.</summary>
    public long? PostId { get; set; }
    public MailKind Kind { get; set; }
    public MailState State { get; set; }
    /// <summary>Keyed tag of the mailbox over the whole instance, for the budgets.</summary>
    public required byte[] MailboxTag { get; set; }
    public string Domain { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    /// <summary>Last status, such as "550 5.1.1", or a word of our own; never the server's text, which may repeat the address.</summary>
    public string? Verdict { get; set; }
}

/// <summary>
/// Mail to a domain that waits, because too much of it came back: going on would have the whole instance's mail refused. Until a person
/// lets it go on; from then on it is counted anew.
/// </summary>
public sealed class MailBreaker
{
    public required string Domain { get; set; }
    public DateTimeOffset TrippedAt { get; set; }
    /// <summary>Mails of the day before, and how many of them were refused for good or came back.</summary>
    public int Tried { get; set; }
    public int Refused { get; set; }
    public DateTimeOffset? ReleasedAt { get; set; }
    public long? ReleasedBy { get; set; }
}
