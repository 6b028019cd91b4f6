namespace Undersigned.Model;

/// <summary>Glance and review.</summary>
public sealed partial class Signature
{
    /// <summary>The screen of the glance that it was last lent to.</summary>
    public long? GlanceBatchId { get; set; }
    /// <summary>Why it was set aside: codes of <c>Oddity</c>, or "glance" where a person ticked it.</summary>
    public List<string> ReviewReasons { get; set; } = [];
    public long? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    /// <summary>How many different people must let it in; found when it comes to be looked at, by the letter's rules and the name.</summary>
    public int LooksNeeded { get; set; } = 1;
    /// <summary>Orders the queue: the greater, the sooner.</summary>
    public int Risk { get; set; }
    /// <summary>Who pasted it in, and may not be the one who lets it in.</summary>
    public long? ImportedBy { get; set; }
    /// <summary>The desk's note; never leaves it.</summary>
    public string? Note
    {
        get => Secret("note");
        set
        {
            Secret("note", value);
            HasNote = value is not null;
        }
    }

    /// <summary>What can be asked of the note without opening it.</summary>
    public bool HasNote { get; private set; }
    /// <summary>Reason of a decline or a removal, as in the signatory log's reasons.</summary>
    public string? DecisionReason { get; set; }
    /// <summary>As the signer is told it: what only staff distinguish is "other".</summary>
    public string ToldReason => DecisionReason is "impersonation" or "duplicate" or "not-eligible" or "signer-request" or "legal" or "error" ? DecisionReason : "other";

    public ShownLine ToShown() => ShownLine.Of(Name, Posts, Location);
}

/// <summary>
/// One person's decision about a signature that needs two: kept until the second decides, who sees it only after their own.
/// Of the line as it stood then; another line needs another look.
/// </summary>
public sealed class Look
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    public long SignatureId { get; set; }
    public long AccountId { get; set; }
    public DateTimeOffset At { get; set; }
    public LookVerdict Verdict { get; set; }
    /// <summary>Reason of a decline.</summary>
    public string? Reason { get; set; }
    /// <summary><see cref="ShownLine.Mark"/> of what was seen.</summary>
    public required string Mark { get; set; }
}

public enum LookVerdict { Admit, Decline }

/// <summary>Up to forty signatures lent to one person for some minutes, decided together and undone together.</summary>
public sealed class GlanceBatch
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    public long AccountId { get; set; }
    public DateTimeOffset TakenAt { get; set; }
    /// <summary>Until then nobody else is lent the same lines.</summary>
    public DateTimeOffset LentUntil { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }
}

/// <summary>A signer's wish to change a line that stands; looked at before it shows.</summary>
public sealed class Correction
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    public long SignatureId { get; set; }
    public string Name { get; set; } = "";
    public List<Post> Posts { get; set; } = [];
    public string? Location { get; set; }
    public DateTimeOffset ProposedAt { get; set; }
    public CorrectionState State { get; set; }
    public long? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
}

public enum CorrectionState { Waiting, Admitted, Declined }
