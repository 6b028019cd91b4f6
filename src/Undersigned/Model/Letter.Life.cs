namespace Undersigned.Model;

/// <summary>The private link, publication, closing and the switches.</summary>
public sealed partial class Letter
{
    /// <summary>Counts the private links made; the link's token is derived from it, so a new number turns the old link off.</summary>
    public int PrivateLinkRound { get; set; }
    public bool PrivateLinkOn { get; set; }
    /// <summary>How many may sign through the private link.</summary>
    public int PrivateLinkCap { get; set; } = 200;

    /// <summary>A publication that waits for its time.</summary>
    public DateTimeOffset? PublishAt { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }
    /// <summary>When signing ends by itself, announced on the letter's page.</summary>
    public DateTimeOffset? CloseAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Nobody can sign; visitors are told so.</summary>
    public bool HoldSigning { get; set; }
    /// <summary>No new name appears; withdrawals and removals still do.</summary>
    public bool HoldPublishing { get; set; }
    /// <summary>The size at which the public pages stay, and say so; the log goes on. Null while they go on too.</summary>
    public long? FrozenSize { get; set; }
    /// <summary>No mail about this letter leaves; it waits.</summary>
    public bool HoldMail { get; set; }
}

/// <summary>The exact words that signers agreed to. Never changed, never deleted while the letter stands.</summary>
public sealed class Revision
{
    public long LetterId { get; set; }
    public int Number { get; set; }
    /// <summary>JSON text of section 3 of the signatory log (title, body, addressees, demands, language, organiser), UTF-8.</summary>
    public required byte[] Text { get; set; }
    /// <summary>SHA-256 of <see cref="Text"/>.</summary>
    public required byte[] TextHash { get; set; }
    /// <summary>JSON of who may sign and how signatures are admitted, UTF-8.</summary>
    public required byte[] Rules { get; set; }
    public required byte[] RulesHash { get; set; }
    public DateTimeOffset MadeAt { get; set; }
    /// <summary>Code of the signatory log for why it was made; null for the first.</summary>
    public string? Reason { get; set; }
}
