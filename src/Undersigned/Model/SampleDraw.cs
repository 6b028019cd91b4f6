namespace Undersigned.Model;

/// <summary>announced → drawn, once the public value is in → stated; or given up, which the record then says too.</summary>
public enum SampleState { Announced, Drawn, Stated, GivenUp }

/// <summary>A sample that the letter's auditor draws and checks. What the public reads of it are its two posts; at most one is open.</summary>
public sealed class SampleDraw
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    public SampleState State { get; set; }
    public DateTimeOffset StateAt { get; set; }
    public int Count { get; set; }
    public long AnnouncedBy { get; set; }
    /// <summary>The announcement: which value will decide, when, and how it is read.</summary>
    public long DrawPostId { get; set; }
    /// <summary>Byte for byte, once somebody has typed it.</summary>
    public string? Value { get; set; }
    public long? StatementPostId { get; set; }
}

/// <summary>What the auditor found; reached are those who confirmed and those who did not.</summary>
public enum SampleFinding
{
    Confirmed,
    /// <summary>They did not sign what the line says.</summary>
    False,
    /// <summary>Counts as false.</summary>
    Unreached,
}

/// <summary>One line that a draw fell on. It stays drawn whatever becomes of it.</summary>
public sealed class SampledLine : SealedRow
{
    public long DrawId { get; set; }
    /// <summary>From 1, in the order drawn.</summary>
    public int Ordinal { get; set; }
    public int Number { get; set; }
    public long SignatureId { get; set; }
    public SampleFinding? Finding { get; set; }
    public DateTimeOffset? FoundAt { get; set; }
    /// <summary>The auditor's own, for nobody else.</summary>
    public string? Note { get => Secret("note"); set => Secret("note", value); }
}
