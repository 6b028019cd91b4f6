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
    /// <summary>Reason of a decline or a removal, as in the signatory log's reasons.</summary>
    public string? DecisionReason { get; set; }

    public ShownLine ToShown() => ShownLine.Of(Name, Posts, Location);
}

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
