#pragma warning disable EF1001 // The design-time scaffolder is the one public way to read a schema back.
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.EntityFrameworkCore.Sqlite.Design.Internal;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Data;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_migrations_make_exactly_the_tables_and_columns_of_the_model()
    {
        await using var app = await TestApp.StartAsync();
        await app.QueryAsync(async db =>
        {
            var services = new ServiceCollection();
            services.AddEntityFrameworkDesignTimeServices();
            if (TestEngine.IsPostgres)
                new NpgsqlDesignTimeServices().ConfigureDesignTimeServices(services);
            else
                new SqliteDesignTimeServices().ConfigureDesignTimeServices(services);
            await using var provider = services.BuildServiceProvider();
            var found = provider.GetRequiredService<IDatabaseModelFactory>()
                .Create(db.Database.GetDbConnection(), new DatabaseModelFactoryOptions());
            var model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();

            var wanted = model.Tables.SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name} {c.StoreType.ToLowerInvariant()} {(c.IsNullable ? "null" : "not null")}"));
            var there = found.Tables.Where(t => t.Name != "changelog" && !t.Name.StartsWith("line_search", StringComparison.Ordinal))
                .SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name} {c.StoreType!.ToLowerInvariant()} {(c.IsNullable ? "null" : "not null")}"));
            Assert.Equal(wanted.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
            return 0;
        });
    }

    [Fact]
    public async Task Every_pooled_SQLite_connection_commits_durably()
    {
        if (TestEngine.IsPostgres)
            return;
        await using var app = await TestApp.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            var (journal, synchronous) = await app.QueryAsync(async db =>
            {
                await db.Database.OpenConnectionAsync();
                return (await ReadAsync(db, "PRAGMA journal_mode"), await ReadAsync(db, "PRAGMA synchronous"));
            });
            Assert.Equal(("wal", "2"), (journal, synchronous));
        }

        static async Task<string> ReadAsync(DbContext db, string sql)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture)!;
        }
    }
}
