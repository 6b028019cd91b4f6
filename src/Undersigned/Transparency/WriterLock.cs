using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Transparency;

/// <summary>
/// Held by the one process that writes logs. It keeps two writers from getting in each other's way; that neither can spoil a log
/// is the work of the compare-and-swap on the tree's size.
/// </summary>
internal abstract class WriterLock : IAsyncDisposable
{
    /// <summary>Null while another process holds it.</summary>
    public static Task<WriterLock?> TryTakeAsync(Instance instance, CancellationToken cancellation) =>
        instance.IsPostgres() ? PostgresWriterLock.TakeAsync(instance, cancellation) : Task.FromResult(SqliteWriterLock.Take(instance));

    /// <summary>False once it was lost, with the connection that held it.</summary>
    public abstract Task<bool> IsHeldAsync(CancellationToken cancellation);

    /// <summary>The clock of the database's machine; null where that is this one.</summary>
    public abstract Task<DateTimeOffset?> DatabaseTimeAsync(CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}
