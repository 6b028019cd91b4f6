using System.Diagnostics;
using System.Globalization;
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
/// Pages of the list and searches by name, none of them from the cache, on each engine and at three sizes: the way through the list must cost
/// the same whatever its length. Rows as the sequencer leaves them, without a log behind.
/// </summary>
internal static class ListsBench
{
    private const int Asked = 500;
    private static readonly (string Slug, int Lines)[] Letters = [("thousand", 1_000), ("hundred-thousand", 100_000), ("million", 1_000_000)];

    public static async Task<int> RunAsync(string folder, string? postgres)
    {
        Write($"Over HTTP on loopback, one request after the other, {Asked} of each kind, no page asked for twice; a page is a hundred names with the form to narrow the list. Names are drawn from {SomeNames.Given:N0} given and {SomeNames.Family:N0} family names.\n");
        await MeasureAsync("SQLite", new Instance { DataFolder = Path.Combine(folder, "data"), PublicUrl = new Uri("http://127.0.0.1") });
        if (postgres is not null)
            await MeasureAsync("PostgreSQL", new Instance { DataFolder = Path.Combine(folder, "data-postgres"), PublicUrl = new Uri("http://127.0.0.1"), Database = postgres });
        return 0;
    }

    private static async Task MeasureAsync(string engine, Instance instance)
    {
        await Migrations.RunAsync(instance);
        await using var app = App.Build(instance, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
        });
        foreach (var (slug, lines) in Letters)
        {
            await Console.Error.WriteLineAsync($"{engine}: {lines} names");
            await PagesBench.SeedAsync(app, instance, slug, lines, SomeNames.Of);
        }
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<UndersignedDb>>().CreateDbContextAsync())
            // What autovacuum does by itself some minutes after so many inserts.
            if (db.Database.IsNpgsql())
                await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE line");
        await app.StartAsync();
        await app.Services.GetRequiredService<PublishedLetters>().RefreshAsync(CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromMinutes(10) };
        Write($"| {engine} | names | p50 ms | p99 ms | ÷ 1,000 names, p50 |");
        Write($"|---|---:|---:|---:|---:|");
        var firsts = new Dictionary<string, double>();
        foreach (var (slug, lines) in Letters)
        {
            // Counting what a list can be narrowed by, and reading its words, happens once a change of the list.
            var clock = Stopwatch.StartNew();
            await client.GetStringAsync($"/letters/{slug}/signatories?after=1");
            var counted = clock.Elapsed;
            clock.Restart();
            await client.GetStringAsync($"/letters/{slug}/signatories?q=qqqqq");
            await Console.Error.WriteLineAsync($"{engine}, {lines} names: first page {counted.TotalMilliseconds:N0} ms, first search {clock.ElapsedMilliseconds:N0} ms");
            foreach (var (kind, paths) in Requests(slug, lines))
            {
                var times = new List<double>();
                foreach (var path in paths)
                {
                    var start = Stopwatch.GetTimestamp();
                    using var answer = await client.GetAsync(path);
                    answer.EnsureSuccessStatusCode();
                    await answer.Content.ReadAsByteArrayAsync();
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
                times.Sort();
                var (middle, worst) = (times[times.Count / 2], times[times.Count * 99 / 100]);
                firsts.TryAdd(kind, middle);
                Write($"| {kind} | {lines:N0} | {middle:N1} | {worst:N1} | {middle / firsts[kind]:N2} |");
            }
        }
        Write($"");
        await app.StopAsync();
    }

    private static IEnumerable<(string Kind, IEnumerable<string> Paths)> Requests(string slug, int lines)
    {
        var random = new Random(1143);
        var list = $"/letters/{slug}/signatories";
        yield return ("page", Some().Distinct().Select(n => $"{list}?after={n}"));
        yield return ("search: a whole name", Some().Select(n => $"{list}?q={Uri.EscapeDataString(SomeNames.Of(n))}"));
        yield return ("search: a family name", Some().Select(n => $"{list}?q={Uri.EscapeDataString(SomeNames.Of(n).Split(' ')[^1])}"));
        yield return ("search: a whole name with a slip", Some().Select(n => $"{list}?q={Uri.EscapeDataString(Slip(SomeNames.Of(n), random))}"));
        yield return ("search: nobody of that name", Some().Select(n => $"{list}?q={Uri.EscapeDataString(Slip(Slip(Slip(Slip(SomeNames.Of(n), random), random), random), random))}"));

        List<int> Some() => [.. Enumerable.Range(0, Asked).Select(_ => random.Next(1, lines))];
    }

    private static string Slip(string name, Random random)
    {
        var at = random.Next(1, name.Length - 1);
        return name[..at] + (char)('a' + random.Next(26)) + name[(at + 1)..];
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Invented names of syllables, some much commoner than others, as names are.</summary>
internal static class SomeNames
{
    public const int Given = 4_000;
    public const int Family = 40_000;

    private static readonly string[] Starts = ["Mar", "Jo", "An", "El", "Ka", "Ste", "Tho", "Ro", "Lu", "Be", "Da", "Vi", "Ol", "Sa", "Fre", "Wil", "Hu", "Ni", "Gre", "Tam"];
    private static readonly string[] Middles = ["i", "a", "e", "o", "ri", "la", "ne", "sto", "ber", "van", "den", "ka", "mi", "do", "lin", "ros", "tha", "wen", "gar", "shi"];
    private static readonly string[] Ends = ["n", "a", "son", "ez", "ova", "berg", "man", "ski", "ton", "elli", "sen", "ira", "dal", "wick", "ides", "oğlu", "mann", "croft", "by", "ard"];

    public static string Of(int number)
    {
        var random = new Random(number);
        return $"{Word(Common(random, Given))} {Word(Common(random, Family) * 7 + 3)}";
    }

    // The square of a chance: the first names are many people's.
    private static int Common(Random random, int most) => (int)(Math.Pow(random.NextDouble(), 2) * most);

    private static string Word(int n) =>
        Starts[n % 20] + Middles[n / 20 % 20] + (n >= 8_000 ? Middles[n / 8_000 % 20] : "") + Ends[n / 400 % 20] + (n >= 160_000 ? Ends[n / 160_000 % 20] : "");
}
