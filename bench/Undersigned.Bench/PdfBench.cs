using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Model;

namespace Undersigned.Bench;

/// <summary>Letter and names as a PDF by the host's Chromium: seconds, the most memory that it and its children held, and what this process held.</summary>
internal static class PdfBench
{
    private static readonly (string Slug, int Lines)[] Letters = [("small", 2_600), ("middle", 20_000), ("large", 100_000)];

    public static async Task<int> RunAsync(string folder)
    {
        var instance = new Instance { DataFolder = Path.Combine(folder, "data"), PublicUrl = new Uri("http://127.0.0.1"), Chromium = Programs.Chromium() };
        if (instance.Chromium is null)
        {
            await Console.Error.WriteLineAsync("There is no Chromium on this machine.");
            return 2;
        }
        await Migrations.RunAsync(instance);
        Write($"One server on SQLite, {Path.GetFileName(instance.Chromium)} of the host; lists of more than 5,000 names in parts, one after the other, joined by qpdf. Memory is what is held at once, looked at ten times a second: Chromium with its children (pages they share counted once), and this server.\n");
        Write($"| names | seconds | pages | MB | Chromium's peak, MB | the server's peak, MB |");
        Write($"|---:|---:|---:|---:|---:|---:|");
        foreach (var (slug, lines) in Letters)
            await MeasureAsync(instance, slug, lines);
        return 0;
    }

    private static async Task MeasureAsync(Instance instance, string slug, int lines)
    {
        await using var app = App.Build(instance, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
        });
        await PagesBench.SeedAsync(app, instance, slug, lines);
        var databases = app.Services.GetRequiredService<IDbContextFactory<UndersignedDb>>();
        await AddEditionAsync(databases, slug, lines);
        GC.Collect();
        var clock = Stopwatch.StartNew();
        await app.StartAsync();
        var (chromium, server) = (0L, 0L);
        LetterPdf? made = null;
        while (made is null)
        {
            await Task.Delay(100);
            (chromium, server) = (Math.Max(chromium, ChildrenKilobytes()), Math.Max(server, Environment.WorkingSet));
            await using var db = await databases.CreateDbContextAsync();
            made = await db.Pdfs.AsNoTracking().SingleOrDefaultAsync(p => db.Letters.Any(l => l.Id == p.LetterId && l.Slug == slug) && (p.State == PdfState.Made || p.State == PdfState.Failed));
        }
        if (made.State == PdfState.Failed)
            throw new InvalidOperationException(made.Trouble);
        Write($"| {lines:N0} | {clock.Elapsed.TotalSeconds:N0} | {made.Pages:N0} | {made.Length / 1_000_000.0:N1} | {chromium / 1000:N0} | {server / 1_000_000:N0} |");
        await app.StopAsync();
    }

    private static async Task AddEditionAsync(IDbContextFactory<UndersignedDb> databases, string slug, int lines)
    {
        await using var db = await databases.CreateDbContextAsync();
        var letter = await db.Letters.SingleAsync(l => l.Slug == slug);
        var post = new LetterPost { LetterId = letter.Id, Kind = PostKind.Edition, Text = [], TextHash = new byte[32], At = letter.CreatedAt, LeafIndex = 0 };
        db.Posts.Add(post);
        await db.SaveChangesAsync();
        db.Editions.Add(new Edition { LetterId = letter.Id, Number = 1, Size = lines + 1, At = letter.CreatedAt, Standing = lines, Added = lines, PostId = post.Id });
        await db.SaveChangesAsync();
    }

    // Proportional set size: what processes share is divided among them.
    private static long ChildrenKilobytes()
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), out _)))
            if (Read(Path.Combine(folder, "stat")) is { } stat)
                parents[int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)] = int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);
        return parents.Keys.Where(IsOurs).Sum(id => Read($"/proc/{id}/smaps_rollup") is { } rollup && rollup.IndexOf("\nPss:", StringComparison.Ordinal) is > 0 and var at
            ? long.Parse(rollup[(at + 5)..rollup.IndexOf("kB", at, StringComparison.Ordinal)].Trim(), CultureInfo.InvariantCulture) : 0);

        bool IsOurs(int id) => parents.TryGetValue(id, out var parent) && (parent == Environment.ProcessId || IsOurs(parent));
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
