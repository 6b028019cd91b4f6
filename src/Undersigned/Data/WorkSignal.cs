namespace Undersigned.Data;

/// <summary>
/// Wakes the loops of this process when there is something to do. Only a hint: they also look by themselves every second,
/// so work written by another process, or lost with a crash, is found all the same.
/// </summary>
public sealed class WorkSignal(TimeProvider time)
{
    private TaskCompletionSource poked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Poke() => Interlocked.Exchange(ref poked, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>A task that ends at the next poke or after <paramref name="longest"/>. Take it before looking for work, or a poke is missed.</summary>
    public Task Next(TimeSpan longest, CancellationToken cancellation)
    {
        var poke = Volatile.Read(ref poked).Task;
        return Task.WhenAny(poke, Task.Delay(longest, time, cancellation));
    }
}
