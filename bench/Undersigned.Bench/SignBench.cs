using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Model;

namespace Undersigned.Bench;

/// <summary>
/// Signing and confirming through `undersigned serve`, a process of its own, against what the engine can do by itself; then how long it takes
/// until one who was let in can be read, with the checkpoint that proves it.
/// </summary>
internal static partial class SignBench
{
    public const string LetterPath = "/letters/bench";

    private const int AtOnce = 32;
    private const int WarmUp = 400;
    private const int Stories = 1_500;
    private const int Looks = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private static int signed;

    /// <param name="folder">For data; on the disk that is to be measured.</param>
    /// <param name="server">Connection string of a PostgreSQL server, or null.</param>
    public static async Task<int> RunAsync(string folder, string? server)
    {
        Write($"`serve` is a process of its own; {AtOnce} signers at once send their next request when the last is answered, over loopback, each from a network of its own (X-Forwarded-For from a trusted proxy). Each row is {Stories:N0} requests; the last of each engine {Stories:N0} signers from the form to the confirmation. No mail server: mails are queued in the signature's transaction and wait. The letter asks for no glance, so that a confirmation lets in. A bare insert is {BareInserts.RowBytes} bytes, about a signature and its mail. Processor time is of `serve`, and of the signers, who share the {Environment.ProcessorCount} cores with it.\n");
        await EngineAsync("SQLite", Path.Combine(folder, "sqlite"), null);
        if (server is not null)
            await EngineAsync("PostgreSQL", Path.Combine(folder, "postgres"), await NewDatabaseAsync(server));
        return 0;
    }

