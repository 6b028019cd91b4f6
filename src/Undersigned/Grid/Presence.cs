using System.Collections.Concurrent;

namespace Undersigned.Grid;

/// <summary>Somebody else at the same sheet, and the rows they are on.</summary>
public sealed record Present(string Name, string Initials, IReadOnlyList<long> Rows);

/// <summary>Who is on which rows of a letter's sheet: kept in memory, for half a minute after the last sign of life.</summary>
public sealed class Presence(TimeProvider time)
{
    public const int MostRows = 100;
    private const int MostSeats = 100;
    private static readonly TimeSpan For = TimeSpan.FromSeconds(30);

    private sealed record Seat(long AccountId, string Name, IReadOnlyList<long> Rows, DateTimeOffset At);

    private readonly ConcurrentDictionary<long, ConcurrentDictionary<string, Seat>> letters = new();

    /// <summary>Notes where this window is, and tells of the others.</summary>
    /// <param name="letterId">The letter.</param>
    /// <param name="window">A random name of the window, for one person may have two.</param>
    /// <param name="accountId">Who sits there.</param>
    /// <param name="name">As the others read it.</param>
    /// <param name="rows">Ids of the rows that are chosen, the first hundred.</param>
    public IReadOnlyList<Present> Sit(long letterId, string window, long accountId, string name, IEnumerable<long> rows)
    {
        var now = time.GetUtcNow();
        var seats = letters.GetOrAdd(letterId, _ => new ConcurrentDictionary<string, Seat>(StringComparer.Ordinal));
        foreach (var (other, seat) in seats)
            if (seat.At + For < now)
                seats.TryRemove(other, out _);
        if (seats.Count < MostSeats || seats.ContainsKey(window))
            seats[window] = new Seat(accountId, name, [.. rows.Take(MostRows)], now);
        return [.. seats.Where(s => s.Key != window).Select(s => new Present(s.Value.Name, Initials(s.Value.Name), s.Value.Rows))];
    }

    /// <summary>"Hyacinth Moravcová-Dube" is HM.</summary>
    private static string Initials(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Take(1).Concat(words.Skip(1).TakeLast(1)).Select(w => w.EnumerateRunes().First().ToString())).ToUpperInvariant();
    }
}
