namespace Undersigned.Model;

/// <summary>
/// The state of a published letter's log. <see cref="TreeSize"/> is the concurrency token: one writer wins.
/// Counts are after the last entry; each batch adds to them once.
/// </summary>
public sealed class LetterLog
{
    public long LetterId { get; set; }
    public required string Origin { get; set; }
    public long TreeSize { get; set; }
    public required byte[] Root { get; set; }
    public DateTimeOffset LastEntryAt { get; set; }
    /// <summary>Size of the latest published checkpoint; moves after the commit of its entries, by compare-and-swap.</summary>
    public long PublishedSize { get; set; }
    public ListCounts Counts { get; set; } = new();
}

/// <summary>The number and how it comes about.</summary>
public sealed record ListCounts
{
    public int Standing { get; init; }
    public int Withheld { get; init; }
    /// <summary>`sign` entries so far.</summary>
    public int Signed { get; init; }
    public int Withdrawn { get; init; }
    /// <summary>Removed less reinstated.</summary>
    public int Removed { get; init; }
    /// <summary>Signatories whose line was amended at least once.</summary>
    public int Amended { get; init; }
    public int Email { get; init; }
    public int Imported { get; init; }
    public int Account { get; init; }
    public int Domain { get; init; }
    public int Roster { get; init; }
    public int Vouched { get; init; }
    public int Known { get; init; }

    /// <summary>Every level by its code in the log, also those that nobody has.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyDictionary<string, int> ByLevel => Enum.GetValues<SignatureLevel>().ToDictionary(l => l.ToString().ToLowerInvariant(), Of);

    public int Of(SignatureLevel level) => level switch
    {
        SignatureLevel.Imported => Imported,
        SignatureLevel.Account => Account,
        SignatureLevel.Domain => Domain,
        SignatureLevel.Roster => Roster,
        SignatureLevel.Vouched => Vouched,
        SignatureLevel.Known => Known,
        _ => Email,
    };

    /// <summary>The same counts with so many more, or fewer, of a level.</summary>
    public ListCounts With(SignatureLevel level, int more) => level switch
    {
        SignatureLevel.Imported => this with { Imported = Imported + more },
        SignatureLevel.Account => this with { Account = Account + more },
        SignatureLevel.Domain => this with { Domain = Domain + more },
        SignatureLevel.Roster => this with { Roster = Roster + more },
        SignatureLevel.Vouched => this with { Vouched = Vouched + more },
        SignatureLevel.Known => this with { Known = Known + more },
        _ => this with { Email = Email + more },
    };

    /// <summary>What the headline counts: those who signed here.</summary>
    public int SignedHere => Standing - Imported;
}

/// <summary>An entry's exact bytes.</summary>
public sealed class LogEntry
{
    public long LetterId { get; set; }
    public long LeafIndex { get; set; }
    public required byte[] Bytes { get; set; }
}

/// <summary>A Merkle tile, widened in place; a narrower one is its prefix.</summary>
public sealed class LogTile
{
    public long LetterId { get; set; }
    public int Level { get; set; }
    public long TileIndex { get; set; }
    /// <summary>32 bytes a hash, at most 256.</summary>
    public required byte[] Hashes { get; set; }
}

/// <summary>A checkpoint as first published, with the counts at its size: what every public answer is read from.</summary>
public sealed class LogCheckpoint
{
    public long LetterId { get; set; }
    public long Size { get; set; }
    public required byte[] Root { get; set; }
    /// <summary>The first 16 hex digits of the root, printed with time and size on every public answer.</summary>
    public string Fingerprint => Convert.ToHexStringLower(Root)[..16];
    /// <summary>`time` of the last entry below <see cref="Size"/>.</summary>
    public DateTimeOffset EntryAt { get; set; }
    public required string Note { get; set; }
    public int Revision { get; set; }
    public ListCounts Counts { get; set; } = new();
}
