namespace Undersigned.Model;

public enum PdfState
{
    Waiting,
    Making,
    Made,
    Failed,
    /// <summary>Somebody who is named in it has left since: its bytes are gone, its hash stays.</summary>
    Outdated,
}

/// <summary>
/// Letter and names as a PDF, asked for, being made or made: of an edition, or under embargo for one outlet. A row is a place in the queue
/// that all servers share; what is made is kept in <see cref="PdfPiece"/>s.
/// </summary>
public sealed class LetterPdf
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    /// <summary>The edition's number; null under embargo.</summary>
    public int? Edition { get; set; }
    public long? EmbargoCopyId { get; set; }
    public PdfState State { get; set; }
    public DateTimeOffset AskedAt { get; set; }
    /// <summary>When whoever makes it was last heard of: a server that died keeps nobody from making it.</summary>
    public DateTimeOffset? HeardAt { get; set; }
    /// <summary>Names set so far, and of how many.</summary>
    public int Done { get; set; }
    public int Names { get; set; }
    /// <summary>Tells the list that it was made from from any other.</summary>
    public string Mark { get; set; } = "";
    /// <summary>The time that it bears.</summary>
    public DateTimeOffset? AsOf { get; set; }
    public DateTimeOffset? MadeAt { get; set; }
    public int Pages { get; set; }
    public long Length { get; set; }
    public byte[]? Sha256 { get; set; }
    /// <summary>Why it failed, in words.</summary>
    public string? Trouble { get; set; }

    public bool IsUnderWay => State is PdfState.Waiting or PdfState.Making;
}

/// <summary>A piece of a PDF's bytes, so that none is ever whole in memory.</summary>
public sealed class PdfPiece
{
    public const int Longest = 1 << 20;

    public long LetterPdfId { get; set; }
    public int Ordinal { get; set; }
    public required byte[] Bytes { get; set; }
}

/// <summary>The private link at which one outlet finds the newest PDF while the letter is not public.</summary>
public sealed class EmbargoCopy
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    /// <summary>Printed on each page.</summary>
    public required string Outlet { get; set; }
    public DateTimeOffset MadeAt { get; set; }
    public long MadeBy { get; set; }
    public bool IsOff { get; set; }
    /// <summary>How often the link was opened, and last when.</summary>
    public int Openings { get; set; }
    public DateTimeOffset? OpenedAt { get; set; }
}
