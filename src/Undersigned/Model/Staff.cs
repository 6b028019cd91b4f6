namespace Undersigned.Model;

/// <summary>What an account may do on a letter. Each role may do what those after it may.</summary>
public enum StaffRole { Owner, Editor, Reviewer }

public sealed class LetterStaff
{
    public long LetterId { get; set; }
    public long AccountId { get; set; }
    public StaffRole Role { get; set; }
    public DateTimeOffset Since { get; set; }
}

/// <summary>A link that makes whoever opens it and signs in a member of the letter's staff, once.</summary>
public sealed class Invitation
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    public StaffRole Role { get; set; }
    /// <summary>SHA-256 of the link's token.</summary>
    public required byte[] TokenHash { get; set; }
    public long InvitedBy { get; set; }
    public DateTimeOffset At { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public long? AcceptedBy { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
}

/// <summary>The one-time link of the first start, or of an account that was reset at the console.</summary>
public sealed class SetupLink
{
    public long Id { get; set; }
    /// <summary>The account that gets a new way in; null for the first account of all.</summary>
    public long? AccountId { get; set; }
    public required byte[] TokenHash { get; set; }
    public DateTimeOffset At { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>One act of staff. Rows are only ever added.</summary>
public sealed class StaffAct
{
    public long Id { get; set; }
    public long? LetterId { get; set; }
    public long AccountId { get; set; }
    public DateTimeOffset At { get; set; }
    /// <summary>A verb of the desk: admit, decline, remove, paste-in, publish, hold-signing …</summary>
    public required string What { get; set; }
    public long? SignatureId { get; set; }
    public string? FromState { get; set; }
    public string? ToState { get; set; }
    /// <summary>Reason or numbers; no personal data.</summary>
    public string? Detail { get; set; }
}
