namespace Undersigned.Retention;

/// <summary>Every hour.</summary>
internal sealed class RetentionLoop(EndOfKeeping end, TimeProvider time, ILogger<RetentionLoop> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await hourly.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await end.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogWarning("The end of keeping failed with {Error}; it is tried again in an hour.", failure.GetType().Name);
            }
        }
    }
}
