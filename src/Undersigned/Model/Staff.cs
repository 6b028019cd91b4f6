namespace Undersigned.Model;

/// <summary>
/// What an account may do on a letter. Owner, editor and reviewer may each do what those after them may; an auditor reads what was done
/// and why, draws a sample and states what it found, and changes nothing else.
/// </summary>
public enum StaffRole { Owner, Editor, Reviewer, Auditor }

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
    /// <summary>The <see cref="AccountId"/> of what was done at the console, or by the program itself.</summary>
    public const long Console = 0;

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
    /// <summary>The act on many signatures that this one is part of.</summary>
    public long? BulkActId { get; set; }
}

/// <summary>A browser that an account is signed in with. Its number stands in the cookie; ended, the cookie opens nothing.</summary>
public sealed class StaffSession
{
    public long Id { get; set; }
    public long AccountId { get; set; }
    public DateTimeOffset Since { get; set; }
    /// <summary>To the hour.</summary>
    public DateTimeOffset SeenAt { get; set; }
    /// <summary>"Firefox on Linux": what the browser said of itself, in short.</summary>
    public string Browser { get; set; } = "";
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>One act on many signatures, which can be undone as a whole.</summary>
public sealed class BulkAct
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    public long AccountId { get; set; }
    public DateTimeOffset At { get; set; }
    /// <summary>A verb of the desk, as in <see cref="StaffAct.What"/>.</summary>
    public required string What { get; set; }
    public int Count { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }
    public long? UndoneBy { get; set; }
}

/// <summary>How one signature was before and after a bulk act; what has moved on since is left as it is by an undo.</summary>
public sealed class BulkActItem : SealedRow
{
    public long BulkActId { get; set; }
    public long SignatureId { get; set; }
    /// <summary>JSON of the state and the line before.</summary>
    public string Before { get => Secret("before") ?? ""; set => Secret("before", value); }
    /// <summary>JSON of the state and the line after.</summary>
    public string After { get => Secret("after") ?? ""; set => Secret("after", value); }
}
