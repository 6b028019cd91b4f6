namespace Undersigned.Model;

/// <summary>The part of a signature that the sequencer sets.</summary>
public sealed partial class Signature
{
    /// <summary>№: the signatory's number in the log; kept after a removal.</summary>
    public int? Number { get; set; }
    public DateTimeOffset? ListedAt { get; set; }
}

/// <summary>
/// What the list shows from one entry of the log until another ends it, and the opening of that entry's commitment.
/// The list at tree size S is every line with LeafIndex &lt; S that has no EndIndex below S, so list, count and log cannot disagree.
/// Written by the sequencer alone; deleted on erasure.
/// </summary>
public sealed class Line
{
    public long LetterId { get; set; }
    /// <summary>Index of the entry since which this is shown: a `sign` or `amend`, or the `reinstate` that put it back.</summary>
    public long LeafIndex { get; set; }
    /// <summary>Index of the `sign` or `amend` entry whose commitment <see cref="Salt"/> and <see cref="Record"/> open; another than <see cref="LeafIndex"/> only after a `reinstate`.</summary>
    public long RecordIndex { get; set; }
    /// <summary>Index of the entry that ended it (amend, withdraw, remove); null while it stands.</summary>
    public long? EndIndex { get; set; }
    /// <summary>True where the ending entry was an `amend`: the old wording is still offered to verifiers while the signatory stands.</summary>
    public bool Superseded { get; set; }
    public long SignatureId { get; set; }
    public int Number { get; set; }
    public SignatureLevel Level { get; set; }
    public required byte[] Salt { get; set; }
    /// <summary>The exact committed JSON text.</summary>
    public required string Record { get; set; }

    /// <summary>When the signatory came to stand (of the `sign`), for "newest" and "since".</summary>
    public DateTimeOffset Since { get; set; }
    public string Name { get; set; } = "";
    /// <summary>Sorts the list: folded family name, then the rest.</summary>
    public string SortName { get; set; } = "";
    public string FoldedName { get; set; } = "";
}
