using System.Data.Common;
using EvolveDb;
using EvolveDb.Migration;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Model;
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

    [Fact]
    public async Task A_database_with_letters_wants_its_keys_and_addresses_that_stood_plain_before_are_sealed_with_them()
    {
        var folder = Directory.CreateTempSubdirectory("undersigned-test-").FullName;
        var instance = new Instance { DataFolder = folder, PublicUrl = new Uri("http://letters.example"), Database = await TestEngine.NewDatabaseAsync() };
        try
        {
            await ToStepOneAsync(instance);
            var refused = await Assert.ThrowsAsync<InvalidDataException>(() => Migrations.RunAsync(instance));
            Assert.Contains("instance.seed", refused.Message, StringComparison.Ordinal);
            Assert.False(InstanceKeys.Exist(instance));
            InstanceKeys.Open(instance);
            await Migrations.RunAsync(instance);

            var options = new DbContextOptionsBuilder<UndersignedDb>();
            Database.Use(options, instance);
            await using var db = new UndersignedDb(options.Options);
            var (letter, signature) = (await db.Letters.SingleAsync(TestContext.Current.CancellationToken), await db.Signatures.SingleAsync(TestContext.Current.CancellationToken));
            Assert.Equal(("ada@post.example", 1), (signature.Email, (int)signature.Sealed![0]));
            Assert.False(letter.GlanceRequired);
            var evidence = await db.Evidence.SingleAsync(TestContext.Current.CancellationToken);
            Assert.Equal((EvidenceKind.Known, signature.Id, "called at the published number", 1), (evidence.Kind, evidence.SignatureId, evidence.What, (int)evidence.Sealed![0]));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            await TestEngine.DropAsync(instance.Database);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ToStepOneAsync(Instance instance)
    {
        await using DbConnection connection = instance.Database is { } database
            ? new NpgsqlConnection(database)
            : new SqliteConnection(Database.SqliteConnectionString(instance));
        await connection.OpenAsync();
        new Evolve(connection)
        {
            EmbeddedResourceAssemblies = [typeof(Migrations).Assembly],
            EmbeddedResourceFilters = [$"Undersigned.Data.Migrations.{(TestEngine.IsPostgres ? "Postgres" : "Sqlite")}"],
            TargetVersion = new MigrationVersion("1"),
        }.Migrate();
        var no = TestEngine.IsPostgres ? "false" : "0";
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            INSERT INTO letter (slug, state, created_at, title, body, addressees, demands, language, organiser, imprint, press_contact, eligibility, asks, current_revision,
                glance_required, promise_hours, private_link_round, private_link_on, private_link_cap, hold_signing, hold_publishing, hold_mail)
            VALUES ('old', 'Draft', 0, '', '', '', '[]', 'en', '', '', '', '', 'Service', 0, {no}, 24, 0, {no}, 200, {no}, {no}, {no});
            INSERT INTO signature (letter_id, revision, state, state_at, source, level, name, posts, folded_name, submitted_at, email, email_domain, known_how, code_round, code_tries, code_expires_at, review_reasons)
            VALUES (1, 1, 'Confirmed', 0, 'Form', 'Email', 'Ada Okafor', '[]', 'ada okafor', 0, 'ada@post.example', 'post.example', 'called at the published number', 0, 0, 0, '[]');
            """;
        await command.ExecuteNonQueryAsync();
    }
}
