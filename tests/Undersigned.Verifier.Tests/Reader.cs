namespace Undersigned.Verifier.Tests;

/// <summary>One run of the verifier: what it printed, and how it ended.</summary>
public sealed record Reader(int ExitStatus, string Output, string Error)
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);

    public IEnumerable<string> Fails => Output.Split('\n').Where(line => line.StartsWith("FAIL ", StringComparison.Ordinal));

    public static async Task<Reader> RunAsync(params string[] args) => await RunAsync(Now, args);

    public static async Task<Reader> RunAsync(DateTimeOffset now, params string[] args)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var status = await Verify.RunAsync(args, output, error, new Clock(now));
        return new Reader(status, output.ToString(), error.ToString());
    }

    /// <summary>A clock that stands still, and on which no wait takes time.</summary>
    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
