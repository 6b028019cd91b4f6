using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.SignatoryList;

public sealed class FilterTests(FilterTests.Weirs weirs) : IClassFixture<FilterTests.Weirs>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly Era[] Eras =
    [
        new("Ashdown", 1979, 1985, "Lantern"), new("Birk", 1985, 1986, "Orchard"), new("Corvo", 1986, 1996, "Orchard"), new("Dahl", 1996, 2004, "Lantern"), new("Egan", 2004, null, null),
    ];

    /// <summary>150 lines drawn at random from few values, so that many meet.</summary>
    public sealed class Weirs : IAsyncLifetime
    {
        private static readonly string?[] Organizations = ["Weir Office", "WEIR OFFICE", "Inspectorate of Dams and Locks", "Court of Public Audit", null];
        private static readonly string?[] Positions = ["Inspector", "inspector", "Clerk", "Deputy Director", null];
        private static readonly string?[] Places = ["Lindenmoor", "lindenmoor", "Upper Sarn", null];
        private static readonly SignatureLevel[] Levels = [SignatureLevel.Email, SignatureLevel.Known, SignatureLevel.Roster];

        internal int Seed { get; } = Environment.TickCount;
        internal TestApp App { get; private set; } = null!;
        internal HttpClient Visitor { get; private set; } = null!;
        internal List<(int Number, SignatureLevel Level, ShownLine Line)> Lines { get; } = [];

        public async ValueTask InitializeAsync()
        {
            App = await TestApp.StartAsync();
            Visitor = App.Client();
            var letter = await SeededLetter.PublishAsync(App, "weirs", l => l.Eras = [.. Eras]);
            var random = new Random(Seed);
            foreach (var level in Levels)
            {
                var some = Enumerable.Range(0, 50).Select(_ => Some(random)).ToArray();
                var before = Lines.Count;
                Lines.AddRange(some.Select((line, i) => (before + i + 1, level, line)));
                await letter.SignAsync(level, some);
            }
            await letter.WithdrawAsync(7);
            Lines.RemoveAll(l => l.Number == 7);
        }

        private static ShownLine Some(Random random)
        {
            T Of<T>(T[] values) => values[random.Next(values.Length)];
            var posts = Enumerable.Range(0, random.Next(3)).Select(_ =>
            {
                var from = random.Next(1975, 2015);
                return new Post(Of(Positions), Of(Organizations), random.Next(4) == 0 ? null : new YearSpan(from, random.Next(6) == 0 ? null : from + random.Next(12)));
            });
            return ShownLine.Of($"{(char)('A' + random.Next(26))}da Okafor", [.. posts], Of(Places));
        }

        public async ValueTask DisposeAsync()
        {
            Visitor.Dispose();
            await App.DisposeAsync();
        }
    }

    // A second opinion, year by year.
    private static bool IsUnder(Era era, LinePost post)
    {
        if (post.FromYear is not { } from)
            return false;
        bool Serves(int year) => year >= from && year <= (post.ToYear ?? 2100);
        var years = Enumerable.Range(era.From, (era.To ?? 2100) - era.From + 1).ToList();
        bool IsChange(int year) => Eras.Any(e => e != era && (year == era.From && e.To == year || year == era.To && e.From == year));
        var own = years.Where(y => !IsChange(y)).ToList();
        return own.Count > 0 ? own.Any(Serves) : years.All(Serves);
    }

    private IEnumerable<int> Naive(Func<LinePost, bool>? office = null, SignatureLevel? level = null, string? place = null) => weirs.Lines
        .Where(l => (level is null || l.Level == level) && (place is null || l.Line.Location is { } at && NameFolding.Fold(at) == place))
        .Where(l => office is null || ListedPosts.Of(l.Line, 1, 1).Any(office))
        .Select(l => l.Number).Order();

    private async Task<List<int>> AskAsync(string query)
    {
        var page = JsonDocument.Parse(await weirs.Visitor.GetStringAsync("/letters/weirs/signatories.json?" + query, Ct)).RootElement;
        var found = page.GetProperty("signatories").EnumerateArray().Select(s => s.GetProperty("signatory").GetInt32()).Order().ToList();
        Assert.False(page.GetProperty("complete").GetBoolean());
        return found;
    }

    [Fact]
    public async Task The_list_narrowed_by_anything_is_what_counting_by_hand_finds()
    {
        var seen = new List<int>();
        foreach (var organization in new[] { "weir office", "Court of Public Audit", "no such office" })
            foreach (var era in Eras)
                foreach (var level in new SignatureLevel?[] { null, SignatureLevel.Known })
                {
                    var found = await AskAsync($"organization={Uri.EscapeDataString(organization)}&era={era.Key}&level={level}");
                    Assert.True(
                        Naive(p => p.FoldedOrganization == NameFolding.Fold(organization) && IsUnder(era, p), level).SequenceEqual(found),
                        $"seed {weirs.Seed}: {organization}, {era.Name}, {level}");
                    seen.Add(found.Count);
                }
        Assert.Contains(seen, n => n > 0);
        Assert.Equal(Naive(p => p.FoldedPosition == "inspector" && p.FromYear <= 1995 && (p.ToYear ?? 9999) >= 1990), await AskAsync("position=Inspector&from-year=1990&to-year=1995"));
        Assert.Equal(Naive(p => p.FromYear <= 1990 && (p.ToYear ?? 9999) >= 1990, place: "lindenmoor"), await AskAsync("from-year=1990&place=LINDENMOOR"));
        Assert.Empty(await AskAsync("era=1901-1902"));
    }

    [Fact]
    public async Task Each_choice_of_the_form_names_as_many_as_it_leads_to()
    {
        var page = await StaffBrowser.ReadAsync(await weirs.Visitor.GetAsync("/letters/weirs/signatories", Ct));
        var choices = page.QuerySelectorAll("form[role=search] select").SelectMany(s => s.QuerySelectorAll("option[value]").Select(o => (Name: s.GetAttribute("name")!, Value: o.GetAttribute("value")!, Text: o.TextContent)))
            .Where(c => c.Value.Length > 0).ToList();
        Assert.Equal(["era", "level", "organization", "place", "position"], choices.Select(c => c.Name).Distinct().Order(StringComparer.Ordinal));
        foreach (var (name, value, text) in choices)
        {
            var count = int.Parse(text[(text.LastIndexOf('(') + 1)..^1], CultureInfo.InvariantCulture);
            Assert.True(count == (await AskAsync($"{name}={Uri.EscapeDataString(value)}")).Count, $"seed {weirs.Seed}: {text}");
        }
    }

    [Fact]
    public async Task Pages_search_and_the_whole_list_keep_what_the_list_is_narrowed_by_and_claim_nothing_whole()
    {
        var all = await AskAsync("level=known");
        var page = await StaffBrowser.ReadAsync(await weirs.Visitor.GetAsync("/letters/weirs/signatories?level=known", Ct));
        Assert.Contains($"{all.Count} of 149 fit", page.QuerySelector("[data-figure=fitting]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("level=known", page.QuerySelector(".az a")!.GetAttribute("href"), StringComparison.Ordinal);
        var whole = await weirs.Visitor.GetStringAsync("/letters/weirs/signatories/all?level=known", Ct);
        Assert.Equal(all.Count, whole.Split("data-undersigned-signatory").Length - 1);
        Assert.DoesNotContain("complete", whole, StringComparison.Ordinal);
        var search = await weirs.Visitor.GetStringAsync("/letters/weirs/signatories?q=okafor&level=known&place=lindenmoor", Ct);
        Assert.Equal(Naive(level: SignatureLevel.Known, place: "lindenmoor").Count(), search.Split("data-undersigned-signatory").Length - 1);
    }

    [Fact]
    public async Task Where_nobody_fits_the_page_says_to_remove_one_and_keeps_what_was_chosen()
    {
        var page = await StaffBrowser.ReadAsync(await weirs.Visitor.GetAsync("/letters/weirs/signatories?organization=no%20such%20office&level=known", Ct));
        Assert.Equal("Nobody fits all of these. Remove one.", page.QuerySelector("#none")!.TextContent);
        Assert.Equal("known", page.QuerySelector("#f-level option[selected]")!.GetAttribute("value"));
        Assert.Equal("no such office", page.QuerySelector("#f-organization option[selected]")!.GetAttribute("value"));
        Assert.True(page.QuerySelector("details.filters")!.HasAttribute("open"));
    }

    [Fact]
    public async Task Years_that_cannot_be_are_said_and_narrow_nothing_and_programs_are_told()
    {
        Assert.Contains("A year has four digits", await weirs.Visitor.GetStringAsync("/letters/weirs/signatories?from-year=94", Ct), StringComparison.Ordinal);
        using var answer = await weirs.Visitor.GetAsync("/letters/weirs/signatories.json?from-year=2003&to-year=1994", Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Lines_of_before_offices_were_rows_get_them_at_the_start()
    {
        var before = await AskAsync("organization=weir%20office&place=lindenmoor");
        await weirs.App.QueryAsync(async db =>
        {
            await db.LinePosts.ExecuteDeleteAsync(Ct);
            return await db.Lines.ExecuteUpdateAsync(s => s.SetProperty(l => l.Location, (string?)null).SetProperty(l => l.FoldedLocation, (string?)null), Ct);
        });
        await Migrations.RunAsync(weirs.App.Instance);
        // Another order of the same question: the answer above is kept.
        Assert.Equal(before, await AskAsync("place=lindenmoor&organization=weir%20office"));
        Assert.NotEmpty(before);
    }
}
