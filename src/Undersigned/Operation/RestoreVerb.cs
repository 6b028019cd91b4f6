using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Log;
using Undersigned.Log.Letters;
using Undersigned.Model;

namespace Undersigned.Operation;

/// <summary>
/// `undersigned restore FILE`: an instance as it was, into a folder without a database. Heads that this machine signed later are kept:
/// a list that is behind them is not written, and the verb says so.
/// </summary>
internal static class RestoreVerb
{
    public static Command Make(TextWriter output, TextWriter error)
    {
        var file = new Argument<string>("file") { Description = "A file made by `undersigned backup`." };
        var passphrase = BackupVerb.PassphraseFile();
        var command = new Command("restore", "Put a backup back, into a data folder (or a PostgreSQL database) that holds none.") { file, passphrase }
            .WithExample("undersigned restore /backup/monday.undersigned --passphrase-file /etc/undersigned/passphrase --data /var/lib/undersigned");
        command.SetAction([Setting.Data, Setting.Database], error, (settings, parsed, cancellation) => Trouble.SayAsync(
            () => RunAsync(settings.Instance, parsed.GetValue(file)!, parsed.GetValue(passphrase)!, output, cancellation), error));
        return command;
    }

    private static async Task<int> RunAsync(Instance instance, string file, string passphraseFile, TextWriter output, CancellationToken cancellation)
    {
        var passphrase = BackupVerb.PassphraseIn(passphraseFile);
        if (!File.Exists(file))
            throw new UsageException($"There is no file {file}.");
        await MustBeEmptyAsync(instance, cancellation);
        var scratch = Path.Combine(instance.DataFolder, $"restore-{Path.GetRandomFileName()}");
        PrivateFiles.CreateFolder(instance.DataFolder);
        PrivateFiles.CreateFolder(scratch);
        try
        {
            await BackupContents.ExtractAsync(file, passphrase, scratch, cancellation);
            var facts = JsonSerializer.Deserialize<BackupFacts>(await File.ReadAllBytesAsync(Path.Combine(scratch, BackupContents.Facts), cancellation), JsonSerializerOptions.Web)!;
            Check(instance, scratch, facts);
            Place(scratch, instance.DataFolder);
            await PlaceDatabaseAsync(instance, scratch, cancellation);
            await ReportAsync(instance, facts, output, cancellation);
            return ExitStatus.Done;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task MustBeEmptyAsync(Instance instance, CancellationToken cancellation)
    {
        if (instance.Database is not { } text)
        {
            if (File.Exists(Database.SqliteFileOf(instance)))
                throw new UsageException($"{Database.SqliteFileOf(instance)} is there. Stop the instance and move undersigned.db, undersigned.db-wal and undersigned.db-shm away; leave the rest of the folder.");
            return;
        }
        await using var connection = new NpgsqlConnection(text);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'", connection);
        if ((long)(await command.ExecuteScalarAsync(cancellation))! > 0)
            throw new UsageException("This PostgreSQL database holds tables. Give an empty one: createdb NAME.");
    }

    private static void Check(Instance instance, string scratch, BackupFacts facts)
    {
        var engine = instance.IsPostgres() ? BackupFacts.Postgres : BackupFacts.Sqlite;
        if (facts.Engine != engine)
            throw new UsageException(facts.Engine == BackupFacts.Sqlite
                ? "This is the backup of an SQLite instance: restore it without --database."
                : "This is the backup of a PostgreSQL instance: give an empty database with --database.");
        if (facts.Schema > Migrations.Newest)
            throw new UsageException($"This backup is of a later release (database schema {facts.Schema}; this program knows {Migrations.Newest}). Restore it with that release.");
        var (here, there) = (Path.Combine(instance.DataFolder, "keys", "instance.seed"), Path.Combine(scratch, "keys", "instance.seed"));
        if (File.Exists(here) && !File.ReadAllBytes(here).AsSpan().SequenceEqual(File.ReadAllBytes(there)))
            throw new UsageException($"{here} is the key of another instance. Give an empty folder.");
    }

    /// <summary>What lies in the folder already stays, except heads that are behind those of the backup.</summary>
    private static void Place(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, path);
            if (name is BackupContents.Facts or BackupContents.SqliteFile or BackupContents.PostgresFile)
                continue;
            var target = Path.Combine(to, name);
            PrivateFiles.CreateFolder(Path.GetDirectoryName(target)!);
            if (!File.Exists(target) || name.StartsWith("signed", StringComparison.Ordinal) && SizeIn(target) < SizeIn(path))
                PrivateFiles.Write(target, File.ReadAllBytes(path));
        }
    }

    private static long SizeIn(string head) => Checkpoint.Parse(File.ReadAllText(head, Encoding.UTF8)).Size;

    private static async Task PlaceDatabaseAsync(Instance instance, string scratch, CancellationToken cancellation)
    {
        if (instance.Database is { } connection)
            await PostgresTool.RunAsync("pg_restore", connection,
                ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", new NpgsqlConnectionStringBuilder(connection).Database!, Path.Combine(scratch, BackupContents.PostgresFile)], cancellation);
        else
            File.Move(Path.Combine(scratch, BackupContents.SqliteFile), Database.SqliteFileOf(instance));
    }

    private static async Task ReportAsync(Instance instance, BackupFacts facts, TextWriter output, CancellationToken cancellation)
    {
        await using var offline = await OfflineInstance.OpenAsync(instance);
        var db = offline.Db;
        var made = facts.Made.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        db.Acts.Add(new StaffAct { AccountId = StaffAct.Console, At = TimeProvider.System.GetUtcNow(), What = "restore", Detail = "made " + made });
        await db.SaveChangesAsync(cancellation);
        await output.WriteLineAsync($"Restored as of {made}: {await BackupCounts.OfAsync(db, cancellation)}.");
        var behind = await BehindAsync(instance, db, cancellation);
        foreach (var line in behind)
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(behind.Count > 0
            ? "A list that is behind is shown as it was and not written: who withdrew or erased since then stands there again, and nothing here can tell who. Restore a newer backup, or hold it back from the public until its entries are fetched from a mirror."
            : "Whatever happened after that time is not in it. People who have not been published yet and erased their signature since are in it again: ask whoever keeps the mails, and erase them anew.");
    }

    private static async Task<IReadOnlyList<string>> BehindAsync(Instance instance, UndersignedDb db, CancellationToken cancellation)
    {
        var folder = Path.Combine(instance.DataFolder, "signed");
        if (!Directory.Exists(folder))
            return [];
        var sizes = await db.Logs.ToDictionaryAsync(l => l.Origin, l => l.TreeSize, cancellation);
        return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
            .Select(path => Checkpoint.Parse(File.ReadAllText(path, Encoding.UTF8)))
            .Where(head => head.Size > sizes.GetValueOrDefault(head.Origin))
            .Select(head => $"{Origin.Parse(head.Origin).Slug}: signed at {head.Size} entries, restored {sizes.GetValueOrDefault(head.Origin)}; {head.Size - sizes.GetValueOrDefault(head.Origin)} are missing.")];
    }
}
