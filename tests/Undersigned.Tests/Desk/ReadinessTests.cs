using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Desk;

public sealed class ReadinessTests : IAsyncLifetime
{
    private readonly DeskApp fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task A_letter_with_everything_wrong_shows_seven_red_lines_and_can_go_out_all_the_same()
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.Body = "## Why\n\n## What we ask");
        await room.SignAsync(["Ada Lockwood", "Hal Leat"]);
        await room.SignAsync("PLATO ODD", SignatureState.InReview);
        using var owner = await room.EnterAsync(StaffRole.Owner, "Perpetua Lindqvaist-Oyelaran");

        var page = await owner.OpenAsync(room.Desk + "/readiness");

        Assert.Equal(7, page.QuerySelectorAll("#lines .state.seal").Length);
        var words = StaffBrowser.Words(page.QuerySelector("#lines"));
        Assert.Contains("it is addressed to nobody; it asks for nothing; nothing stands under the heading “Why”.", words, StringComparison.Ordinal);
        Assert.Contains("2 names were not looked at and are left out; 1 is set aside and left out.", words, StringComparison.Ordinal);
        Assert.Contains("No mail server is set", words, StringComparison.Ordinal);
        Assert.Contains("No time is set", words, StringComparison.Ordinal);
        Assert.Contains("None is planned: without one the press has nothing to cite", words, StringComparison.Ordinal);
        Assert.Contains("There is one owner.", words, StringComparison.Ordinal);
        Assert.Contains("Backup look at it None was made.", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_is_ready_is_green_in_all_but_the_mail_server_that_is_not_there()
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l =>
        {
            (l.Addressees, l.Demands, l.Imprint) = ("The Minister of Waterways", ["publish the reports."], "Weir Lane 1, Lindenmoor");
            l.EditionAt = new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);
            (l.PublishAt, l.CloseAt) = (new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 4, 1, 22, 0, 0, TimeSpan.Zero));
        });
        await room.SignAsync("Ada Lockwood", SignatureState.Admitted);
        using var owner = await room.EnterAsync(StaffRole.Owner, "Perpetua Lindqvaist-Oyelaran");
        using var second = await room.EnterAsync(StaffRole.Owner, "Anselm Quarterman");
        await room.WriteAsync(db =>
        {
            foreach (var one in new[] { owner, second })
            {
                db.Users.Single(u => u.Id == one.AccountId).PasswordHash = "x";
                db.Sessions.Add(new StaffSession { AccountId = one.AccountId, Since = fixture.Time.GetUtcNow(), SeenAt = fixture.Time.GetUtcNow() });
            }
            db.Acts.Add(new StaffAct { At = fixture.Time.GetUtcNow().AddHours(-3), What = Backups.Act });
        });

        var page = await owner.OpenAsync(room.Desk + "/readiness?zone=Asia/Kolkata");

        Assert.Equal("Mail arriving", StaffBrowser.Words(Assert.Single(page.QuerySelectorAll("#lines .state.seal")).ParentElement)[..13]);
        var words = StaffBrowser.Words(page.QuerySelector("#lines"));
        Assert.Contains("Goes out 2 March 2026, 06:00 UTC (2 March, 11:30 in Asia/Kolkata), in 20 h 30. Signing ends 1 April 2026, 22:00 UTC (2 April, 03:30 in Asia/Kolkata).", words, StringComparison.Ordinal);
        Assert.Contains("2 owners can sign in and were seen lately", words, StringComparison.Ordinal);
        Assert.Contains("The last one was made 3 h 00 ago.", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_owner_who_lost_the_way_in_is_named()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner, "Perpetua Lindqvaist-Oyelaran");
        using var second = await room.EnterAsync(StaffRole.Owner, "Anselm Quarterman");
        await room.WriteAsync(db =>
        {
            db.Users.Single(u => u.Id == owner.AccountId).PasswordHash = "x";
            db.Sessions.Add(new StaffSession { AccountId = owner.AccountId, Since = fixture.Time.GetUtcNow(), SeenAt = fixture.Time.GetUtcNow() });
        });
        Assert.Contains("Anselm Quarterman has no way in.", StaffBrowser.Words((await owner.OpenAsync(room.Desk + "/readiness")).QuerySelector("#lines")), StringComparison.Ordinal);
    }
}

public sealed class ReadinessMailTests
{
    [Fact]
    public async Task The_test_mail_goes_to_whoever_presses_and_is_recorded()
    {
        await using var app = await TestApp.StartAsync(configure: StaffRoom.SignInByHeader);
        var room = await StaffRoom.OpenAsync(app);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        await room.WriteAsync(db => db.Users.Single(u => u.Id == editor.AccountId).Email = "hyacinth@weirkeepers.example");

        var page = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/readiness"), "Send me a test mail");

        Assert.Contains("The server took the mail", StaffBrowser.Words(page.QuerySelector(".notice.sound")), StringComparison.Ordinal);
        Assert.Contains(app.MailServer.Mails, m => m.To.Contains("hyacinth@weirkeepers.example") && m.Subject.Contains("test mail", StringComparison.Ordinal));
        Assert.Equal("test-mail", Assert.Single(await room.ActsAsync()).What);
    }
}
