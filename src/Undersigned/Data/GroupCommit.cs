using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace Undersigned.Data;

/// <summary>
/// Many requests' writes in one transaction, so that they share the flush to disk. A caller is answered only after the commit of
/// its own write. If a write fails, the transaction is rolled back and each of its writes runs again alone: it may therefore run
/// more than once, and must do nothing but read and write through the context it is given. A crash loses only writes that nobody was told of.
/// </summary>
public sealed class GroupCommit(IDbContextFactory<UndersignedDb> databases) : BackgroundService
{
    private const int Largest = 64;

    private readonly Channel<Pending> queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(4_096) { SingleReader = false });

    /// <summary>Runs <paramref name="write"/>, which saves what it changes, and returns its result once it is durable.</summary>
    public async Task<T> RunAsync<T>(Func<UndersignedDb, CancellationToken, Task<T>> write, CancellationToken cancellation)
    {
        var pending = new Pending<T>(write);
        await queue.Writer.WriteAsync(pending, cancellation);
        // From here on it will be written, whether the browser still listens or not.
        return await pending.Outcome;
    }

    // SQLite has one writer; PostgreSQL answers several connections at once.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var loops = db.Database.IsSqlite() ? 1 : 4;
        await Task.WhenAll(Enumerable.Range(0, loops).Select(_ => Task.Run(() => WriteAllAsync(stoppingToken), CancellationToken.None)));
        queue.Writer.TryComplete();
        while (queue.Reader.TryRead(out var pending))
            await AloneAsync(pending);
    }

    private async Task WriteAllAsync(CancellationToken stopping)
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync(stopping))
            {
                var together = new List<Pending>();
                while (together.Count < Largest && queue.Reader.TryRead(out var pending))
                    together.Add(pending);
                await TogetherAsync(together);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is queued still is written before the program ends.
        }
    }

    private async Task TogetherAsync(List<Pending> together)
    {
        if (together.Count > 1 && await TryTogetherAsync(together))
            return;
        foreach (var pending in together)
            await AloneAsync(pending);
    }

    private async Task<bool> TryTogetherAsync(List<Pending> together)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            foreach (var pending in together)
            {
                await pending.WriteAsync(db);
                db.ChangeTracker.Clear();
            }
            await transaction.CommitAsync();
        }
        catch (Exception)
        {
            // Whose fault it is shows when each runs alone, and only that one hears of it.
            return false;
        }
        together.ForEach(p => p.Done());
        return true;
    }

    private async Task AloneAsync(Pending pending)
    {
        try
        {
            try
            {
                await OnceAsync(pending);
            }
            catch (DbUpdateException)
            {
                // Somebody else decided at the same moment. Looked at again, it is a plain refusal or can be done.
                await OnceAsync(pending);
            }
        }
        catch (Exception failure)
        {
            pending.Failed(failure);
            return;
        }
        pending.Done();
    }

    private async Task OnceAsync(Pending pending)
    {
        await using var db = await databases.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await pending.WriteAsync(db);
        await transaction.CommitAsync();
    }

    private abstract class Pending
    {
        public abstract Task WriteAsync(UndersignedDb db);
        public abstract void Done();
        public abstract void Failed(Exception failure);
    }

    private sealed class Pending<T>(Func<UndersignedDb, CancellationToken, Task<T>> write) : Pending
    {
        private readonly TaskCompletionSource<T> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T result = default!;

        public Task<T> Outcome => outcome.Task;

        public override async Task WriteAsync(UndersignedDb db) => result = await write(db, CancellationToken.None);
        public override void Done() => outcome.SetResult(result);
        public override void Failed(Exception failure) => outcome.SetException(failure);
    }
}
