using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task A_running_instance_is_alive_and_ready_also_to_HEAD()
    {
        await using var app = await TestApp.StartAsync();
        using var client = app.Client();
        Assert.Equal("alive", await client.GetStringAsync("/healthz", TestContext.Current.CancellationToken));
        var ready = await client.GetAsync("/readyz", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        foreach (var path in new[] { "/healthz", "/readyz" })
        {
            var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, 0), (head.StatusCode, (await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));
        }
    }

    [Fact]
    public async Task An_instance_whose_database_does_not_answer_is_alive_but_not_ready()
    {
        await using var app = await TestApp.StartAsync();
        await app.QueryAsync(async db =>
        {
            // Nothing can be read any more, as if the database were gone.
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE change RENAME TO change_gone");
            return 0;
        });
        using var client = app.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode);
        var ready = await client.GetAsync("/readyz", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("\"isReady\":false", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_in_trouble_makes_the_instance_not_ready()
    {
        await using var app = await TestApp.StartAsync();
        app.Get<Undersigned.Data.LogTroubles>().Report(new(1, "letters.example/letters/x/log", "The file of signed heads is ahead of the database (12 and 10).", "Restore a newer backup.", Undersigned.Data.LogTroubleKind.Refused, default));
        using var client = app.Client();
        var ready = await client.GetAsync("/readyz", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("ahead of the database", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
