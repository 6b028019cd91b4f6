using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Undersigned.Weekend;

/// <summary>`undersigned serve`, a process of its own as an operator starts it, and the other verbs beside it.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private const string Setup = "Make the first account here; the link works once, for 24 hours: ";

    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();

    private ServeProcess(Process process, Uri url) => (this.process, Url) = (process, url);

    /// <summary>http://localhost:PORT/; passkeys want a name.</summary>
    public Uri Url { get; }

    public Uri SetupLink { get; private set; } = null!;

    public static async Task<ServeProcess> StartAsync(string folder, Uri smtp, string? database)
    {
        var url = new Uri($"http://localhost:{FreePort()}/");
        var start = Program(["serve", "--data", folder, "--url", url.GetLeftPart(UriPartial.Authority), "--port", url.Port.ToString(CultureInfo.InvariantCulture),
            "--smtp", smtp.ToString(), "--from", "letters@weirkeepers.example", "--trusted-proxies", "127.0.0.1"]);
        if (database is not null)
            start.Environment["UNDERSIGNED_DATABASE"] = database;
        var serve = new ServeProcess(Process.Start(start)!, url);
        await serve.ListenAsync();
        return serve;
    }

    private async Task ListenAsync()
    {
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Setup, StringComparison.Ordinal))
                SetupLink = new Uri(line[Setup.Length..]);
            if (line.StartsWith("Listening on ", StringComparison.Ordinal))
                return;
        }
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The program ended with {process.ExitCode} before it listened.\n{string.Join('\n', said)}");
    }

    /// <summary>The last lines of its log, for whoever looks for what went wrong.</summary>
    public string LastWords => string.Join('\n', said.TakeLast(20));

    /// <summary>`undersigned verify list URL`: its exit status and what it says.</summary>
    public static async Task<(int Exit, string Said)> VerifyAsync(Uri letter)
    {
        using var verify = Process.Start(Program(["verify", "list", letter.ToString()]))!;
        var (output, error) = (verify.StandardOutput.ReadToEndAsync(), verify.StandardError.ReadToEndAsync());
        await verify.WaitForExitAsync();
        return (verify.ExitCode, (await output + await error).Trim());
    }

    private static ProcessStartInfo Program(IEnumerable<string> arguments) =>
        new("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Undersigned.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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
