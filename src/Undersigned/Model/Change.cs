namespace Undersigned.Model;

public enum ChangeKind { Open, Sign, Amend, Withdraw, Remove, Reinstate, Erase, Close, Reopen, Revise, Post, Draw }

/// <summary>
/// A decided change of a letter's list that waits for the sequencer, written in the same transaction as the decision.
/// The sequencer deletes it in the transaction that writes its entry.
/// </summary>
public sealed class Change
{
    public long Id { get; set; }
    public long LetterId { get; set; }
    public ChangeKind Kind { get; set; }
    public long? SignatureId { get; set; }
    /// <summary>Reason code of the signatory log, where the entry has one.</summary>
    public string? Reason { get; set; }
    /// <summary>Of a revise, the number of the letter's revision that it publishes.</summary>
    public int? Revision { get; set; }
    /// <summary>Of a post or a draw, the <see cref="LetterPost"/>.</summary>
    public long? PostId { get; set; }
    public DateTimeOffset At { get; set; }

    public static Change Of(ChangeKind kind, Letter letter, DateTimeOffset at) => new() { Kind = kind, LetterId = letter.Id, At = at };

    public static Change Of(ChangeKind kind, Signature signature, DateTimeOffset at, string? reason = null) =>
        new() { Kind = kind, LetterId = signature.LetterId, SignatureId = signature.Id, At = at, Reason = reason };
}
