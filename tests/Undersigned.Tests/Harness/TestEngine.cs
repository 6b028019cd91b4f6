using Npgsql;

namespace Undersigned.Tests.Harness;

/// <summary>
/// The engine this run is on: UNDERSIGNED_TEST_ENGINE is `sqlite` (the default) or `postgres`. `./test` runs the suite on both.
/// For PostgreSQL, UNDERSIGNED_TEST_POSTGRES is the connection string of a server where databases may be made.
/// </summary>
internal static class TestEngine
{
    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("UNDERSIGNED_TEST_ENGINE") == "postgres";

    private static string Server => Environment.GetEnvironmentVariable("UNDERSIGNED_TEST_POSTGRES")
        ?? throw new InvalidOperationException("UNDERSIGNED_TEST_POSTGRES is not set; ./test starts a server and sets it.");

    /// <summary>A new database, empty or a copy of another that nobody uses; null on SQLite, whose file lies in the instance's folder.</summary>
    public static async Task<string?> NewDatabaseAsync(string? template = null)
    {
        if (!IsPostgres)
            return null;
        var name = "t" + Guid.NewGuid().ToString("N");
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {(template is null ? "template1" : NameOf(template))}");
        return new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 20 }.ToString();
    }

    public static async Task DropAsync(string? connection)
    {
        if (connection is null)
            return;
        await ExecuteAsync($"DROP DATABASE IF EXISTS {NameOf(connection)} WITH (FORCE)");
    }

    public static string? BackupOf(string? connection) => connection is null ? null
        : new NpgsqlConnectionStringBuilder(connection) { Database = NameOf(connection) + "_backup" }.ToString();

    /// <summary>Makes one database anew as a copy of another that nobody uses.</summary>
    public static async Task CopyAsync(string? from, string? to)
    {
        NpgsqlConnection.ClearAllPools();
        await DropAsync(to);
        await ExecuteAsync($"CREATE DATABASE {NameOf(to!)} TEMPLATE {NameOf(from!)}");
    }

    private static string NameOf(string connection) => new NpgsqlConnectionStringBuilder(connection).Database!;

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
