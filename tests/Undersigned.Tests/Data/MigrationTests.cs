using Microsoft.EntityFrameworkCore;
using Undersigned.Data.Migrations;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Data;

public sealed class MigrationTests
{
    [Fact]
    public async Task A_database_of_a_later_release_is_refused_and_nothing_is_touched()
    {
        await using var app = await TestApp.StartAsync();
        var later = Migrations.Newest + 3;
        var (name, done) = ($"V{later}__later.sql", TestEngine.IsPostgres ? (object)true : 1);
        await app.QueryAsync(db => db.Database.ExecuteSqlAsync(
            $"INSERT INTO changelog (type, version, description, name, checksum, installed_by, success) VALUES (0, {later.ToString(System.Globalization.CultureInfo.InvariantCulture)}, 'later', {name}, '', 'a later release', {done})"));
        var refused = await Assert.ThrowsAsync<NewerDatabaseException>(() => Migrations.RunAsync(app.Instance));
        Assert.Contains($"schema {later};", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"up to {Migrations.Newest}.", refused.Message, StringComparison.Ordinal);

        var (status, _, error) = await Operation.CommandLineTests.RunAsync([
            "serve", "--data", app.Instance.DataFolder, "--port", "0", .. app.Instance.Database is { } database ? ["--database", database] : Array.Empty<string>()]);
        Assert.Equal(3, status);
        Assert.Equal(refused.Message, error.TrimEnd());
    }

    [Fact]
    public async Task A_second_run_finds_nothing_to_do()
    {
        await using var app = await TestApp.StartAsync();
        Assert.False(await Migrations.IsPendingAsync(app.Instance));
        await Migrations.RunAsync(app.Instance);
    }
}
