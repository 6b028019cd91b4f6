using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using static Undersigned.Tests.Harness.StaffBrowser;

namespace Undersigned.Tests.Abuse;

public sealed class AbusePageTests(AbusePageTests.Fixture fixture) : IClassFixture<AbusePageTests.Fixture>
{
    [Fact]
    public async Task An_owner_changes_the_limits_while_it_runs()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var page = await owner.OpenAsync(room.Desk + "/limits");
        page = await owner.PressAsync(page, "Save the limits", ("NetworkBurst", "7"), ("AskForWork", "true"));
        Assert.Contains("Saved, and in force.", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        var limits = (await LetterAsync(room)).Limits;
        Assert.Equal((7, true, 20_000), (limits.NetworkBurst, limits.AskForWork, limits.LetterBurst));
        Assert.Contains(await room.ActsAsync(), a => a.What == "limits");
    }

    [Fact]
    public async Task A_number_that_is_none_is_named_and_what_was_typed_is_kept()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var answer = await owner.PostAsync(await owner.OpenAsync(room.Desk + "/limits"), "Save the limits", ("LetterBurst", "many"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await ReadAsync(answer);
        Assert.Contains("Forms in ten minutes, to the letter: a whole number", Words(page.QuerySelector("#LetterBurst-error")), StringComparison.Ordinal);
        Assert.Equal("many", page.QuerySelector("#LetterBurst")!.GetAttribute("value"));
        Assert.Equal(new SigningLimits(), (await LetterAsync(room)).Limits);
    }

    [Fact]
    public async Task The_trends_name_the_domain_that_is_new_and_some_of_its_names()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync("Ottoline Marchetti-Dahl", with: s => s.SubmittedAt -= TimeSpan.FromDays(5));
        await room.SignAsync(Enumerable.Range(1, 6).Select(i => $"Prank {i} Ster"), with: s => (s.EmailDomain, s.NetworkTag) = ("strange.example", [7, 7, 7, 7]));
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/trends");
        Assert.Contains("strange.example many, and new here", Words(page.QuerySelector("tbody tr")), StringComparison.Ordinal);
        Assert.Contains("Prank 6 Ster", Words(page.QuerySelector("tbody tr")), StringComparison.Ordinal);
        Assert.Contains("070707 many from one", Words(page.QuerySelectorAll("tbody")[1]), StringComparison.Ordinal);
        Assert.Contains("6 signatures in a day from strange.example", Words((await editor.OpenAsync(room.Desk)).QuerySelector(".tasks")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_are_counted_first_then_removed_by_one_act_and_put_back_by_one()
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.State = LetterState.Published);
        var number = 0;
        var listed = await room.SignAsync(Enumerable.Range(1, 30).Select(i => $"Prank {i} Ster"), SignatureState.Listed, s => (s.EmailDomain, s.Number) = ("strange.example", ++number));
        var waiting = await room.SignAsync("Prank 31 Ster", with: s => s.EmailDomain = "strange.example");
        var other = await room.SignAsync("Ottoline Marchetti-Dahl");
        using var editor = await room.EnterAsync(StaffRole.Editor);

        var page = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/bulk-removal"), "Count them", ("Domain", "strange.example"));
        Assert.Contains("31 signatures fit", Words(page.QuerySelector("#found")), StringComparison.Ordinal);
        Assert.All(await room.ReadAllAsync(), s => Assert.NotEqual(SignatureState.Removed, s.State));

        page = await editor.PressAsync(page, "Remove 31", ("why", "other"));
        Assert.Contains("31 are removed or declined.", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Removed, (await room.ReadAsync(listed[0])).State);
        Assert.Equal(SignatureState.Declined, (await room.ReadAsync(waiting)).State);
        Assert.Equal(SignatureState.Confirmed, (await room.ReadAsync(other)).State);
        Assert.Equal(30, await room.App.QueryAsync(db => db.Changes.CountAsync(c => c.LetterId == room.LetterId && c.Kind == ChangeKind.Remove)));
        Assert.Equal(31, (await room.ActsAsync()).Count(a => a.What == "bulk-remove" && a.BulkActId is not null));

        page = await editor.PressAsync(page, "Undo");
        Assert.Contains("Taken back: 31 are as before", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Admitted, (await room.ReadAsync(listed[0])).State);
        Assert.Equal(SignatureState.Confirmed, (await room.ReadAsync(waiting)).State);
    }

    [Theory]
    [InlineData("Name", "prank*ster", 3)]
    [InlineData("Name", "Prank 1*", 1)]
    [InlineData("Network", "050505", 2)]
    [InlineData("Until", "2020-01-01T00:00", 1)]
    public async Task Each_condition_describes_whom_it_says(string field, string value, int count)
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var n = 0;
        await room.SignAsync(["Prank 1 Ster", "Prank 2 Ster", "Prank 3 Ster"], with: s => s.NetworkTag = n++ < 2 ? [5, 5, 5, 5] : [6, 6, 6, 6]);
        await room.SignAsync("Bron Early", with: s => s.SubmittedAt = new DateTimeOffset(2019, 5, 1, 0, 0, 0, TimeSpan.Zero));
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/bulk-removal"), "Count them", (field, value));
        Assert.StartsWith($"{count} signature", Words(page.QuerySelector("#found")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_happens_without_a_condition_without_a_reason_or_when_another_number_fits_by_now()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync("Prank 1 Ster");
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var empty = await ReadAsync(await editor.PostAsync(await editor.OpenAsync(room.Desk + "/bulk-removal"), "Count them", ("State", "Confirmed")));
        Assert.Contains("Level and state alone would mean everybody.", Words(empty.Body), StringComparison.Ordinal);
        var everybody = await ReadAsync(await editor.PostAsync(await editor.OpenAsync(room.Desk + "/bulk-removal"), "Count them", ("Name", " ** ")));
        Assert.Contains("would mean everybody.", Words(everybody.Body), StringComparison.Ordinal);
        // What is left out of a condition would widen it.
        var wide = await ReadAsync(await editor.PostAsync(await editor.OpenAsync(room.Desk + "/bulk-removal"), "Count them", ("Domain", "strange.example"), ("Name", new string('a', 201))));
        Assert.Contains("At most 200 characters.", Words(wide.Body), StringComparison.Ordinal);
        Assert.DoesNotContain(wide.QuerySelectorAll("button"), b => Words(b).StartsWith("Remove", StringComparison.Ordinal));

        var page = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/bulk-removal"), "Count them", ("Name", "prank*"));
        var unsaid = await ReadAsync(await editor.PostAsync(page, "Remove 1"));
        Assert.Contains("Choose the reason", Words(unsaid.Body), StringComparison.Ordinal);
        await room.SignAsync("Prank 2 Ster");
        var changed = await ReadAsync(await editor.PostAsync(page, "Remove 1", ("why", "other")));
        Assert.Contains("another number fits by now", Words(changed.Body), StringComparison.Ordinal);
        Assert.All(await room.ReadAllAsync(), s => Assert.Equal(SignatureState.Confirmed, s.State));
    }

    [Fact]
    public async Task A_domain_that_is_held_goes_on_by_one_press()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var domain = $"gone{room.LetterId}.example";
        await room.WriteAsync(db => db.MailBreakers.Add(new MailBreaker { Domain = domain, TrippedAt = DateTimeOffset.UnixEpoch.AddYears(56), Tried = 30, Refused = 12 }));
        using var editor = await room.EnterAsync(StaffRole.Editor);
        Assert.Contains("1 domain(s) is held", await (await editor.GetAsync("/readyz")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var page = await editor.OpenAsync(room.Desk + "/mail");
        Assert.Contains($"{domain} 12 of 30 came back", Words(page.QuerySelector(".tasks")), StringComparison.Ordinal);
        page = await editor.PressAsync(page, "Let it go on");
        Assert.Contains("Mail to it goes on.", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.NotNull((await room.App.QueryAsync(db => db.MailBreakers.AsNoTracking().SingleAsync(b => b.Domain == domain))).ReleasedBy);
    }

    private static Task<Letter> LetterAsync(StaffRoom room) => room.App.QueryAsync(db => db.Letters.AsNoTracking().SingleAsync(l => l.Id == room.LetterId));

    public sealed class Fixture : IAsyncLifetime
    {
        internal TestApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await TestApp.StartAsync(configure: StaffRoom.SignInByHeader);

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
