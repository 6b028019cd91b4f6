namespace Undersigned.Demo;

/// <summary>
/// A clock that tells a story: it begins in the past, is moved on from act to act, and ends as the machine's own. It never goes
/// back, so what is written by it is in order. Timers and waits run in real time.
/// </summary>
internal sealed class StoryClock : TimeProvider
{
    private long behind;

    public StoryClock(TimeSpan behind) => this.behind = behind.Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - TimeSpan.FromTicks(Interlocked.Read(ref behind));

    /// <summary>Moves on to <paramref name="time"/>; stays where it is if that is past already.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        var wanted = Math.Max(0, (System.GetUtcNow() - time).Ticks);
        Interlocked.Exchange(ref behind, Math.Min(Interlocked.Read(ref behind), wanted));
    }

    /// <summary>From now on the machine's clock.</summary>
    public void CatchUp() => Interlocked.Exchange(ref behind, 0);
}
