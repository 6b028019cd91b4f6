using Undersigned.Model;

namespace Undersigned.Transparency;

/// <summary>On SQLite the writer is one process on one machine: it keeps a file open that nobody else can open. The system lets go of it with the process.</summary>
internal sealed class SqliteWriterLock : WriterLock
{
    private readonly FileStream file;

    private SqliteWriterLock(FileStream file) => this.file = file;

    public static WriterLock? Take(Instance instance)
    {
        try
        {
            return new SqliteWriterLock(new FileStream(Path.Combine(instance.DataFolder, "writer.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public override Task<bool> IsHeldAsync(CancellationToken cancellation) => Task.FromResult(true);

    public override Task<DateTimeOffset?> DatabaseTimeAsync(CancellationToken cancellation) => Task.FromResult<DateTimeOffset?>(null);

    public override ValueTask DisposeAsync() => file.DisposeAsync();
}
