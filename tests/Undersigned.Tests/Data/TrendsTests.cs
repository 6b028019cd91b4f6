using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Data;

public sealed class TrendsTests(TrendsTests.Fixture fixture) : IClassFixture<TrendsTests.Fixture>
{
    private DateTimeOffset Now => fixture.App.Get<TimeProvider>().GetUtcNow();

    [Fact]
    public async Task Many_from_a_domain_that_is_new_are_a_reason_to_look()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await SignAsync(room, 1, "works.example", TimeSpan.FromDays(2));
        var many = await SignAsync(room, 5, "strange.example", TimeSpan.FromHours(3));
        var few = await SignAsync(room, 4, "quiet.example", TimeSpan.FromHours(3));
        var trends = await ReadAsync(room);
        Assert.All(many, s => Assert.Equal([Oddity.NewDomain], trends.OdditiesOf(s)));
        Assert.All(few, s => Assert.Empty(trends.OdditiesOf(s)));
        Assert.Equal("strange.example", trends.Domains[0].Domain);
    }

    [Fact]
    public async Task On_a_letters_first_day_every_domain_is_new_and_none_is_odd()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var many = await SignAsync(room, 9, "works.example", TimeSpan.FromHours(3));
        var trends = await ReadAsync(room);
        Assert.All(many, s => Assert.Empty(trends.OdditiesOf(s)));
    }

    [Theory]
    [InlineData("gmail.com")]
    [InlineData("listed.example")]
    public async Task Mailboxes_for_everybody_and_domains_that_the_letter_lists_are_none(string domain)
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.Domains = [new ListedDomain("listed.example", "the Inspectorate", false)]);
        var signed = await SignAsync(room, 6, domain, TimeSpan.FromHours(3));
        Assert.Empty((await ReadAsync(room)).OdditiesOf(signed[0]));
    }

    [Fact]
    public async Task A_domain_with_a_past_is_not_new_but_may_rise()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await SignAsync(room, 3, "works.example", TimeSpan.FromDays(5));
        await SignAsync(room, 6, "works.example", TimeSpan.FromMinutes(20), SignatureState.Listed);
        var domain = Assert.Single((await ReadAsync(room)).Domains);
        Assert.Equal((6, 6, 3, false, true), (domain.Hour, domain.Day, domain.Before, domain.IsNew, domain.IsRising));
        Assert.Equal((3, 6), (domain.States[SignatureState.Confirmed], domain.States[SignatureState.Listed]));
    }

    [Fact]
    public async Task Many_from_one_network_are_a_reason_where_they_are_a_fair_share()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        byte[] network = [1, 2, 3, 4], other = [9, 9, 9, 9];
        var many = await SignAsync(room, 5, "post.example", TimeSpan.FromHours(2), with: s => s.NetworkTag = network);
        await SignAsync(room, 3, "post.example", TimeSpan.FromHours(2), with: s => s.NetworkTag = other);
        var trends = await ReadAsync(room);
        Assert.Contains(Oddity.OneNetwork, trends.OdditiesOf(many[0]));
        Assert.Equal(["010203", "090909"], trends.Networks.Select(n => n.Name));
        Assert.False(trends.Networks[1].IsMany);
    }

    private Task<Trends> ReadAsync(StaffRoom room) =>
        fixture.App.QueryAsync(async db => await db.TrendsAsync((await db.Letters.FindAsync([room.LetterId], TestContext.Current.CancellationToken))!, Now, CancellationToken.None));

    private Task<IReadOnlyList<Signature>> SignAsync(StaffRoom room, int count, string domain, TimeSpan ago, SignatureState state = SignatureState.Confirmed, Action<Signature>? with = null)
    {
        var at = Now - ago;
        return room.SignAsync(Enumerable.Range(0, count).Select(i => $"Person {i} Of {domain}"), state, s =>
        {
            (s.SubmittedAt, s.EmailDomain) = (at, domain);
            with?.Invoke(s);
        });
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal TestApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await TestApp.StartAsync();

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
