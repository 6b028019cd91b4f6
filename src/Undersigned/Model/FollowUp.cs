namespace Undersigned.Model;

/// <summary>
/// The one mail by which those who stand on an earlier letter are asked to sign the letter that follows it. There is one a letter. Mails are
/// put into the outbox some at a time, by rising number of their signature; <see cref="LastSignatureId"/> is the concurrency token: each
/// gets one, also over a restart.
/// </summary>
public sealed class FollowUpMailing
{
    /// <summary>The letter that they are asked to sign.</summary>
    public long LetterId { get; set; }
    /// <summary>The letter that they signed.</summary>
    public long EarlierLetterId { get; set; }
    /// <summary>What the organiser says to them, beside what the mail always says.</summary>
    public string Words { get; set; } = "";
    public DateTimeOffset At { get; set; }
    public long AccountId { get; set; }
    public long LastSignatureId { get; set; }
    /// <summary>How many mails were put into the outbox so far.</summary>
    public int Queued { get; set; }
    /// <summary>While set, no mail of it leaves.</summary>
    public DateTimeOffset? PausedAt { get; set; }
    /// <summary>When nobody was left to be asked.</summary>
    public DateTimeOffset? AllQueuedAt { get; set; }
}

/// <summary>"No, thank you", by a signatory of the earlier letter.</summary>
public sealed class FollowUpDecline
{
    public long LetterId { get; set; }
    /// <summary>On the earlier letter.</summary>
    public long SignatureId { get; set; }
    public DateTimeOffset At { get; set; }
}

/// <summary>A signer who ended all mails that were not asked for one by one: updates, and letters that follow.</summary>
public sealed class MailRefusal
{
    public long SignatureId { get; set; }
    public DateTimeOffset At { get; set; }
}
