using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Undersigned.Bench;

/// <summary>How long a start takes, what an idle program holds, and what a first visit costs.</summary>
internal static class StartBench
{
    private const int Rounds = 5;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string folder)
    {
        var demo = new List<string> { "demo", "--data", Path.Combine(folder, "demo"), "--port", FreePort() };
        var making = Stopwatch.StartNew();
        await using (await RunningProgram.StartAsync(demo))
            making.Stop();

        Write($"From the start of the process to its line `Listening on`, {Rounds} times; memory is the resident set, {Idle.TotalSeconds:N0} s after that without a request.\n");
        Write($"| start | median ms | fastest | slowest | processor ms | idle memory, MB |");
        Write($"|---|---:|---:|---:|---:|---:|");
        var empty = Path.Combine(folder, "empty");
        await PrintAsync("`serve`, empty folder: database and keys are made", round => Serve($"{empty}{round}"));
        await PrintAsync("`serve`, the same folder again", round => Serve($"{empty}{round}"));
        await PrintAsync("`demo`, its folder of 1,143 names", _ => demo);

        await using var program = await RunningProgram.StartAsync(demo);
        var visit = await FirstVisit.MeasureAsync(program.Url, "/letters/waterways");
        Write($"\nA first visit to the demo’s letter is {visit.Requests} requests and {visit.Bytes:N0} bytes of bodies, compressed (the page {visit.PageBytes:N0}); aim: 3 and 14,000. Making the demo took {making.Elapsed.TotalSeconds:N0} s.");
        return 0;
    }

    private static List<string> Serve(string folder) => ["serve", "--data", folder, "--port", "0"];

    private static async Task PrintAsync(string what, Func<int, List<string>> arguments)
    {
        var (starts, processor, memory) = (new List<double>(), new List<double>(), 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            await using var program = await RunningProgram.StartAsync(arguments(round));
            starts.Add(program.Start.TotalMilliseconds);
            processor.Add(program.StartProcessor.TotalMilliseconds);
            if (round < Rounds - 1)
                continue;
            await Task.Delay(Idle);
            memory = program.ResidentMegabytes;
        }
        starts.Sort();
        processor.Sort();
        Write($"| {what} | {starts[Rounds / 2]:N0} | {starts[0]:N0} | {starts[^1]:N0} | {processor[Rounds / 2]:N0} | {memory:N0} |");
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
