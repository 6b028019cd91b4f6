using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using EvolveDb;
using Microsoft.Data.Sqlite;
using Npgsql;
using Undersigned.Model;

namespace Undersigned.Data.Migrations;

/// <summary>The schema: plain SQL, a pair of files a step, run by Evolve, which takes a lock, checks sums and rolls a broken step back.</summary>
public static partial class Migrations
{
    /// <summary>The newest step that this program knows.</summary>
    public static int Newest { get; } = typeof(Migrations).Assembly.GetManifestResourceNames()
        .Select(n => StepName().Match(n)).Where(m => m.Success)
        .Max(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));

    /// <summary>Whether <see cref="RunAsync"/> has something to do.</summary>
    /// <exception cref="NewerDatabaseException">The database was made by a later release.</exception>
    /// <exception cref="InvalidDataException">The database is in use, and its keys are not there.</exception>
    public static async Task<bool> IsPendingAsync(Instance instance)
    {
        PrivateFiles.CreateFolder(instance.DataFolder);
        await using var connection = Open(instance);
        await connection.OpenAsync();
        var found = await VersionAsync(connection, instance);
        if (found > 0 && !InstanceKeys.Exist(instance) && await HasLettersAsync(connection))
            throw new InvalidDataException($"The database has letters, but {InstanceKeys.FolderOf(instance)} has no instance.seed, from which their keys, codes and links are made. "
                + "Put back the folder keys that belongs to this database, from the backup or from another server of the instance; nothing was changed.");
        return found <= Newest ? found < Newest : throw new NewerDatabaseException(found, Newest);
    }

    /// <summary>Brings the database to <see cref="Newest"/>.</summary>
    /// <exception cref="NewerDatabaseException">The database was made by a later release; nothing was touched.</exception>
    public static async Task RunAsync(Instance instance, Action<string>? say = null)
    {
        if (!await IsPendingAsync(instance))
        {
            // What a step left to the program, and a crash may have left undone.
            await FinishAsync(instance);
            return;
        }
        await using var connection = Open(instance);
        await connection.OpenAsync();
        new Evolve(connection, line => say?.Invoke(line))
        {
            EmbeddedResourceAssemblies = [typeof(Migrations).Assembly],
            EmbeddedResourceFilters = [$"Undersigned.Data.Migrations.{(instance.IsPostgres() ? "Postgres" : "Sqlite")}"],
            IsEraseDisabled = true,
        }.Migrate();
        await FinishAsync(instance);
    }

    private static async Task FinishAsync(Instance instance)
    {
        await SealedUpgrade.RunAsync(instance);
        await ListedUpgrade.RunAsync(instance);
    }

    private static DbConnection Open(Instance instance) =>
        instance.Database is { } connection ? new NpgsqlConnection(connection) : new SqliteConnection(Database.SqliteConnectionString(instance));

    private static async Task<int> VersionAsync(DbConnection connection, Instance instance)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = instance.IsPostgres()
            ? "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'changelog'"
            : "SELECT count(*) FROM sqlite_master WHERE name = 'changelog'";
        if (Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) == 0)
            return 0;
        command.CommandText = instance.IsPostgres()
            ? "SELECT coalesce(max(version::int), 0) FROM changelog WHERE success AND version ~ '^[0-9]+$'"
            : "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM changelog WHERE success";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task<bool> HasLettersAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM letter";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) > 0;
    }

    [GeneratedRegex(@"\.V(\d+)__\w+\.sql$")]
    private static partial Regex StepName();
}

/// <summary>An older program must not write into a newer database.</summary>
public sealed class NewerDatabaseException(int found, int known) : Exception(
    $"The database is at schema {found}; this program ({typeof(NewerDatabaseException).Assembly.GetName().Version?.ToString(3)}) knows schemas up to {known}. Start the release that made it, or a later one; nothing was changed.");
