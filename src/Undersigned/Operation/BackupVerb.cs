using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Model;

namespace Undersigned.Operation;

/// <summary>`undersigned backup FILE`: all that a new machine needs, in one sealed file, read back before it counts.</summary>
internal static class BackupVerb
{
    public const int ShortestPassphrase = 12;

    public static Command Make(TextWriter output, TextWriter error)
    {
        var file = new Argument<string>("file") { Description = "The file to make; it must not exist." };
        var passphrase = PassphraseFile();
        var command = new Command("backup", "Back up database, keys and signed heads into one file, sealed with a passphrase; also while the instance runs.") { file, passphrase }
            .WithExample("undersigned backup /backup/monday.undersigned --passphrase-file /etc/undersigned/passphrase --data /var/lib/undersigned");
        command.SetAction([Setting.Data, Setting.Database], error, (settings, parsed, cancellation) => Trouble.SayAsync(
            () => RunAsync(settings.Instance, parsed.GetValue(file)!, parsed.GetValue(passphrase)!, output, cancellation), error));
        return command;
    }

    public static Option<string> PassphraseFile() => new("--passphrase-file")
    {
        Description = $"A file whose first line is the passphrase, at least {ShortestPassphrase} characters. Keep it apart from the backups: without it they open to nobody.",
        Required = true,
        HelpName = "file",
    };

    public static string PassphraseIn(string file)
    {
        if (!File.Exists(file))
            throw new UsageException($"--passphrase-file: there is no file {file}. Make one: openssl rand -base64 24 > {file}; chmod 600 {file}");
        var passphrase = File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";
        return passphrase.Length >= ShortestPassphrase ? passphrase
            : throw new UsageException($"--passphrase-file: the first line of {file} has fewer than {ShortestPassphrase} characters. Make another: openssl rand -base64 24 > {file}");
    }

    private static async Task<int> RunAsync(Instance instance, string file, string passphraseFile, TextWriter output, CancellationToken cancellation)
    {
        var passphrase = PassphraseIn(passphraseFile);
        if (File.Exists(file))
            throw new UsageException($"{file} is there already. A backup never overwrites another: give a new name.");
        // A later program must not bring the database of a running earlier one to its own release just to copy it.
        if (!instance.IsPostgres() && !File.Exists(Database.SqliteFileOf(instance)) || await Migrations.IsPendingAsync(instance))
            throw new UsageException($"There is no database of this release in {instance.DataFolder}. Back up with the program that runs it.");
        await using var offline = await OfflineInstance.OpenAsync(instance);
        var at = TimeProvider.System.GetUtcNow();
        var counts = await BackupContents.WriteAsync(instance, offline.Db, file, passphrase, at, cancellation);
        offline.Db.Acts.Add(new StaffAct { AccountId = StaffAct.Console, At = at, What = Backups.Act, Detail = counts.ToString() });
        await offline.Db.SaveChangesAsync(cancellation);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{file}: {counts}, {new FileInfo(file).Length:N0} bytes. Read back, and whole."));
        await output.WriteLineAsync("It holds the keys: who has the file and its passphrase can sign in your name. Keep the two apart.");
        return ExitStatus.Done;
    }
}

/// <summary>Arguments that cannot be used, in a sentence that names the remedy.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What a backup holds, counted.</summary>
internal sealed record BackupCounts(int Letters, int Signatures, long Entries)
{
    public static async Task<BackupCounts> OfAsync(UndersignedDb db, CancellationToken cancellation) =>
        new(await db.Letters.CountAsync(cancellation), await db.Signatures.CountAsync(cancellation), await db.Entries.LongCountAsync(cancellation));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Letters} {(Letters == 1 ? "letter" : "letters")}, {Signatures} {(Signatures == 1 ? "signature" : "signatures")}, {Entries} entries");
}
