namespace Undersigned.Model;

/// <summary>
/// Two ways of writing that a person has told apart: different bodies, checked, and never suggested as one again. Kept as keyed tags, so
/// that what a person wrote who is forgotten is not remembered here.
/// </summary>
public sealed class SpellingDifference
{
    public long LetterId { get; set; }
    /// <summary>"Organization" or "Position".</summary>
    public required string Part { get; set; }
    /// <summary>The smaller tag of the two.</summary>
    public required byte[] FirstTag { get; set; }
    public required byte[] SecondTag { get; set; }
    public long DecidedBy { get; set; }
    public DateTimeOffset DecidedAt { get; set; }
}
