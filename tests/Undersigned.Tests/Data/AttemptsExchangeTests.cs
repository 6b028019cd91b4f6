using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Data;

/// <summary>Several servers on one database hold the limits together.</summary>
public sealed class AttemptsExchangeTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private static int letters = 1_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_server_has_counted_the_others_count_too()
    {
        var letter = Some(new SigningLimits { AddressBurst = 3, AddressSustained = 100 });
        var (one, other) = (NewServer(), NewServer());
        Assert.Null(Send(one.Attempts, letter, 2));
        Assert.Null(Send(other.Attempts, letter, 1));
        await ExchangeAsync(one, other, one);

        Assert.Equal(LimitOf.Address, Send(one.Attempts, letter, 1)!.Of);
        Assert.Equal(LimitOf.Address, Send(other.Attempts, letter, 1)!.Of);
        fixture.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(Send(one.Attempts, letter, 1));
    }

    [Fact]
    public async Task A_days_limit_holds_over_servers_and_over_a_restart()
    {
        var letter = Some(new SigningLimits { AddressBurst = 100, AddressSustained = 4 });
        var before = NewServer();
        Assert.Null(Send(before.Attempts, letter, 3));
        await ExchangeAsync(before);
        fixture.Time.Advance(TimeSpan.FromHours(3));
        var after = NewServer();
        await ExchangeAsync(after);

        Assert.Null(Send(after.Attempts, letter, 1));
        Assert.Equal(LimitOf.Address, Send(after.Attempts, letter, 1)!.Of);
        fixture.Time.Advance(TimeSpan.FromHours(25));
        await ExchangeAsync(after);
        Assert.Null(Send(after.Attempts, letter, 4));
    }

    [Fact]
    public async Task What_comes_in_one_minute_adds_up_however_often_it_is_told()
    {
        var letter = Some(new SigningLimits { AddressBurst = 10 });
        var (one, other) = (NewServer(), NewServer());
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(Send(one.Attempts, letter, 1));
            await ExchangeAsync(one, other);
        }
        Assert.Equal(LimitOf.Address, Send(other.Attempts, letter, 1)!.Of);
    }

    [Fact]
    public async Task A_flood_that_is_spread_over_servers_is_suspicious_on_each()
    {
        var letter = Some(new SigningLimits { SuspectLetter = 20, SuspectTimes = 5, AddressBurst = 100 });
        var (one, other) = (NewServer(), NewServer());
        for (var i = 0; i < 11; i++)
        {
            one.Attempts.CountForm(letter, null, Mailbox($"a{i}@d{i}.example"));
            other.Attempts.CountForm(letter, null, Mailbox($"b{i}@e{i}.example"));
        }
        Assert.False(one.Attempts.IsUnderSuspicion(letter, null));
        await ExchangeAsync(one, other, one);
        Assert.True(one.Attempts.IsUnderSuspicion(letter, null));
        Assert.True(other.Attempts.IsUnderSuspicion(letter, null));
    }

    [Fact]
    public async Task The_database_learns_no_address_and_no_network_and_forgets_the_rest_after_a_day()
    {
        var letter = Some(new SigningLimits());
        var server = NewServer();
        server.Attempts.CountForm(letter, IPAddress.Parse("192.0.2.77"), Mailbox("ada.lockwood@strange.example"));
        await ExchangeAsync(server);
        var rows = await RowsAsync(server);
        Assert.Equal(4, rows.Count);
        Assert.All(rows, r => Assert.Equal(16, r.Key.Length));
        Assert.All(rows, r => Assert.DoesNotContain("strange", System.Text.Encoding.UTF8.GetString(r.Key), StringComparison.Ordinal));

        fixture.Time.Advance(TimeSpan.FromHours(26));
        await ExchangeAsync(server);
        Assert.Empty(await RowsAsync(server));
    }

    [Fact]
    public async Task Hundreds_are_told_at_once_and_nothing_is_told_twice()
    {
        var letter = Some(new SigningLimits());
        var server = NewServer();
        for (var i = 0; i < 400; i++)
            server.Attempts.CountForm(letter, null, Mailbox($"m{i}@gmail.com"));
        await ExchangeAsync(server, server);
        var rows = await RowsAsync(server);
        Assert.Equal((401, 800), (rows.Count, rows.Sum(r => r.Number)));
    }

    private (Attempts Attempts, AttemptsExchange Exchange) NewServer()
    {
        var attempts = new Attempts(fixture.App.Get<InstanceKeys>(), fixture.Time);
        return (attempts, new AttemptsExchange(fixture.App.Get<IDbContextFactory<UndersignedDb>>(), attempts, fixture.Time, NullLogger<AttemptsExchange>.Instance));
    }

    private static async Task ExchangeAsync(params (Attempts, AttemptsExchange Exchange)[] servers)
    {
        foreach (var (_, exchange) in servers)
            await exchange.RunAsync(Cancellation);
    }

    private Task<List<AttemptCount>> RowsAsync((Attempts Attempts, AttemptsExchange) server)
    {
        var number = server.Attempts.Server;
        return fixture.App.QueryAsync(db => db.AttemptCounts.AsNoTracking().Where(c => c.Server == number).ToListAsync(Cancellation));
    }

    private static Letter Some(SigningLimits limits) => new() { Id = Interlocked.Increment(ref letters), Slug = "waterways", Limits = limits };

    /// <summary>So many forms with one address; what came of the last.</summary>
    private static OverLimit? Send(Attempts attempts, Letter letter, int times)
    {
        OverLimit? over = null;
        for (var i = 0; i < times; i++)
            over = attempts.CountForm(letter, null, Mailbox("same@post.example"));
        return over;
    }

    private static EmailAddress Mailbox(string text)
    {
        Assert.True(EmailAddress.TryParse(text, out var address, out _));
        return address;
    }
}
