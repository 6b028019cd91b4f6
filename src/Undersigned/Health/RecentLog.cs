using System.Collections.Concurrent;
using System.Globalization;

namespace Undersigned.Health;

/// <summary>The last thousand lines of the log, in memory, for the operator's page. What is logged holds ids and no personal data.</summary>
public sealed class RecentLog(TimeProvider time) : ILoggerProvider
{
    private const int Kept = 1000;

    private readonly ConcurrentQueue<string> lines = new();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<string> Lines => [.. lines.Reverse()];

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, this);

    public void Dispose()
    {
    }

    private void Add(string line)
    {
        lines.Enqueue(time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z '", CultureInfo.InvariantCulture) + line);
        while (lines.Count > Kept)
            lines.TryDequeue(out _);
    }

    private sealed class Category(string name, RecentLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Add($"{logLevel} {name}: {formatter(state, exception)}{(exception is null ? "" : " " + exception.GetType().Name)}");
        }
    }
}
