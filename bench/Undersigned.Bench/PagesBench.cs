using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Model;

namespace Undersigned.Bench;

/// <summary>
/// Public pages against nginx serving the very same bytes from disk: both on loopback, one after the other in turns, driven by wrk.
/// The lists are rows as the sequencer leaves them, without a log behind.
/// </summary>
internal static partial class PagesBench
{
    private const int NginxPort = 5391;
    private const int Rounds = 3;
    private static readonly (string Slug, int Lines)[] Letters = [("small", 2_600), ("large", 100_000)];

    public static async Task<int> RunAsync(string folder)
    {
        var instance = new Instance { DataFolder = Path.Combine(folder, "data"), PublicUrl = new Uri("http://127.0.0.1") };
        await Migrations.RunAsync(instance);
        await using var app = App.Build(instance, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
        });
        foreach (var (slug, lines) in Letters)
            await SeedAsync(app, instance, slug, lines);
        await app.StartAsync();
        await app.Services.GetRequiredService<PublishedLetters>().RefreshAsync(CancellationToken.None);
        var ours = app.Urls.First();
        var pages = await SaveAsync(ours, Path.Combine(folder, "www"));
        using var nginx = StartNginx(folder);
        try
        {
            await PrintFirstVisitAsync(ours);
            await PrintPagesAsync(ours, pages);
        }
        finally
        {
            nginx.Kill(entireProcessTree: true);
        }
        await app.StopAsync();
        return 0;
    }

    internal static async Task SeedAsync(WebApplication app, Instance instance, string slug, int lines, Func<int, string>? names = null)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<UndersignedDb>>().CreateDbContextAsync();
        var opened = new DateTimeOffset(2026, 2, 16, 6, 0, 0, TimeSpan.Zero);
        var letter = SomeLetter(slug, opened);
        db.Letters.Add(letter);
        await db.SaveChangesAsync();
        RevisionWriter.Fix(db, letter, opened);
        var counts = new ListCounts { Signed = lines, Standing = lines, Email = lines };
        var root = SHA256.HashData(BitConverter.GetBytes(lines));
        db.Logs.Add(new LetterLog { LetterId = letter.Id, Origin = instance.OriginOf(slug), TreeSize = lines + 1, PublishedSize = lines + 1, Root = root, LastEntryAt = opened, Counts = counts });
        db.Checkpoints.Add(new LogCheckpoint { LetterId = letter.Id, Size = lines + 1, Root = root, EntryAt = opened, Note = "", Revision = 1, Counts = counts });
        await db.SaveChangesAsync();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var batch in Enumerable.Range(1, lines).Chunk(5_000))
        {
            var signatures = batch.Select(n => new Signature { LetterId = letter.Id, Revision = 1, State = SignatureState.Listed, Number = n }).ToList();
            db.Signatures.AddRange(signatures);
            await db.SaveChangesAsync();
            db.Lines.AddRange(signatures.Select(s => LineOf(letter, s, opened, (names ?? SomeName)(s.Number!.Value))));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }

    private static Line LineOf(Letter letter, Signature signature, DateTimeOffset since, string name)
    {
        var number = signature.Number!.Value;
        var shown = new ShownLine(name, Offices[number % Offices.Length], Bodies[number % Bodies.Length], [new YearSpan(1980 + number % 30, 2011 + number % 14)], null);
        return new Line
        {
            LetterId = letter.Id,
            LeafIndex = number,
            RecordIndex = number,
            SignatureId = signature.Id,
            Number = number,
            Level = SignatureLevel.Email,
            Salt = new byte[32],
            Record = shown.ToRecord(),
            Since = since,
            Name = shown.Name,
            SortName = NameFolding.SortKey(shown.Name),
            FoldedName = NameFolding.Fold(shown.Name),
        };
    }

    // Each page as a browser that takes Brotli gets it, saved for nginx to serve.
    private static async Task<List<(string Name, string Path, int Bytes, double Seconds)>> SaveAsync(string ours, string www)
    {
        Directory.CreateDirectory(www);
        using var client = new HttpClient { BaseAddress = new Uri(ours) };
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        var pages = new List<(string, string, int, double)>();
        foreach (var (slug, lines) in Letters)
            foreach (var (name, path) in new[] { ("letter", $"/letters/{slug}"), ("first page of the list", $"/letters/{slug}/signatories"), ("whole list", $"/letters/{slug}/signatories/all") })
            {
                var clock = Stopwatch.StartNew();
                var bytes = await client.GetByteArrayAsync(path);
                pages.Add(($"{name}, {lines.ToString("N0", CultureInfo.InvariantCulture)} lines", path, bytes.Length, clock.Elapsed.TotalSeconds));
                var file = www + path + ".html";
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllBytesAsync(file, bytes);
            }
        return pages;
    }

    private static Process StartNginx(string folder)
    {
        var configuration = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off;
            worker_processes {{Environment.ProcessorCount}};
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/nginx.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              open_file_cache max=100;
              keepalive_requests 100000000;
              server {
                listen 127.0.0.1:{{NginxPort}};
                root {{folder}}/www;
                default_type text/html;
                location / { try_files $uri.html =404; types {} default_type "text/html; charset=utf-8"; add_header Content-Encoding br; add_header Cache-Control "public, max-age=0, must-revalidate"; }
              }
            }
            """);
        var nginx = Process.Start(new ProcessStartInfo("nginx", ["-c", configuration, "-e", Path.Combine(folder, "nginx.log")]) { RedirectStandardError = true })!;
        Thread.Sleep(500);
        return nginx.HasExited ? throw new InvalidOperationException("nginx did not start: " + nginx.StandardError.ReadToEnd()) : nginx;
    }

    private static async Task PrintFirstVisitAsync(string ours)
    {
        var visit = await FirstVisit.MeasureAsync(new Uri(ours), "/letters/small");
        Write($"A first visit to the letter's page is {visit.Requests} requests and {visit.Bytes:N0} bytes of bodies, compressed (page {visit.PageBytes:N0}); aim: 3 and 14,000.\n");
    }

    private static async Task PrintPagesAsync(string ours, List<(string Name, string Path, int Bytes, double Seconds)> pages)
    {
        Write($"wrk, {Threads} threads, 32 connections, 4 seconds each, the two in turns, median of {Rounds} rounds; server, nginx and wrk share the machine's {Environment.ProcessorCount} cores. Both send the same compressed bytes; nginx from disk (its cache of open files on), we from memory.\n");
        Write($"| page | bytes | drawn in ms | ours, requests/s | nginx, requests/s | ours ÷ nginx | ours p99 ms | nginx p99 ms |");
        Write($"|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, path, bytes, seconds) in pages)
        {
            List<(double PerSecond, double P99)> we = [], they = [];
            for (var round = 0; round < Rounds; round++)
            {
                we.Add(await WrkAsync(ours + path));
                they.Add(await WrkAsync($"http://127.0.0.1:{NginxPort}{path}"));
            }
            var (us, them) = (Median(we.Select(r => r.PerSecond)), Median(they.Select(r => r.PerSecond)));
            Write($"| {name} | {bytes:N0} | {seconds * 1000:N0} | {us:N0} | {them:N0} | {us / them:N2} | {Median(we.Select(r => r.P99)):N1} | {Median(they.Select(r => r.P99)):N1} |");
        }
    }

    private static int Threads => Math.Max(1, Environment.ProcessorCount / 2);

    private static async Task<(double PerSecond, double P99)> WrkAsync(string url)
    {
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t", Threads.ToString(CultureInfo.InvariantCulture), "-c", "32", "-d", "4s", "--latency", "-H", "Accept-Encoding: br", url]) { RedirectStandardOutput = true })!;
        var text = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (text.Contains("Non-2xx", StringComparison.Ordinal))
            throw new InvalidOperationException($"{url} did not answer 200: {text}");
        return (Number(PerSecond().Match(text).Groups[1].Value), Milliseconds(P99().Match(text)));
    }

    private static double Milliseconds(Match m) => Number(m.Groups[1].Value) * (m.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1000 });

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex P99();

    private static readonly string[] Given = ["Ottoline", "Tadeusz", "Celestine", "Nkiruka", "Bartholomew", "Ximena", "Jorunn", "Þórhildur", "Aurelio", "Marzanna", "Perpetua", "Wilhelmina", "Theodora", "Cyprian", "Dagny", "Eero", "Fatma", "Gunnar", "Hedvig"];
    private static readonly string[] Family = ["Brandt", "Okonjo", "Wierzbołowicz", "Halvorsrud", "Quillfeather", "Ståhl", "Ilustre", "Vandersloot", "Vesterhavsgård", "Æsmundardóttir", "Montferran", "Dobrowieska", "Hale", "Carrowgate", "Lunt", "Coldwinter", "Ekelund", "Górska", "Jansen", "Ravn", "Achterberg", "Óladóttir", "Vance"];
    private static readonly string[] Offices = ["Chief Inspector of Dams", "Senior inspector", "Lock-keeper, later district superintendent", "Head of budget", "Principal hydrologist", "Materials examiner"];
    private static readonly string[] Bodies = ["Inspectorate of Dams and Locks", "Directorate-General for Structural Safety", "Canal and Towpath Administration", "Ministry of Waterways", "Institute of Hydrology and Sediment Studies"];

    private static string SomeName(int n) => $"{Given[n % Given.Length]} {Family[n / 19 % Family.Length]}-{Family[(n / 437 + n) % Family.Length]}";

    private static Letter SomeLetter(string slug, DateTimeOffset opened) => new()
    {
        Slug = slug,
        State = LetterState.Published,
        CreatedAt = opened,
        PublishedAt = opened,
        Title = "Let the inspectors publish what they find",
        Addressees = "The Minister of Waterways; the Assembly’s Committee on Public Safety",
        Organiser = "Weirkeepers",
        PressContact = "letters@weirkeepers.example",
        Eligibility = "Former and serving staff of the waterways administration",
        Body = """
            Minister,

            We built, measured, inspected and defended the dams, locks and dykes of this country. Some of us began when water was still read by lamp from an iron staff; some of us left our desks last autumn. We served under seven governments, of both parties, and each of us disagreed with most of them about something. None of us ever doubted that an inspector who finds a crack may write down that there is a crack.

            On 12 January you ordered that no report of the Inspectorate of Dams and Locks be published, or passed to the Assembly, before your office has approved its wording.[^1] Eleven reports have been finished since. None has appeared.[^2]

            Three inspectors who asked to see the order in writing have been moved to posts without duties. One of them had reported on a gallery above a town of nine thousand people. The report is finished. The town has not read it.

            This is not a quarrel between parties, nor one among engineers. The act under which the Inspectorate works is forty-four years old, and one sentence in it has survived every revision: *the inspector reports what is found, to those who live below it.*

            We know the arguments for waiting. Reports alarm people. Figures are misread. Repairs cost money that nobody has voted. We have heard these arguments at our own desks, and some of us have made them. None of them has ever held up a wall. A dam does not read the version that was agreed.

            [^1]: Ministerial Order 2026/03, “Coordination of technical communications”, 12 January 2026, article 2.
            [^2]: Register of the Inspectorate, entries 2026-001 to 2026-011, as read on 14 February 2026.
            """,
        Demands =
        [
            "withdraw the order of 12 January, and publish the eleven finished reports within fourteen days, as their authors signed them;",
            "return the three inspectors to their posts, and state in writing that nobody will be moved, downgraded or dismissed for a finding made in good faith;",
            "lay before the Assembly, before the spring session ends, a bill that gives the Inspectorate its own budget and its head a term that outlasts a government.",
        ],
    };
}