    private static async Task<string> NewDatabaseAsync(string server)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("CREATE DATABASE bench", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server) { Database = "bench" }.ToString();
    }

    private static async Task EngineAsync(string engine, string folder, string? database)
    {
        var instance = new Instance { DataFolder = folder, PublicUrl = new Uri("http://letters.example"), Database = database };
        Directory.CreateDirectory(folder);
        await Migrations.RunAsync(instance);
        await PublishAsync(instance);
        Write($"| {engine} | a second | p50 ms | p99 ms | ms of `serve` each | ms of the signer each | ÷ bare, one each | ÷ bare, grouped |");
        Write($"|---|---:|---:|---:|---:|---:|---:|---:|");
        var (single, grouped) = database is null ? await BareSqliteAsync(folder) : await BarePostgresAsync(database);

        await using var program = await RunningProgram.StartAsync(["serve", "--data", folder, "--url", "http://letters.example", "--port", "0", "--trusted-proxies", "127.0.0.1"], database);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = AtOnce };
        using var client = new HttpClient(handler) { BaseAddress = program.Url, Timeout = TimeSpan.FromSeconds(30) };
        var run = new Run(program, client, InstanceKeys.Open(instance), single, grouped);
        signed = 0;
        await VisibleAsync(client, 0);
        await SignAsync(run);
        await LookAsync(run, engine);
    }

    private static async Task<(Pace Single, Pace Grouped)> BareSqliteAsync(string folder)
    {
        var file = Path.Combine(folder, "bare.db");
        var single = await BareInserts.SqliteAsync(file, 600, 1);
        var grouped = await BareInserts.SqliteAsync(file, 100, AtOnce);
        Write($"| bare insert, one a commit | {single} | | | | |");
        Write($"| bare insert, {AtOnce} a commit | {grouped} | | | | |");
        return (single, grouped);
    }

    private static async Task<(Pace Single, Pace Grouped)> BarePostgresAsync(string database)
    {
        var alone = await BareInserts.PostgresAsync(database, 1, 600, 1);
        var single = await BareInserts.PostgresAsync(database, 4, 1_200, 1);
        var grouped = await BareInserts.PostgresAsync(database, 4, 400, AtOnce / 4);
        Write($"| bare insert, one a commit, one connection | {alone} | | | | |");
        Write($"| bare insert, one a commit, four connections | {single} | | | | |");
        Write($"| bare insert, {AtOnce / 4} a commit, four connections | {grouped} | | | | |");
        return (single, grouped);
    }

    private static async Task PublishAsync(Instance instance)
    {
        var options = new DbContextOptionsBuilder<UndersignedDb>();
        Database.Use(options, instance);
        await using var db = new UndersignedDb(options.Options);
        var now = TimeProvider.System.GetUtcNow();
        var letter = new Letter { Slug = "bench", CreatedAt = now, Title = "Let the inspectors publish what they find", Body = "Minister,\n\nThe report is finished. The town has not read it.", Organiser = "Weirkeepers", GlanceRequired = false };
        db.Letters.Add(letter);
        await db.SaveChangesAsync();
        db.Publish(letter, now);
        await db.SaveChangesAsync();
    }

    private static async Task SignAsync(Run run)
    {
        await PaceAsync(run, NewSigners(run, WarmUp), s => s.WholeStoryAsync());
        var signers = NewSigners(run, Stories);
        await PrintAsync(run, "open the form", signers, s => s.OpenFormAsync());
        await PrintAsync(run, "**sign**: send the form", signers, s => s.SignAsync(), isWrite: true);
        await PrintAsync(run, "open the code’s page", signers, s => s.OpenCodeAsync());
        await PrintAsync(run, "**confirm**: send the digits", signers, s => s.ConfirmAsync(), isWrite: true);
        var last = await VisibleAsync(run.Client, signed);
        await PrintAsync(run, "all four, a signer", NewSigners(run, Stories), s => s.WholeStoryAsync());
        var lastOfAll = await VisibleAsync(run.Client, signed);
        Write($"\nAfter the last of {Stories:N0} confirmations that came at once, all were on the page, with a checkpoint, within {last / 1000:N1} s; after the mixed row within {lastOfAll / 1000:N1} s.");
    }

    private static List<Signer> NewSigners(Run run, int count)
    {
        signed += count;
        return [.. Enumerable.Range(signed - count, count).Select(n => new Signer(run.Client, run.Keys, n))];
    }

    private static async Task PrintAsync(Run run, string what, List<Signer> signers, Func<Signer, Task> act, bool isWrite = false)
    {
        var (program, own) = (run.Program.ProcessorTime, Environment.CpuUsage.TotalTime);
        var pace = await PaceAsync(run, signers, act);
        var (serve, mine) = ((run.Program.ProcessorTime - program).TotalMilliseconds / signers.Count, (Environment.CpuUsage.TotalTime - own).TotalMilliseconds / signers.Count);
        var ratios = isWrite ? string.Create(CultureInfo.InvariantCulture, $"{pace.PerSecond / run.Single.PerSecond:N2} | {pace.PerSecond / run.Grouped.PerSecond:N2}") : "|";
        Write($"| {what} | {pace} | {serve:N2} | {mine:N2} | {ratios} |");
    }

    private static async Task<Pace> PaceAsync(Run run, List<Signer> signers, Func<Signer, Task> act)
    {
        var (next, times, clock) = (-1, new double[signers.Count], Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < signers.Count;)
            {
                if (run.Clock.Elapsed > Longest)
                    throw new TimeoutException($"{Longest} are over.");
                var from = Stopwatch.GetTimestamp();
                await act(signers[i]);
                times[i] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            }
        })));
        return Pace.Of(times, clock.Elapsed);
    }

    /// <summary>One at a time, at different moments of the second.</summary>
    private static async Task LookAsync(Run run, string engine)
    {
        var waits = new List<double>();
        for (var i = 0; i < Looks; i++)
        {
            await Task.Delay(i * 137 % 1_000);
            await NewSigners(run, 1)[0].WholeStoryAsync();
            waits.Add(await VisibleAsync(run.Client, signed));
        }
        waits.Sort();
        Write($"\nLet in → on the letter’s page and under a checkpoint, {engine}, one at a time: median {waits[waits.Count / 2]:N0} ms, worst of {Looks} {waits[^1]:N0} ms; aim: 2,000.\n");
    }

    /// <summary>Milliseconds until the checkpoint and the letter's page both count everybody who was let in; looks every 10.</summary>
    private static async Task<double> VisibleAsync(HttpClient client, int standing)
    {
        var clock = Stopwatch.StartNew();
        while (await StandingAsync(client) < standing)
        {
            if (clock.Elapsed > TimeSpan.FromMinutes(1))
                throw new TimeoutException("The list does not come.");
            await Task.Delay(10);
        }
        return clock.Elapsed.TotalMilliseconds;
    }

    // The log has one entry, `open`, before the first signature.
    private static async Task<int> StandingAsync(HttpClient client)
    {
        using var checkpoint = await client.GetAsync(LetterPath + "/log/checkpoint");
        if (!checkpoint.IsSuccessStatusCode)
            return -1;
        var size = int.Parse((await checkpoint.Content.ReadAsStringAsync()).Split('\n')[1], CultureInfo.InvariantCulture);
        using var page = await client.GetAsync(LetterPath);
        if (!page.IsSuccessStatusCode)
            return -1;
        var shown = int.Parse(Standing().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value, CultureInfo.InvariantCulture);
        return Math.Min(size - 1, shown);
    }

    [GeneratedRegex("data-undersigned-standing=\"(\\d+)\"")]
    private static partial Regex Standing();

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Run(RunningProgram Program, HttpClient Client, InstanceKeys Keys, Pace Single, Pace Grouped)
    {
        public Stopwatch Clock { get; } = Stopwatch.StartNew();
    }
}
