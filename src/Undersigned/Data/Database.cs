using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Undersigned.Model;

namespace Undersigned.Data;

public static class Database
{
    public static string SqliteFileOf(Instance instance) => Path.Combine(instance.DataFolder, "undersigned.db");

    public static bool IsPostgres(this Instance instance) => instance.Database is not null;

    /// <summary>The database, the keys and what stands in memory of the published letters. Needs <see cref="Instance"/> registered.</summary>
    public static void AddUndersignedData(this IServiceCollection services, Instance instance)
    {
        // The version with passkeys; the context reads it from the services it is made from.
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddSingleton<Likenesses>();
        services.AddPooledDbContextFactory<UndersignedDb>((provider, options) =>
        {
            Use(options, instance);
            ((Microsoft.EntityFrameworkCore.Infrastructure.IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new LikenessOption(provider.GetRequiredService<Likenesses>()));
        });
        services.AddScoped(s => s.GetRequiredService<IDbContextFactory<UndersignedDb>>().CreateDbContext());
        services.AddSingleton(InstanceKeys.Open(instance));
        services.AddSingleton<Attempts>();
        services.AddSingleton<AttemptsExchange>();
        services.AddHostedService(s => s.GetRequiredService<AttemptsExchange>());
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<LogTroubles>();
        services.AddSingleton<PublishedLetters>();
        services.AddSingleton<PastLists>();
        services.AddSingleton<FacetCache>();
        services.AddHostedService<PublishedLettersRefresh>();
        services.AddSingleton<GroupCommit>();
        services.AddHostedService(s => s.GetRequiredService<GroupCommit>());
        // The key ring lies beside the seed, so that forms and sessions survive a restart and the database alone opens nothing.
        var ring = Path.Combine(InstanceKeys.FolderOf(instance), "ring");
        PrivateFiles.CreateFolder(ring);
        services.AddDataProtection().SetApplicationName("undersigned").PersistKeysToFileSystem(new DirectoryInfo(ring));
    }

    public static void Use(DbContextOptionsBuilder options, Instance instance)
    {
        if (instance.Database is { } connection)
            options.UseNpgsql(connection);
        else
            options.UseSqlite(SqliteConnectionString(instance)).AddInterceptors(SqliteDurability.Instance);
        options.AddInterceptors(SealedRows.Instance);
        ((Microsoft.EntityFrameworkCore.Infrastructure.IDbContextOptionsBuilderInfrastructure)options)
            .AddOrUpdateExtension(new KeysOption(InstanceKeys.Open(instance)));
    }

    public static string SqliteConnectionString(Instance instance) =>
        new SqliteConnectionStringBuilder { DataSource = SqliteFileOf(instance), ForeignKeys = true, DefaultTimeout = 30 }.ToString();
}

/// <summary>
/// WAL is a property of the file, but `synchronous` belongs to each connection and differs between builds:
/// it is set on every one, so that a commit that returned survives a power cut. `secure_delete` likewise: what is
/// deleted is overwritten with zeros.
/// </summary>
internal sealed class SqliteDurability : DbConnectionInterceptor
{
    public static readonly SqliteDurability Instance = new();

    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=15000; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;";

    public override void ConnectionOpened(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
