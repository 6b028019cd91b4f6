using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>What is to be watched, and how.</summary>
/// <param name="Address">The letter's address, or its log's, which ends in /log.</param>
/// <param name="Key">The letter's key; without it the one that the site showed at the first look, from then on always that.</param>
/// <param name="Policy">The reader's witnesses.</param>
/// <param name="Folder">Where key, last checkpoint and last result are kept from look to look.</param>
/// <param name="Every">Between two looks.</param>
/// <param name="Once">Whether to end after one look.</param>
/// <param name="Hook">A program to run for each event.</param>
/// <param name="Json">Whether events are printed as JSON, one a line.</param>
internal sealed record MonitorRequest(Uri Address, VerifierKey? Key, TlogPolicy? Policy, string Folder, TimeSpan Every, bool Once, string? Hook, bool Json);

/// <summary>
/// Looks at a letter again and again with all checks of <c>list</c>, each time against the checkpoint that held before: a list that was
/// rolled back or told otherwise to somebody else breaks. Says only what is new.
/// </summary>
internal sealed class Monitor(MonitorRequest request, Terminal console, TimeProvider time)
{
    private static readonly TimeSpan HookTime = TimeSpan.FromMinutes(1);

    private string KeyFile => Path.Combine(request.Folder, "key");
    private string CheckpointFile => Path.Combine(request.Folder, "checkpoint");
    private string HeldFile => Path.Combine(request.Folder, "held.json");
    private string LastFile => Path.Combine(request.Folder, "last.json");

    /// <returns>The exit status of the last look.</returns>
    internal async Task<int> RunAsync(CancellationToken cancel)
    {
        MakeFolder();
        while (true)
        {
            try
            {
                var status = await LookAsync(cancel).ConfigureAwait(false);
                if (request.Once) return status;
                await Task.Delay(request.Every, time, cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return LastExit() ?? 2;
            }
        }
    }

    private void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(request.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--state: {request.Folder} cannot be made a folder: {e.GetType().Name}");
        }
    }

    private async Task<int> LookAsync(CancellationToken cancel)
    {
        var (report, findings) = (new Report(), default(Findings));
        using (var http = Site.NewClient())
        {
            var key = request.Key ?? (File.Exists(KeyFile) ? Usage.Key(KeyFile) : null);
            var old = File.Exists(CheckpointFile) ? Usage.Old(CheckpointFile) : null;
            var list = new ListRequest(request.Address, key, request.Policy, old, [], Thorough: false, LettersPages: true);
            findings = await new ListCheck(new Site(http, time), list, report, console.Progress).RunAsync(cancel).ConfigureAwait(false);
        }
        var result = Json.Of(report, findings, findings?.Sentence);
        if (EventOf(report, findings) is { } found) await TellAsync(found, result, cancel).ConfigureAwait(false);
        Keep(findings, result);
        return report.ExitStatus;
    }

    /// <summary>What is new since the look before; null where nothing is.</summary>
    private (string Kind, string Text)? EventOf(Report report, Findings? findings)
    {
        if (findings is null)
        {
            var what = string.Join("; ", report.Failures.Select(f => f.ToString()).Concat(report.Troubles.Select(t => $"cannot tell: {t}")));
            return what == LastText() ? null : (report.ExitStatus == 1 ? "broke" : "unreachable", what);
        }
        if (Held() is not { } held) return ("first", findings.Sentence);
        var changes = Changes(held, findings);
        if (LastExit() is > 0) return ("again", "All holds again. " + (changes ?? "Nothing changed."));
        return changes is null ? null : ("changed", changes);
    }

    private static string? Changes(JsonElement held, Findings findings)
    {
        var (before, size) = (held.GetProperty("standing").GetInt64(), held.GetProperty("treeSize").GetInt64());
        if (size == findings.Size) return null;
        return string.Create(CultureInfo.InvariantCulture,
            $"{findings.Standing:N0} names are listed ({findings.Standing - before:+#,0;−#,0;±0}); since the last look {Since("withdrawn", findings.Withdrawn)} withdrawn, {Since("removed", findings.Removed)} removed, {Since("amended", findings.Amended)} amended; {findings.Size - size:N0} entries.");

        long Since(string name, long now) => now - held.GetProperty(name).GetInt64();
    }

    private async Task TellAsync((string Kind, string Text) found, string result, CancellationToken cancel)
    {
        var now = EntryTime.Format(time.GetUtcNow());
        var json = EventJson(found, now, result);
        console.Say(request.Json ? json : $"{now} {found.Kind}: {found.Text}");
        if (request.Hook is not null) await RunHookAsync(found.Kind, json, cancel).ConfigureAwait(false);
    }

    private string EventJson((string Kind, string Text) found, string now, string result)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("event", found.Kind);
            json.WriteString("time", now);
            json.WriteString("url", request.Address.AbsoluteUri);
            json.WriteString("text", found.Text);
            json.WritePropertyName("result");
            using var parsed = JsonDocument.Parse(result);
            parsed.RootElement.WriteTo(json);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private async Task RunHookAsync(string kind, string json, CancellationToken cancel)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(request.Hook!, [kind]) { RedirectStandardInput = true })!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(HookTime);
            try
            {
                await process.StandardInput.WriteLineAsync(json.AsMemory(), limit.Token).ConfigureAwait(false);
                process.StandardInput.Close();
                await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
                if (process.ExitCode != 0) console.Usage($"warning: the hook ended with {process.ExitCode}");
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                console.Usage("warning: the hook was stopped, it took too long");
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            console.Usage($"warning: the hook could not be run or did not read: {e.GetType().Name}");
        }
    }

    /// <summary>The checkpoint is kept only where everything held, so that the next look compares with what was right.</summary>
    private void Keep(Findings? findings, string result)
    {
        if (findings is not null)
        {
            if (request.Key is null && !File.Exists(KeyFile)) Write(KeyFile, findings.Key + "\n");
            Write(CheckpointFile, findings.Note.ToString());
            Write(HeldFile, result);
        }
        Write(LastFile, result);
    }

    // Whole or not at all: a look that is cut off must not leave half a checkpoint.
    private static void Write(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    private JsonElement? Held() => ReadJson(HeldFile);

    private int? LastExit() => ReadJson(LastFile)?.GetProperty("exit").GetInt32();

    private string? LastText()
    {
        if (ReadJson(LastFile) is not { } last || last.GetProperty("exit").GetInt32() == 0) return null;
        var failures = last.GetProperty("failures").EnumerateArray()
            .Select(f => new Failure(f.GetProperty("check").GetInt32(), f.GetProperty("where").GetString()!, f.GetProperty("expected").GetString()!, f.GetProperty("found").GetString()!).ToString());
        return string.Join("; ", failures.Concat(last.GetProperty("troubles").EnumerateArray().Select(t => $"cannot tell: {t.GetString()}")));
    }

    private static JsonElement? ReadJson(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new UsageException($"--state: {path} is not what this program wrote there. Remove the folder to begin anew");
        }
    }
}
