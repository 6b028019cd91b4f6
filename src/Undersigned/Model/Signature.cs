namespace Undersigned.Model;

public enum SignatureState
{
    /// <summary>The form was sent; the address is not confirmed.</summary>
    Submitted,
    /// <summary>Confirmed; waits for the glance.</summary>
    Confirmed,
    /// <summary>Set aside for a decision.</summary>
    InReview,
    /// <summary>Let in; waits for the sequencer (and, before publication, for the letter).</summary>
    Admitted,
    /// <summary>Stands on the list, in the log.</summary>
    Listed,
    Withdrawn,
    Removed,
    Declined,
    /// <summary>Never confirmed within the time; personal data is gone.</summary>
    Expired,
    /// <summary>Everything about the person was destroyed at their wish.</summary>
    Erased,
}

public enum SignatureSource { Form, PrivateLink, Import }

/// <summary>How the line was checked, as in the signatory log; computed from the evidence (see Evidence.cs), weakest first.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<SignatureLevel>))]
public enum SignatureLevel { Imported, Email, Account, Domain, Roster, Vouched, Known }

/// <summary>
/// The act of signing and its record. The person on the list is its <see cref="Line"/>.
/// <see cref="State"/> is a concurrency token: a change is a compare-and-swap, and the loser's other writes roll back with it.
/// </summary>
public sealed partial class Signature : SealedRow
{
    public long Id { get; set; }
    /// <summary>Of the letter's words that were signed.</summary>
    public int Revision { get; set; }
    public SignatureState State { get; set; }
    public DateTimeOffset StateAt { get; set; }
    public SignatureSource Source { get; set; }
    public SignatureLevel Level { get; set; } = SignatureLevel.Email;

    // The line as it will be or is shown. Empty once expired or erased.
    public string Name { get; set; } = "";
    public List<Post> Posts { get; set; } = [];
    public string? Location { get; set; }
    /// <summary><see cref="Name"/> folded for search and for finding look-alikes (see NameFolding).</summary>
    public string FoldedName { get; set; } = "";

    public DateTimeOffset SubmittedAt { get; set; }

    /// <summary>What the interface spoke when they signed, and what mails to them and their pages speak; null where nobody signed here: the letter's.</summary>
    public string? Language { get; set; }
}
