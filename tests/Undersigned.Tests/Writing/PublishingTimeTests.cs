using Undersigned.Writing;

namespace Undersigned.Tests.Writing;

public sealed class PublishingTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-03-02T06:00", "UTC", "2026-03-02T06:00:00+00:00")]
    [InlineData("2026-03-02T06:00", "Europe/Berlin", "2026-03-02T05:00:00+00:00")]
    [InlineData("2026-07-02T06:00", "America/New_York", "2026-07-02T10:00:00+00:00")]
    public void A_time_in_its_zone_is_kept_as_UTC(string when, string zone, string utc)
    {
        Assert.Null(PublishingTime.Problem(when, zone, Now, out var at));
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), at);
    }

    [Theory]
    [InlineData("2026-03-01T09:00", "UTC")]
    [InlineData("2026-03-29T02:30", "Europe/Berlin")]
    [InlineData("2026-03-02T06:00", "Mars/Olympus")]
    [InlineData("2028-03-02T06:00", "UTC")]
    [InlineData("tomorrow", "UTC")]
    [InlineData(null, null)]
    public void A_time_that_cannot_be_is_named(string? when, string? zone) => Assert.NotNull(PublishingTime.Problem(when, zone, Now, out _));
}
