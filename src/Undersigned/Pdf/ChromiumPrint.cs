using System.ComponentModel;
using System.Diagnostics;
using Undersigned.Model;

namespace Undersigned.Pdf;

/// <summary>What was made is no PDF, or was not made in time; the message is fit to be shown.</summary>
public sealed class PrintException(string message) : Exception(message);

/// <summary>
/// The host's Chromium as a printer: it reads one file and writes one, in a folder of its own, with no network, no script, a limit of time.
/// What is over time is ended with its children.
/// </summary>
public sealed class ChromiumPrint(Instance instance, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public bool IsThere => instance.Chromium is not null;

    /// <exception cref="PrintException">No PDF came of it.</exception>
    public async Task PrintAsync(string folder, string page, string pdf, CancellationToken cancellation)
    {
        var chromium = instance.Chromium ?? throw new PrintException("There is no Chromium on this server.");
        var said = await RunAsync(chromium, [.. Arguments(folder, pdf), new Uri(page).AbsoluteUri], folder, cancellation);
        if (!File.Exists(pdf))
            throw new PrintException("Chromium made no PDF. It said: " + (said.Length > 300 ? said[^300..] : said).Trim());
    }

    /// <exception cref="PrintException">The program is not there, failed, or took too long.</exception>
    public async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var timer = time.CreateTimer(_ => limit.Cancel(), null, Longest, Timeout.InfiniteTimeSpan);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        // Nothing of the server's own account is read or written.
        foreach (var name in new[] { "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR" })
            start.Environment[name] = folder;
        start.Environment.Remove("DBUS_SESSION_BUS_ADDRESS");
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new PrintException($"{Path.GetFileName(program)} could not be started.");
        }
        using (process)
        {
            try
            {
                var said = Task.WhenAll(process.StandardError.ReadToEndAsync(limit.Token), process.StandardOutput.ReadToEndAsync(limit.Token));
                await process.WaitForExitAsync(limit.Token);
                var text = string.Concat(await said);
                return process.ExitCode == 0 ? text : throw new PrintException($"{Path.GetFileName(program)} failed: {(text.Length > 300 ? text[^300..] : text).Trim()}");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new PrintException($"{Path.GetFileName(program)} took longer than {Longest.TotalMinutes:0} minutes and was ended.");
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
        }
    }

    private static IEnumerable<string> Arguments(string folder, string pdf) =>
    [
        "--headless", $"--user-data-dir={Path.Combine(folder, "profile")}", $"--print-to-pdf={pdf}", "--no-pdf-header-footer", "--generate-pdf-document-outline",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-default-apps",
        "--no-first-run", "--no-default-browser-check", "--disable-breakpad", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio",
        // Root may not use the sandbox; the page holds no script, and its policy allows none.
        .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
    ];
}
