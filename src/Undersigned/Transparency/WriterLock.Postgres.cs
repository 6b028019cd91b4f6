using System.Data.Common;
using Npgsql;
using Undersigned.Model;

namespace Undersigned.Transparency;

/// <summary>On PostgreSQL the writer is one process in the cluster: it holds a session's advisory lock, which the server frees with the connection.</summary>
internal sealed class PostgresWriterLock : WriterLock
{
    // Any number that no other program in this database uses; "undersig" in ASCII.
    private const long Key = 0x756e646572736967;

    private readonly NpgsqlConnection connection;

    private PostgresWriterLock(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<WriterLock?> TakeAsync(Instance instance, CancellationToken cancellation)
    {
        // A pooled connection would keep the lock after it was closed.
        var settings = new NpgsqlConnectionStringBuilder(instance.Database) { Pooling = false, KeepAlive = 30 };
        var connection = new NpgsqlConnection(settings.ToString());
        var taken = false;
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({Key})", connection);
            taken = (bool)(await command.ExecuteScalarAsync(cancellation))!;
            return taken ? new PostgresWriterLock(connection) : null;
        }
        finally
        {
            if (!taken)
                await connection.DisposeAsync();
        }
    }

    public override async Task<bool> IsHeldAsync(CancellationToken cancellation) => await DatabaseTimeAsync(cancellation) is not null;

    public override async Task<DateTimeOffset?> DatabaseTimeAsync(CancellationToken cancellation)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT clock_timestamp()", connection);
            return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellation))!, TimeSpan.Zero);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            return null;
        }
    }

    public override ValueTask DisposeAsync() => connection.DisposeAsync();
}
