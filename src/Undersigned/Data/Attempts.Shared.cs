using System.Collections.Concurrent;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// What this server counted and the others do not know yet, and what they counted, minute by minute. Keys are keyed hashes. The counts of
/// this server's own life before a restart are among those of the others.
/// </summary>
public sealed partial class Attempts
{
    /// <summary>Two servers' clocks may be so far apart.</summary>
    private const int ClockMinutes = 5;
    private const int MinutesOfBurst = 10;
    private const int MinutesADay = 24 * 60;

    private readonly ConcurrentDictionary<(string Key, long Minute), int> untold = new();
    private readonly ConcurrentDictionary<string, Elsewhere> elsewhere = new(StringComparer.Ordinal);
    private long knownTo = -1;

    /// <summary>A random number of this process.</summary>
    internal long Server { get; } = BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    /// <summary>From which minute on the others are to be asked: of the last day at first, then of what may be new.</summary>
    internal long AskFrom => knownTo < 0 ? ThisMinute - MinutesADay : knownTo - ClockMinutes;

    private long ThisMinute => MinuteOf(time.GetUtcNow());

    internal static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    /// <summary>Takes what is to be told; what cannot be told is given back to <see cref="NotTold"/>.</summary>
    internal IReadOnlyList<Untold> TakeUntold(int most)
    {
        var (taken, now) = (new List<Untold>(), time.GetUtcNow());
        foreach (var (key, minute) in untold.Keys.Take(most))
            if (untold.TryRemove((key, minute), out var number))
                taken.Add(new Untold(key, new AttemptCount
                {
                    Key = keys.AttemptTag(key),
                    Server = Server,
                    Minute = minute,
                    Number = number,
                    Usual = tallies.TryGetValue(key, out var tally) ? tally.At(now).Usual : 0,
                }));
        return taken;
    }

    internal void NotTold(IEnumerable<Untold> counts)
    {
        foreach (var (key, count) in counts)
            untold.AddOrUpdate((key, count.Minute), count.Number, (_, n) => n + count.Number);
    }

    /// <summary>What was counted here, by its plain key, which leaves this process only hashed.</summary>
    internal sealed record Untold(string Key, AttemptCount Count);

    /// <summary>What the others counted, from <see cref="AskFrom"/> on: it takes the place of what was known of those minutes.</summary>
    internal void Told(IEnumerable<AttemptCount> counts)
    {
        foreach (var one in counts)
            elsewhere.GetOrAdd(Convert.ToHexString(one.Key), _ => new Elsewhere()).Put(one);
        var old = ThisMinute - MinutesADay;
        foreach (var (key, counted) in elsewhere)
            if (counted.Forget(old))
                elsewhere.TryRemove(key, out _);
        knownTo = ThisMinute;
    }
}
