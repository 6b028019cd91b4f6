using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Operation;

public sealed class AccountVerbTests
{
    [Fact]
    public async Task A_reset_takes_every_way_in_and_prints_a_link_that_makes_a_new_one()
    {
        await using var app = await TestApp.StartAsync();
        await app.QueryAsync(async db =>
        {
            db.Users.Add(new Account
            {
                Id = 7,
                DisplayName = "Perpetua Lindqvaist-Oyelaran",
                Email = "owner@weirkeepers.example",
                NormalizedEmail = "OWNER@WEIRKEEPERS.EXAMPLE",
                UserName = "owner@weirkeepers.example",
                NormalizedUserName = "OWNER@WEIRKEEPERS.EXAMPLE",
                PasswordHash = "x",
                TwoFactorEnabled = true,
                SecurityStamp = "before",
                CreatedAt = DateTimeOffset.UnixEpoch,
            });
            return await db.SaveChangesAsync();
        });

        var (listed, list, _) = await RunAsync(app, "account", "list");
        Assert.Equal((0, "owner@weirkeepers.example  Perpetua Lindqvaist-Oyelaran\n"), (listed, list));
        var (_, json, _) = await RunAsync(app, "account", "list", "--json");
        Assert.Equal("""[{"address":"owner@weirkeepers.example","name":"Perpetua Lindqvaist-Oyelaran","isOperator":false,"roles":{}}]""", json.TrimEnd());
        var (reset, link, _) = await RunAsync(app, "account", "reset", "Owner@weirkeepers.example", "--url", "http://letters.example");
        Assert.Equal(0, reset);
        Assert.StartsWith("http://letters.example/setup/", link, StringComparison.Ordinal);

        var act = await app.QueryAsync(db => db.Acts.SingleAsync(a => a.What == "account-reset"));
        Assert.Equal((StaffAct.Console, "7"), (act.AccountId, act.Detail));
        var account = (await app.QueryAsync(async db => await db.Users.FindAsync(7L)))!;
        Assert.Null(account.PasswordHash);
        Assert.NotEqual("before", account.SecurityStamp);
        using var client = app.Client();
        var page = await client.GetAsync(new Uri(link.Trim()).AbsolutePath, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Make a new way into your account", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_of_that_address_is_said_so_and_a_set_up_link_is_for_the_first_account_alone()
    {
        await using var app = await TestApp.StartAsync();
        var (status, _, error) = await RunAsync(app, "account", "reset", "nobody@weirkeepers.example", "--url", "http://letters.example");
        Assert.Equal(1, status);
        Assert.Contains("account list", error, StringComparison.Ordinal);
        var (made, link, _) = await RunAsync(app, "setup", "--url", "http://letters.example");
        Assert.Equal(0, made);
        Assert.StartsWith("http://letters.example/setup/", link, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("account", "reset")]
    [InlineData("account", "reset", "a@weirkeepers.example", "b@weirkeepers.example")]
    [InlineData("account", "restet", "a@weirkeepers.example")]
    public async Task Wrong_arguments_are_named_and_change_nothing(params string[] args)
    {
        var (status, _, error) = await CommandLineTests.RunAsync(args);
        Assert.Equal(2, status);
        Assert.Contains("--help", error, StringComparison.Ordinal);
    }

    private static Task<(int Status, string Output, string Error)> RunAsync(TestApp app, params string[] args) =>
        CommandLineTests.RunAsync([.. args, "--data", app.Instance.DataFolder, .. app.Instance.Database is { } database ? ["--database", database] : Array.Empty<string>()]);
}
