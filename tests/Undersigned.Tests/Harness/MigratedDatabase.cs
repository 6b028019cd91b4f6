using Microsoft.Data.Sqlite;
using Npgsql;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Model;

namespace Undersigned.Tests.Harness;

/// <summary>A database that is at the newest schema, made once a run: each application starts on a copy, since migrating cost more than most tests.</summary>
internal static class MigratedDatabase
{
    private static readonly Lazy<Task<byte[]>> Sqlite = new(MakeFileAsync);
    private static readonly Lazy<Task<string>> Postgres = new(MakeTemplateAsync);

    /// <summary>Puts a copy into the folder, or, on PostgreSQL, gives the connection string of one.</summary>
    public static async Task<string?> CopyAsync(string folder)
    {
        if (TestEngine.IsPostgres)
            return await TestEngine.NewDatabaseAsync(await Postgres.Value);
        var file = Database.SqliteFileOf(InstanceIn(folder, null));
        await File.WriteAllBytesAsync(file, await Sqlite.Value);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return null;
    }

    private static async Task<byte[]> MakeFileAsync()
    {
        var folder = Directory.CreateTempSubdirectory("undersigned-test-").FullName;
        try
        {
            var instance = InstanceIn(folder, null);
            await Migrations.RunAsync(instance);
            SqliteConnection.ClearAllPools();
            return await File.ReadAllBytesAsync(Database.SqliteFileOf(instance));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MakeTemplateAsync()
    {
        // A template that somebody is connected to cannot be copied.
        var connection = new NpgsqlConnectionStringBuilder(await TestEngine.NewDatabaseAsync()) { Pooling = false }.ToString();
        var folder = Directory.CreateTempSubdirectory("undersigned-test-").FullName;
        await Migrations.RunAsync(InstanceIn(folder, connection));
        Directory.Delete(folder, recursive: true);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TestEngine.DropAsync(connection).GetAwaiter().GetResult();
        return connection;
    }

    private static Instance InstanceIn(string folder, string? database) => new() { DataFolder = folder, PublicUrl = new Uri("http://letters.example"), Database = database };
}
