using Undersigned.Data;
using Undersigned.Press;

namespace Undersigned.Tests.Press;

public sealed class WordingTests
{
    [Theory]
    [InlineData(1_143, 1_100)]
    [InlineData(1_112, 1_100)]
    // So near to the round number that some leaving would make it false.
    [InlineData(1_105, 1_000)]
    [InlineData(214, 200)]
    [InlineData(150, 140)]
    [InlineData(20, 10)]
    [InlineData(100_000, 90_000)]
    [InlineData(1_286_431, 1_270_000)]
    public void More_than_is_a_round_number_well_below(int count, int round) => Assert.Equal(round, Wordings.RoundBelow(count));

    [Fact]
    public void What_is_said_stays_true_though_one_in_a_hundred_and_at_least_two_leave()
    {
        for (var count = 0; count < 12_000; count++)
            if (Wordings.RoundBelow(count) is { } round)
                Assert.True(round > 0 && count - Math.Max(2, count / 100) > round, $"{count}: more than {round}");
            else
                Assert.True(count < 20);
    }

    private static readonly DateTimeOffset Start = new(2026, 2, 16, 6, 0, 0, TimeSpan.Zero);

    private static HourCount At(double hours, int count) => new(Start.AddHours(hours), count);

    [Fact]
    public void Time_is_told_in_steps_without_a_gap_in_a_unit_that_can_be_read()
    {
        var day = TimeSeries.Of([At(0, 3), At(2, 1)], Start.AddHours(4.5));
        Assert.Equal((TimeUnit.Hour, "3 0 1 0 0", "3 3 4 4 4"), (day.Unit, string.Join(' ', day.Steps.Select(s => s.New)), string.Join(' ', day.Steps.Select(s => s.All))));
        var fortnight = TimeSeries.Of([At(0, 3), At(17, 1), At(18, 5)], Start.AddDays(13));
        Assert.Equal((TimeUnit.Day, 14), (fortnight.Unit, fortnight.Steps.Count));
        // 16 February is a Monday; what came at midnight is the next day's.
        Assert.Equal([4, 5, 0], fortnight.Steps.Take(3).Select(s => s.New));
        Assert.Equal("16 February 2026", fortnight.NameOf(fortnight.Steps[0]));
        var year = TimeSeries.Of([At(0, 3), At(24 * 6, 1), At(24 * 7, 5)], Start.AddDays(300));
        Assert.Equal((TimeUnit.Week, 43, 4, 5), (year.Unit, year.Steps.Count, year.Steps[0].New, year.Steps[1].New));
        var years = TimeSeries.Of([At(0, 3), At(24 * 600, 2)], Start.AddDays(601));
        Assert.Equal((TimeUnit.Month, "February 2026", 5), (years.Unit, years.NameOf(years.Steps[0]), years.Steps[^1].All));
        Assert.Equal(602, TimeSeries.FineOf([At(0, 3), At(24 * 600, 2)], Start.AddDays(601)).Steps.Count);
        Assert.Empty(TimeSeries.Of([], Start).Steps);
    }

    [Theory]
    [InlineData("Weir Office", "Weir Office")]
    [InlineData("Directorate-General for Structural Safety and the Supervision of Hydraulic Works", "Directorate-General for Structural|Safety and the Supervision of|Hydraulic Works")]
    [InlineData("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "Donaudampfschifffahrtselektrizitäten|hauptbetriebswerkbauunterbeamtengese|llschaft")]
    [InlineData("国土交通省水管理国土保全局河川環境課水防企画室長官房", "国土交通省水管理国土保全局河川環境課|水防企画室長官房")]
    public void A_label_is_broken_and_never_cut(string label, string lines)
    {
        Assert.Equal(lines.Split('|'), BarChart.Break(label));
        Assert.Equal(label.Replace(" ", "", StringComparison.Ordinal), string.Concat(BarChart.Break(label)).Replace(" ", "", StringComparison.Ordinal));
    }
}
