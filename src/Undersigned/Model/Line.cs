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
    public string? Location { get; set; }
    /// <summary><see cref="Location"/> folded, for the list's filter.</summary>
    public string? FoldedLocation { get; set; }
}

/// <summary>One office of a line, for the list's filters and counts. Written and deleted with its <see cref="Line"/>.</summary>
public sealed class LinePost
{
    public long LetterId { get; set; }
    public long LeafIndex { get; set; }
    public int Ordinal { get; set; }
    public string? Position { get; set; }
    public string? FoldedPosition { get; set; }
    public string? Organization { get; set; }
    public string? FoldedOrganization { get; set; }
    public int? FromYear { get; set; }
    /// <summary>Null with a <see cref="FromYear"/>: it goes on.</summary>
    public int? ToYear { get; set; }
}
