using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Undersigned.Log.Tests.Letters;

namespace Undersigned.Verifier.Tests;

/// <summary>
/// Every good log, every broken rule and every case, told apart by this verifier and by one in Python that was written from the specification alone:
/// they must agree on exit status, on the numbers of the checks that fail, and on the sentence.
/// </summary>
public sealed class CaseTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("undersigned-cases").FullName;
    private SomeSite site = null!;

    public async ValueTask InitializeAsync() => site = await SomeSite.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<Case> All() =>
    [
        .. GoodLogs.All.Select(good => new Case($"good: {good.Key}", 0, [], stage => [stage.Put(good.Value()).Log])),
        .. BrokenRules.All.Select(broken => new Case($"rule: {broken.Name}", 1, [$"3 entry {broken.Entry}"], stage => [stage.Put(broken.Log()).Log])),
        .. Cases.All,
    ];

    [Fact]
    public async Task Every_case_ends_as_it_must()
    {
        var wrong = new StringBuilder();
        var stage = new Stage(site, folder);
        foreach (var one in All())
        {
            var run = await Reader.RunAsync(["list", .. one.Arguments(stage)]);
            if (!IsRight(one, run)) wrong.Append(one.Name).Append(": ").Append(run.ExitStatus).Append('\n').Append(run.Output).Append(run.Error);
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    [Fact]
    public async Task A_verifier_in_another_language_agrees_on_every_case()
    {
        using var python = Start();
        var wrong = new StringBuilder();
        var stage = new Stage(site, folder);
        // Each reads a site of its own, as some answer differently the second time.
        foreach (var one in All())
        {
            var ours = await Reader.RunAsync(["list", .. one.Arguments(stage)]);
            var theirs = await AskAsync(python, [.. one.Arguments(stage), "--now", "2026-03-01T09:30:00Z", "--no-wait"]);
            if (!Agree(ours, theirs))
                wrong.Append(one.Name).Append(":\nours ").Append(ours.ExitStatus).Append(' ').Append(ours.Output).Append(ours.Error).Append("theirs ").Append(theirs.ExitStatus).Append(' ').Append(theirs.Output).Append(theirs.Error);
        }
        python.StandardInput.Close();
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    [Fact]
    public async Task The_verifier_in_another_language_reads_a_copy_in_a_plain_folder_too()
    {
        using var python = Start();
        var log = GoodLogs.All["300 entries in batches of ten"]();
        foreach (var (path, bytes) in log.Files())
        {
            var file = Path.Combine(folder, "log", path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        }
        var ours = await Reader.RunAsync("list", site.Add(log).Log);
        Assert.Equal(ours.Output, (await AskAsync(python, [Path.Combine(folder, "log"), "--thorough"])).Output);
        python.StandardInput.Close();
    }

    private static bool IsRight(Case one, Reader run) =>
        run.ExitStatus == one.ExitStatus && run.Fails.Count() == one.Fails.Length
        && run.Fails.Zip(one.Fails).All(pair => pair.First.StartsWith($"FAIL {pair.Second}", StringComparison.Ordinal));

    private static bool Agree(Reader ours, Reader theirs) =>
        ours.ExitStatus == theirs.ExitStatus && (ours.ExitStatus == 0
            ? ours.Output == theirs.Output
            : ours.Fails.Select(fail => fail.Split(' ')[1]).SequenceEqual(theirs.Fails.Select(fail => fail.Split(' ')[1])));

    internal static Process Start()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Undersigned.slnx"))) root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("the tests do not run in the project's folder");
        const string interpreter = "/usr/bin/python3";
        Assert.True(File.Exists(interpreter), $"{interpreter} is missing; ./test installs it");
        var start = new ProcessStartInfo(interpreter, ["-B", Path.Combine(root, "tests", "interop", "agree.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        return Process.Start(start)!;
    }

    private static async Task<Reader> AskAsync(Process python, string[] arguments)
    {
        await python.StandardInput.WriteLineAsync(JsonSerializer.Serialize(arguments));
        await python.StandardInput.FlushAsync();
        var line = await python.StandardOutput.ReadLineAsync();
        Assert.True(line is not null, "the verifier in Python does not run; it needs Debian's python3-cryptography, which ./test installs");
        using var answer = JsonDocument.Parse(line);
        return new Reader(answer.RootElement.GetProperty("status").GetInt32(), answer.RootElement.GetProperty("output").GetString()!, answer.RootElement.GetProperty("error").GetString()!);
    }
}
