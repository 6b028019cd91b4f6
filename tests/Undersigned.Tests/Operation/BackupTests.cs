using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Operation;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Operation;

public sealed class BackupTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("undersigned-backup-").FullName;
    private TestApp app = null!;
    private string? emptyDatabase;

    private string File => Path.Combine(folder, "monday.undersigned");
    private string Passphrase => Path.Combine(folder, "passphrase");

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        emptyDatabase = await TestEngine.NewDatabaseAsync();
        await System.IO.File.WriteAllTextAsync(Passphrase, "crane willow ferry ledger\n", TestContext.Current.CancellationToken);
        await app.QueryAsync(async db =>
        {
            db.Letters.Add(new Letter { Slug = "inspectors", Title = "Let the inspectors publish", Organiser = "Weirkeepers" });
            await db.SaveChangesAsync();
            db.Signatures.Add(new Signature { LetterId = 1, Name = "Ada Lockwood", FoldedName = "ada lockwood", State = SignatureState.Confirmed, Email = "ada@post.example" });
            return await db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await TestEngine.DropAsync(emptyDatabase);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_backup_of_the_running_instance_is_one_file_that_opens_on_an_empty_machine()
    {
        var (status, said, error) = await BackupAsync();
        Assert.True(status == 0, error);
        Assert.Contains("1 letter, 1 signature", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Lockwood", System.Text.Encoding.Latin1.GetString(await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.NotNull(await app.QueryAsync(db => db.LastBackupAsync(TestContext.Current.CancellationToken)));

        var machine = Path.Combine(folder, "new");
        (status, said, error) = await RestoreAsync(machine);
        Assert.True(status == 0, error);
        Assert.Contains("Restored as of ", said, StringComparison.Ordinal);
        Assert.Equal("ada@post.example", await AddressIn(machine));
    }

    [Fact]
    public async Task Ready_says_how_old_the_last_backup_is_and_an_old_one_shuts_nothing()
    {
        using var client = app.Client();
        Assert.Contains("none was made", await client.GetStringAsync("/readyz", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await app.QueryAsync(db =>
        {
            db.Acts.Add(new StaffAct { At = DateTimeOffset.UtcNow.AddDays(-30).AddMinutes(-1), What = Backups.Act });
            return db.SaveChangesAsync();
        });
        Assert.Contains("the last one is 720 h old", await client.GetStringAsync("/readyz", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_passphrase_a_changed_byte_and_a_missing_end_are_noticed_before_anything_is_placed()
    {
        Assert.Equal(0, (await BackupAsync()).Status);
        var whole = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        var machine = Path.Combine(folder, "new");

        await System.IO.File.WriteAllTextAsync(Passphrase, "another passphrase\n", TestContext.Current.CancellationToken);
        await RefusedAsync(machine);
        await System.IO.File.WriteAllTextAsync(Passphrase, "crane willow ferry ledger\n", TestContext.Current.CancellationToken);
        whole[^40] ^= 1;
        await System.IO.File.WriteAllBytesAsync(File, whole, TestContext.Current.CancellationToken);
        await RefusedAsync(machine);
        whole[^40] ^= 1;
        await System.IO.File.WriteAllBytesAsync(File, whole[..(37 + SealedFile.Chunk + SealedFile.Tag)], TestContext.Current.CancellationToken);
        await RefusedAsync(machine);
    }

    [Fact]
    public async Task A_backup_overwrites_nothing_and_neither_does_a_restore()
    {
        Assert.Equal(0, (await BackupAsync()).Status);
        var (status, _, error) = await BackupAsync();
        Assert.Equal(2, status);
        Assert.Contains("never overwrites", error, StringComparison.Ordinal);
        (status, _, error) = await CommandLineTests.RunAsync(["restore", File, "--passphrase-file", Passphrase, "--data", app.Instance.DataFolder, .. Engine(app.Instance.Database)]);
        Assert.Equal(2, status);
        Assert.Contains(app.Instance.IsPostgres() ? "holds tables" : "move undersigned.db", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_was_signed_later_than_the_backup_is_named_with_what_is_missing()
    {
        Assert.Equal(0, (await BackupAsync()).Status);
        var machine = Path.Combine(folder, "new");
        Directory.CreateDirectory(Path.Combine(machine, "signed"));
        await System.IO.File.WriteAllTextAsync(Path.Combine(machine, "signed", "inspectors.5d1f0c3a"), $"letters.example/letters/inspectors/log\n12\n{Convert.ToBase64String(new byte[32])}\n", TestContext.Current.CancellationToken);

        var (status, said, _) = await RestoreAsync(machine);

        Assert.Equal(0, status);
        Assert.Contains("inspectors: signed at 12 entries, restored 0; 12 are missing.", said, StringComparison.Ordinal);
        Assert.Contains("who withdrew or erased since then stands there again", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("backup", "x.undersigned")]
    [InlineData("restore", "--passphrase-file", "x")]
    [InlineData("restore", "x.undersigned", "--passphrase-file", "/no/such/file", "--data", "d")]
    public async Task Wrong_arguments_are_named(params string[] args)
    {
        var (status, _, error) = await CommandLineTests.RunAsync(args);
        Assert.Equal(2, status);
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(SealedFile.Chunk - 1)]
    [InlineData(SealedFile.Chunk)]
    [InlineData(SealedFile.Chunk + 1)]
    [InlineData(3 * SealedFile.Chunk)]
    public void What_is_sealed_is_read_back_whatever_its_length(int length)
    {
        var plain = new byte[length];
        Random.Shared.NextBytes(plain);
        using var kept = new MemoryStream();
        using (var sealing = SealedFile.Write(new Leaving(kept), "crane willow ferry"))
            sealing.Write(plain);
        using var opened = SealedFile.Read(new MemoryStream(kept.ToArray()), "crane willow ferry");
        using var back = new MemoryStream();
        opened.CopyTo(back);
        Assert.Equal(plain, back.ToArray());
    }

    private async Task RefusedAsync(string machine)
    {
        var (status, _, error) = await RestoreAsync(machine);
        Assert.Equal(1, status);
        Assert.Contains("The passphrase is another, or the file was changed or cut off.", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(machine, "*", SearchOption.AllDirectories));
    }

    private Task<(int Status, string Output, string Error)> BackupAsync() =>
        CommandLineTests.RunAsync(["backup", File, "--passphrase-file", Passphrase, "--data", app.Instance.DataFolder, .. Engine(app.Instance.Database)]);

    private Task<(int Status, string Output, string Error)> RestoreAsync(string machine) =>
        CommandLineTests.RunAsync(["restore", File, "--passphrase-file", Passphrase, "--data", machine, .. Engine(emptyDatabase)]);

    private static string[] Engine(string? database) => database is null ? [] : ["--database", database];

    private async Task<string?> AddressIn(string machine)
    {
        var options = new DbContextOptionsBuilder<UndersignedDb>();
        Database.Use(options, new Instance { DataFolder = machine, PublicUrl = app.Instance.PublicUrl, Database = emptyDatabase });
        await using var db = new UndersignedDb(options.Options);
        return (await db.Signatures.SingleAsync()).Email;
    }

    /// <summary>Stays open when the sealing closes it.</summary>
    private sealed class Leaving(MemoryStream kept) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => kept.Length;
        public override long Position { get => kept.Position; set => throw new NotSupportedException(); }
        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => kept.Write(buffer, offset, count);
    }
}
