using System.Globalization;

namespace Undersigned.SignatoryList;

/// <summary>
/// The time that a reader asks the list of: <c>?at=2026-02-20T18:00Z</c>, a day (<c>?at=2026-02-20</c>, as it ended), or what the form sends, <c>?on=2026-02-20&amp;at=18:00</c>.
/// Times are UTC.
/// </summary>
public sealed record ListMoment(DateTimeOffset At)
{
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>Null where today's list is asked for; <paramref name="isBad"/> where a time is named that is none.</summary>
    public static ListMoment? Read(IQueryCollection query, out bool isBad)
    {
        var (on, at) = (query["on"].ToString().Trim(), query["at"].ToString().Trim());
        isBad = false;
        if (on.Length + at.Length == 0 || on.Length == 0 && TimeOnly.TryParseExact(at, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return null;
        var moment = Parse(on.Length == 0 ? at : at.Length == 0 ? on : $"{on}T{at}");
        isBad = moment is null;
        return moment;
    }

    private static ListMoment? Parse(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new ListMoment(new DateTimeOffset(day.ToDateTime(new TimeOnly(23, 59, 59)), TimeSpan.Zero));
        return DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? new ListMoment(at)
            : null;
    }

    /// <summary>For an address.</summary>
    public string Text => At.UtcDateTime.ToString(At.Second == 0 ? "yyyy-MM-dd'T'HH:mm'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
