namespace Undersigned.Model;

/// <summary>
/// An update on its way to those who asked to be kept informed. Their mails are put into the outbox some at a time, by rising number of
/// their signature; after a crash it goes on where it was. <see cref="LastSignatureId"/> is the concurrency token: each gets one.
/// </summary>
public sealed class Mailing
{
    public long PostId { get; set; }
    public long LetterId { get; set; }
    public DateTimeOffset At { get; set; }
    public long AccountId { get; set; }
    public long LastSignatureId { get; set; }
    /// <summary>How many mails were put into the outbox so far.</summary>
    public int Queued { get; set; }
    /// <summary>While set, no mail of it leaves.</summary>
    public DateTimeOffset? PausedAt { get; set; }
    /// <summary>When nobody was left to be written to.</summary>
    public DateTimeOffset? AllQueuedAt { get; set; }
}
