using System.Diagnostics;
using System.Globalization;

namespace Undersigned.Bench;

/// <summary>The program as a process of its own, as an operator starts it.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const string Ready = "Listening on ";

    private readonly Process process;

    private RunningProgram(Process process, Uri url, TimeSpan start, TimeSpan startProcessor) =>
        (this.process, Url, Start, StartProcessor) = (process, url, start, startProcessor);

    public Uri Url { get; }

    /// <summary>From the start of the process to the line "Listening on".</summary>
    public TimeSpan Start { get; }

    /// <summary>The processor's time until then.</summary>
    public TimeSpan StartProcessor { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1_000_000.0;
        }
    }

    public static async Task<RunningProgram> StartAsync(IEnumerable<string> arguments, string? database = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Undersigned.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (database is not null)
            start.Environment["UNDERSIGNED_DATABASE"] = database;
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith(Ready, StringComparison.Ordinal))
                return new RunningProgram(process, new Uri(line[Ready.Length..]), clock.Elapsed, process.TotalProcessorTime);
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The program ended with {process.ExitCode} before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", process.Id.ToString(CultureInfo.InvariantCulture)))
            await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
        process.Dispose();
    }
}
