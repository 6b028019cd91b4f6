using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Desk;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Desk;

public sealed class TodayTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private DateTimeOffset Now => fixture.Time.GetUtcNow();

    [Fact]
    public async Task The_numbers_on_the_desk_are_those_of_the_rows()
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => (l.State, l.PublishedAt) = (LetterState.Published, Now.AddDays(-13)));
        await room.SignAsync(["Ada Lockwood", "Bela Weir"], SignatureState.Listed, s => s.ListedAt = Now.AddHours(-23));
        await room.SignAsync("Cato Sluice", SignatureState.Listed, s => s.ListedAt = Now.AddHours(-25));
        await room.SignAsync("Dora Mill", SignatureState.Listed, s => (s.Level, s.Source, s.ConfirmedAt, s.ListedAt) = (SignatureLevel.Imported, SignatureSource.Import, null, Now.AddDays(-9)));
        await room.SignAsync(["Emil Ford", "Fanny Pool", "Gil Race"]);
        await room.SignAsync(["Hal Leat", "Ina Dyke"], SignatureState.Submitted);
        await room.SignAsync("Jon Bank", SignatureState.Withdrawn, s => s.StateAt = Now.AddHours(-1));
        await room.SignAsync("Kay Shore", SignatureState.Withdrawn, s => s.StateAt = Now.AddHours(-30));
        var aside = await room.SignAsync("Leo Brook", SignatureState.InReview, s => s.StateAt = Now.AddMinutes(-190));
        await room.WriteAsync(db => db.Corrections.Add(new Correction { LetterId = room.LetterId, SignatureId = aside.Id, Name = "Leo Brooke", ProposedAt = Now.AddMinutes(-12) }));
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var today = await owner.OpenAsync(room.Desk);

        string Figure(string name) => StaffBrowser.Words(today.QuerySelector($"[data-figure={name}]"));
        Assert.Equal(("4", "+2", "3", "2", "1", "2"), (Figure("standing"), Figure("more"), Figure("glance"), Figure("unconfirmed"), Figure("withdrawn"), Figure("review")));
        Assert.Contains("3 signed here, 1 imported", StaffBrowser.Words(today.QuerySelector(".figures")), StringComparison.Ordinal);
        var tasks = today.QuerySelectorAll(".panel .tasks li").Select(StaffBrowser.Words).ToList();
        Assert.StartsWith("3 names that nobody has looked at", tasks[0], StringComparison.Ordinal);
        Assert.StartsWith("1 name set aside The oldest waits for 3 h 10.", tasks[1], StringComparison.Ordinal);
        Assert.StartsWith("1 correction that its signer asks for The oldest waits for 12 min.", tasks[2], StringComparison.Ordinal);
        Assert.StartsWith("2 have not confirmed 2 of them at post.example.", tasks[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_says_when_mail_is_not_set_up_and_when_the_page_is_behind_and_no_word_of_the_log()
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => (l.State, l.PublishedAt) = (LetterState.Published, Now.AddDays(-1)));
        var signature = await room.SignAsync("Hal Leat", SignatureState.Submitted);
        await room.WriteAsync(db =>
        {
            db.Outbox.Add(new OutboxMail { LetterId = room.LetterId, SignatureId = signature.Id, Kind = MailKind.Confirmation, MailboxTag = [1], Domain = "post.example", CreatedAt = Now, DueAt = Now });
            db.Letters.Single(l => l.Id == room.LetterId).HoldPublishing = true;
        });
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var today = await owner.OpenAsync(room.Desk);

        Assert.Contains("Mail is not set up: 1 mail waits", StaffBrowser.Words(today.QuerySelector("main")), StringComparison.Ordinal);
        foreach (var word in new[] { "hash", "tree", "leaf", "Merkle", "checkpoint", " log " })
            Assert.DoesNotContain(word, StaffBrowser.Words(today.Body), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_reviewer_sees_what_waits_and_neither_mail_nor_switches()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync("Emil Ford");
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        var today = await reviewer.OpenAsync(room.Desk);

        Assert.NotNull(today.QuerySelector("a[href$='/glance']"));
        Assert.Null(today.QuerySelector("#switches"));
        foreach (var page in new[] { "/switches", "/spreadsheet" })
            Assert.Equal(HttpStatusCode.NotFound, (await reviewer.GetAsync(room.Desk + page)).StatusCode);
    }

    [Fact]
    public async Task A_stranger_among_staff_finds_no_letter()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var stranger = await (await StaffRoom.OpenAsync(fixture.App)).EnterAsync(StaffRole.Owner);
        foreach (var page in new[] { "", "/glance", "/review", "/unconfirmed", "/switches", "/spreadsheet", "/paste-in", "/grid" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(room.Desk + page)).StatusCode);
    }

    [Fact]
    public async Task A_switch_holds_and_lifts_and_both_are_recorded()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var held = await owner.PressAsync(await owner.OpenAsync(room.Desk), "Hold publishing");
        Assert.True(await fixture.App.QueryAsync(db => db.Letters.Where(l => l.Id == room.LetterId).Select(l => l.HoldPublishing).SingleAsync()));
        await owner.PressAsync(held, "Lift publishing");

        Assert.False(await fixture.App.QueryAsync(db => db.Letters.Where(l => l.Id == room.LetterId).Select(l => l.HoldPublishing).SingleAsync()));
        Assert.Equal(["hold-publishing", "lift-publishing"], (await room.ActsAsync()).Select(a => a.What));
    }

    [Fact]
    public void The_chart_counts_each_hour_once_and_draws_it_to_scale()
    {
        var now = new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
        var chart = HourlyChart.Of([now, now.AddMinutes(-30), now.AddMinutes(-31), now.AddHours(-23), now.AddHours(-24)], now);

        Assert.Equal(24, chart.Bars.Count);
        Assert.Equal((2, 1, 1), (chart.Bars[^1].Count, chart.Bars[^2].Count, chart.Bars[0].Count));
        Assert.Equal(4, chart.Total);
        Assert.Equal(("18.0", "110.0"), (chart.Bars[^1].Y, chart.Bars[^1].Height));
        Assert.Equal([1, 2], chart.Grid.Select(g => g.Value));
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    [InlineData(9, 10)]
    [InlineData(11, 20)]
    [InlineData(23, 40)]
    [InlineData(412, 600)]
    public void The_scale_ends_at_a_round_number(int highest, int top)
    {
        var now = new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
        Assert.Equal(top, HourlyChart.Of(Enumerable.Repeat(now, highest), now).Grid[^1].Value);
    }
}
