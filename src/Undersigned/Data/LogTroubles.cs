using System.Collections.Concurrent;

namespace Undersigned.Data;

/// <summary>Why the number of one letter does not move, in words for whoever runs the instance.</summary>
/// <param name="LetterId">The letter.</param>
/// <param name="Origin">Which log.</param>
/// <param name="What">What was found, with the sizes.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Kind">How far it reaches.</param>
/// <param name="Since">When it was found.</param>
public sealed record LogTrouble(long LetterId, string Origin, string What, string Remedy, LogTroubleKind Kind, DateTimeOffset Since);

public enum LogTroubleKind
{
    /// <summary>Nothing is written until the program is started anew with the right data.</summary>
    Refused,
    /// <summary>Nothing is written until a clock is set.</summary>
    Clock,
    /// <summary>One change cannot be written; all others are.</summary>
    Change,
}

/// <summary>
/// What keeps the sequencer from writing a log, or a change into it. Their letters are still read; all others go on.
/// Found anew at each start, never stored.
/// </summary>
public sealed class LogTroubles
{
    private readonly ConcurrentDictionary<long, LogTrouble> byLetter = new();

    public IReadOnlyList<LogTrouble> All => [.. byLetter.Values.OrderBy(t => t.LetterId)];

    public LogTrouble? Of(long letterId) => byLetter.GetValueOrDefault(letterId);

    public void Report(LogTrouble trouble) => byLetter[trouble.LetterId] = trouble;

    public void Clear(long letterId) => byLetter.TryRemove(letterId, out _);
}
