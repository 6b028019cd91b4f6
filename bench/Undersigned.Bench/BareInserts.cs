using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Undersigned.Bench;

/// <summary>
/// What the engine itself can do with the program's durability: rows of like size as a signature and its mail, inserted by a prepared
/// command without a program around them, each in a commit of its own or as many together as the program writes together.
/// </summary>
internal static class BareInserts
{
    public const int RowBytes = 600;

    private const string Durability = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";

    public static async Task<Pace> SqliteAsync(string file, int commits, int rowsPerCommit)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        await ExecuteAsync(connection, Durability);
        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY AUTOINCREMENT, line BLOB NOT NULL)");
        return await PaceAsync([connection], commits, rowsPerCommit);
    }

    public static async Task<Pace> PostgresAsync(string database, int connections, int commits, int rowsPerCommit)
    {
        var all = new List<NpgsqlConnection>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                all.Add(new NpgsqlConnection(database));
                await all[i].OpenAsync();
            }
            await ExecuteAsync(all[0], "CREATE TABLE IF NOT EXISTS bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, line bytea NOT NULL)");
            return await PaceAsync([.. all], commits, rowsPerCommit);
        }
        finally
        {
            foreach (var connection in all)
                await connection.DisposeAsync();
        }
    }

    private static async Task<Pace> PaceAsync(DbConnection[] connections, int commits, int rowsPerCommit)
    {
        var clock = Stopwatch.StartNew();
        var times = await Task.WhenAll(connections.Select(c => Task.Run(() => InsertAsync(c, commits / connections.Length, rowsPerCommit))));
        return Pace.Of([.. times.SelectMany(t => t)], clock.Elapsed, rowsPerCommit);
    }

    private static async Task<List<double>> InsertAsync(DbConnection connection, int commits, int rowsPerCommit)
    {
        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO bare (line) VALUES (@line)";
        var line = insert.CreateParameter();
        (line.ParameterName, line.Value) = ("@line", new byte[RowBytes]);
        insert.Parameters.Add(line);
        await insert.PrepareAsync();
        var times = new List<double>();
        for (var i = 0; i < commits; i++)
        {
            var from = Stopwatch.GetTimestamp();
            await using var transaction = await connection.BeginTransactionAsync();
            insert.Transaction = transaction;
            for (var row = 0; row < rowsPerCommit; row++)
                await insert.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
            times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }
        return times;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>How many a second, and how long one took.</summary>
internal sealed record Pace(double PerSecond, double P50, double P99)
{
    public static Pace Of(IReadOnlyCollection<double> milliseconds, TimeSpan elapsed, int each = 1)
    {
        var sorted = milliseconds.Order().ToList();
        return new Pace(sorted.Count * each / elapsed.TotalSeconds, sorted[sorted.Count / 2], sorted[Math.Min(sorted.Count - 1, sorted.Count * 99 / 100)]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:N0} | {P50:N1} | {P99:N1}");
}
