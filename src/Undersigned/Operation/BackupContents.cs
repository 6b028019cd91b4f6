using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Model;

namespace Undersigned.Operation;

/// <summary>What a backup says of itself.</summary>
internal sealed record BackupFacts(DateTimeOffset Made, int Schema, string Engine)
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";
}

/// <summary>
/// The sealed archive (tar) of an instance: facts.json, the folders signed and keys, logging.json, and undersigned.db or undersigned.pgdump.
/// </summary>
internal static class BackupContents
{
    public const string Facts = "facts.json";
    public const string SqliteFile = "undersigned.db";
    public const string PostgresFile = "undersigned.pgdump";
    private static readonly string[] Folders = ["signed", "keys"];

    public static async Task<BackupCounts> WriteAsync(Instance instance, UndersignedDb db, string file, string passphrase, DateTimeOffset at, CancellationToken cancellation)
    {
        var scratch = Path.Combine(instance.DataFolder, $"backup-{Path.GetRandomFileName()}");
        var unfinished = file + ".part";
        PrivateFiles.CreateFolder(scratch);
        try
        {
            // Heads first, the database after them: so its logs are never behind what the backup says was signed.
            foreach (var folder in Folders)
                CopyFolder(Path.Combine(instance.DataFolder, folder), Path.Combine(scratch, folder));
            CopyFile(Path.Combine(instance.DataFolder, "logging.json"), Path.Combine(scratch, "logging.json"));
            await CopyDatabaseAsync(instance, scratch, cancellation);
            await File.WriteAllBytesAsync(Path.Combine(scratch, Facts), JsonSerializer.SerializeToUtf8Bytes(
                new BackupFacts(at, Migrations.Newest, instance.IsPostgres() ? BackupFacts.Postgres : BackupFacts.Sqlite), JsonSerializerOptions.Web), cancellation);
            var counts = await BackupCounts.OfAsync(db, cancellation);
            await SealAsync(scratch, unfinished, passphrase, cancellation);
            await CompareAsync(scratch, unfinished, passphrase, cancellation);
            File.Move(unfinished, file);
            return counts;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
            File.Delete(unfinished);
        }
    }

    /// <summary>Every file of a backup into a folder.</summary>
    public static async Task ExtractAsync(string file, string passphrase, string folder, CancellationToken cancellation)
    {
        await using var opened = SealedFile.Read(File.OpenRead(file), passphrase);
        await using var tar = new TarReader(opened);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellation) is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile)
                continue;
            var to = Path.GetFullPath(Path.Combine(folder, entry.Name));
            if (!to.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new InvalidDataException("This backup names a file outside its folder.");
            PrivateFiles.CreateFolder(Path.GetDirectoryName(to)!);
            await entry.ExtractToFileAsync(to, overwrite: false, cancellation);
        }
        // To the very end, so that a file that was cut off is noticed.
        await opened.CopyToAsync(Stream.Null, cancellation);
    }

    private static async Task SealAsync(string scratch, string file, string passphrase, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var target = new FileStream(file, options);
        await using var sealing = SealedFile.Write(target, passphrase);
        await using var tar = new TarWriter(sealing, TarEntryFormat.Pax);
        foreach (var path in FilesOf(scratch))
            await tar.WriteEntryAsync(path, Path.GetRelativePath(scratch, path), cancellation);
    }

    private static async Task CompareAsync(string scratch, string file, string passphrase, CancellationToken cancellation)
    {
        var back = scratch + "-back";
        PrivateFiles.CreateFolder(back);
        try
        {
            await ExtractAsync(file, passphrase, back, cancellation);
            foreach (var path in FilesOf(scratch))
                if (!await SameAsync(path, Path.Combine(back, Path.GetRelativePath(scratch, path)), cancellation))
                    throw new InvalidDataException($"{Path.GetRelativePath(scratch, path)} was not read back as it was written. Is the disk in order?");
        }
        finally
        {
            Directory.Delete(back, recursive: true);
        }
    }

    private static async Task<bool> SameAsync(string one, string other, CancellationToken cancellation)
    {
        await using FileStream a = File.OpenRead(one), b = File.OpenRead(other);
        var (first, second) = (await SHA256.HashDataAsync(a, cancellation), await SHA256.HashDataAsync(b, cancellation));
        return first.AsSpan().SequenceEqual(second);
    }

    private static Task CopyDatabaseAsync(Instance instance, string scratch, CancellationToken cancellation) => instance.Database is { } connection
        ? PostgresTool.RunAsync("pg_dump", connection, ["--format=custom", "--no-owner", "--no-privileges", "--file", Path.Combine(scratch, PostgresFile)], cancellation)
        : CopySqliteAsync(Database.SqliteConnectionString(instance), Path.Combine(scratch, SqliteFile), cancellation);

    /// <summary>As of one moment, without the pages that are free, and looked through.</summary>
    private static async Task CopySqliteAsync(string connection, string copy, CancellationToken cancellation)
    {
        await using (var source = new SqliteConnection(connection))
        {
            await source.OpenAsync(cancellation);
            await using var command = source.CreateCommand();
            command.CommandText = "VACUUM INTO $copy";
            command.Parameters.AddWithValue("$copy", copy);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        await using var made = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await made.OpenAsync(cancellation);
        await using var check = made.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        if (await check.ExecuteScalarAsync(cancellation) is not "ok")
            throw new InvalidDataException("The database is damaged: `PRAGMA integrity_check` says so. No backup was made; keep the ones you have.");
    }

    private static IEnumerable<string> FilesOf(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static void CopyFolder(string from, string to)
    {
        if (!Directory.Exists(from))
            return;
        foreach (var path in FilesOf(from))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            PrivateFiles.CreateFolder(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    private static void CopyFile(string from, string to)
    {
        if (File.Exists(from))
            File.Copy(from, to);
    }
}
