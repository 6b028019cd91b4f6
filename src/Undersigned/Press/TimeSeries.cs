using Undersigned.Data;
using Undersigned.Shared;

namespace Undersigned.Press;

public enum TimeUnit { Hour, Day, Week, Month }

/// <summary>A step of time, UTC: how many came to stand in it, and how many with all who came before. Of those who stand.</summary>
public sealed record TimeStep(DateTimeOffset From, int New, int All);

/// <summary>Signatures over time, step after step without a gap, in the unit that makes a readable chart.</summary>
public sealed record TimeSeries(TimeUnit Unit, IReadOnlyList<TimeStep> Steps)
{
    /// <param name="hours">As the list counts them, earliest first.</param>
    /// <param name="until">The time of the list.</param>
    public static TimeSeries Of(IReadOnlyList<HourCount> hours, DateTimeOffset until) => Of(hours, until, UnitFor(hours, until));

    /// <summary>The same no coarser than by day, for whoever draws their own.</summary>
    public static TimeSeries FineOf(IReadOnlyList<HourCount> hours, DateTimeOffset until) =>
        Of(hours, until, UnitFor(hours, until) == TimeUnit.Hour ? TimeUnit.Hour : TimeUnit.Day);

    private static TimeUnit UnitFor(IReadOnlyList<HourCount> hours, DateTimeOffset until) => hours.Count == 0 ? TimeUnit.Day : (until - hours[0].Hour).TotalDays switch
    {
        <= 2 => TimeUnit.Hour,
        <= 60 => TimeUnit.Day,
        <= 400 => TimeUnit.Week,
        _ => TimeUnit.Month,
    };

    private static TimeSeries Of(IReadOnlyList<HourCount> hours, DateTimeOffset until, TimeUnit unit)
    {
        var steps = new List<TimeStep>();
        if (hours.Count == 0)
            return new TimeSeries(unit, steps);
        var counts = hours.GroupBy(h => Begin(h.Hour, unit)).ToDictionary(g => g.Key, g => g.Sum(h => h.Count));
        var (all, last) = (0, until < hours[^1].Hour ? hours[^1].Hour : until);
        for (var from = Begin(hours[0].Hour, unit); from <= last; from = Next(from, unit))
        {
            var fresh = counts.GetValueOrDefault(from);
            steps.Add(new TimeStep(from, fresh, all += fresh));
        }
        return new TimeSeries(unit, steps);
    }

    private static DateTimeOffset Begin(DateTimeOffset time, TimeUnit unit)
    {
        var day = new DateTimeOffset(time.UtcDateTime.Date, TimeSpan.Zero);
        return unit switch
        {
            TimeUnit.Hour => day.AddHours(time.UtcDateTime.Hour),
            TimeUnit.Day => day,
            // Weeks begin on Monday.
            TimeUnit.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            _ => day.AddDays(1 - day.Day),
        };
    }

    private static DateTimeOffset Next(DateTimeOffset from, TimeUnit unit) => unit switch
    {
        TimeUnit.Hour => from.AddHours(1),
        TimeUnit.Day => from.AddDays(1),
        TimeUnit.Week => from.AddDays(7),
        _ => from.AddMonths(1),
    };

    /// <summary>"16 February 2026", "16 February 2026, 09:00", "February 2026"</summary>
    public string NameOf(TimeStep step) => Unit switch { TimeUnit.Hour => Printed.Hour(step.From), TimeUnit.Month => Printed.Month(step.From), _ => Printed.Day(step.From) };

    /// <summary>Under the chart: "16 Feb", "09:00", "Feb 2026".</summary>
    public string MarkOf(TimeStep step) => Unit switch { TimeUnit.Hour => Printed.Hour(step.From, isShort: true), TimeUnit.Month => Printed.Month(step.From, isShort: true), _ => Printed.ShortDay(step.From) };
}
