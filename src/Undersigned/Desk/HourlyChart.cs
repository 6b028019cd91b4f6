using System.Globalization;

namespace Undersigned.Desk;

/// <summary>One hour's bar: where it stands in the drawing, and what it says.</summary>
/// <param name="X">Percent of the width.</param>
/// <param name="Y">Pixels from the top.</param>
public sealed record HourBar(DateTimeOffset From, int Count, string X, string Y, string Height);

/// <summary>A line across, at a round number.</summary>
public sealed record ChartGrid(int Value, string Y);

/// <summary>
/// The last 24 hours as bars. x and width are in percent and text in pixels, so that the drawing stretches without scaling its type.
/// </summary>
public sealed record HourlyChart(IReadOnlyList<HourBar> Bars, IReadOnlyList<ChartGrid> Grid)
{
    private const int Hours = 24;
    private const double Top = 18;
    public const double Base = 128;
    private const double Step = 90.0 / Hours;

    public int Total => Bars.Sum(b => b.Count);

    public HourBar Highest => Bars.MaxBy(b => b.Count)!;

    public static DateTimeOffset BeginOf(DateTimeOffset now) => HourOf(now).AddHours(1 - Hours);

    public static HourlyChart Of(IEnumerable<DateTimeOffset> at, DateTimeOffset now)
    {
        var begin = BeginOf(now);
        var counts = new int[Hours];
        foreach (var time in at)
            if ((int)Math.Floor((time - begin).TotalHours) is >= 0 and < Hours and var hour)
                counts[hour]++;
        var top = RoundUp(counts.Max());
        string Y(double value) => Pixels(Base - (Base - Top) * value / top);
        return new HourlyChart(
            [.. counts.Select((n, i) => new HourBar(begin.AddHours(i), n, Percent(0.3 + i * Step), Y(n), Pixels((Base - Top) * n / top)))],
            [new ChartGrid(top / 2, Y(top / 2.0)), new ChartGrid(top, Y(top))]);
    }

    /// <summary>The next even number of one digit and zeros: 2, 4, 6, 8, 10, 20, 40 … so that its half is whole.</summary>
    private static int RoundUp(int highest)
    {
        var unit = 1;
        while (highest > 10 * unit)
            unit *= 10;
        var top = (highest + unit - 1) / unit * unit;
        return Math.Max(2, top % (2 * unit) == 0 ? top : top + unit);
    }

    private static DateTimeOffset HourOf(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    private static string Percent(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + "%";

    private static string Pixels(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
