namespace Undersigned.Data;

/// <summary>Housekeeping at the start and every hour after; what fails is tried again in an hour.</summary>
internal sealed class Hourly<T>(T what, Func<T, CancellationToken, Task> run, TimeProvider time, ILogger<Hourly<T>> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), time);
        do
        {
            try
            {
                await run(what, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("{What} failed with {Error}; it is tried again in an hour.", typeof(T).Name, failure.GetType().Name);
            }
        }
        while (await hourly.WaitForNextTickAsync(stoppingToken));
    }
}

public static class HourlyWork
{
    /// <summary>Runs what <typeparamref name="T"/> does, registered as ever, at the start and every hour.</summary>
    public static void AddHourly<T>(this IServiceCollection services, Func<T, CancellationToken, Task> run)
        where T : notnull =>
        services.AddHostedService(s => new Hourly<T>(s.GetRequiredService<T>(), run, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Hourly<T>>>()));
}
