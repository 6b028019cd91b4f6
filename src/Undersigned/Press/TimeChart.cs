using Undersigned.Shared;

namespace Undersigned.Press;

public sealed record TimeBar(string X, string Width, string Y, string Height);

public sealed record TimeMark(string X, string Text, string? Anchor);

/// <summary>New signatures step by step as bars, with the highest and its half to read them by.</summary>
/// <param name="Id">What the ids of its parts begin with.</param>
public sealed record TimeChart(string Id, TimeSeries Series)
{
    private const double Base = 98;
    private const double Highest = 80;
    private const double Wide = 88;
    private const double Widest = 10;

    public static string HalfY => Svg.Pixels(Base - Highest / 2);
    public static string TopY => Svg.Pixels(Base - Highest);

    public TimeStep Peak { get; } = Series.Steps.MaxBy(s => s.New)!;

    public IEnumerable<TimeBar> Bars()
    {
        var step = Wide / Series.Steps.Count;
        for (var i = 0; i < Series.Steps.Count; i++)
        {
            if (Series.Steps[i].New is not (> 0 and var fresh))
                continue;
            var height = Math.Max(1, Highest * fresh / Peak.New);
            yield return new TimeBar(Svg.Percent(step * i), Svg.Percent(Math.Min(Widest, step * 0.9)), Svg.Pixels(Base - height), Svg.Pixels(height));
        }
    }

    /// <summary>The first step, the middle and the last by name.</summary>
    public IEnumerable<TimeMark> Marks()
    {
        var (steps, step) = (Series.Steps, Wide / Series.Steps.Count);
        yield return new TimeMark(Svg.Percent(0), Series.MarkOf(steps[0]), null);
        if (steps.Count >= 5)
            yield return new TimeMark(Svg.Percent(step * (steps.Count / 2)), Series.MarkOf(steps[steps.Count / 2]), "middle");
        if (steps.Count >= 3)
            yield return new TimeMark(Svg.Percent(Wide), Series.MarkOf(steps[^1]), "end");
    }
}
