using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Transparency;

/// <summary>Runs the sequencer in the one process that holds the writer's lock; the others wait to take over.</summary>
internal sealed class SequencerLoop(Sequencer sequencer, Instance instance, WorkSignal work, TimeProvider time, ILogger<SequencerLoop> log) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private WriterLock? writerLock;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var poke = work.Next(Longest, stoppingToken);
            TimeSpan? again = null;
            try
            {
                again = await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                log.LogWarning("The sequencer did not get through ({Error}); it looks again", e.GetType().Name);
            }
            // What waits for its second cannot be hurried by a poke.
            await (again is { } wait ? Task.WhenAny(Task.Delay(wait, time, stoppingToken)) : poke);
        }
    }

    private async Task<TimeSpan?> LookAsync(CancellationToken cancellation)
    {
        if (writerLock is not null && !await writerLock.IsHeldAsync(cancellation))
            await ReleaseAsync();
        if (writerLock is null)
        {
            writerLock = await WriterLock.TryTakeAsync(instance, cancellation);
            if (writerLock is null)
                return null;
            sequencer.Forget();
            await sequencer.OpenAllAsync(cancellation);
        }
        // Only the machine's own clock can be compared with the database's.
        var databaseTime = time == TimeProvider.System ? await writerLock.DatabaseTimeAsync(cancellation) : null;
        return await sequencer.RoundAsync(databaseTime, cancellation);
    }

    private async Task ReleaseAsync()
    {
        await writerLock!.DisposeAsync();
        writerLock = null;
        log.LogWarning("The writer's lock was lost with its connection");
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (writerLock is not null)
            await writerLock.DisposeAsync();
    }
}
