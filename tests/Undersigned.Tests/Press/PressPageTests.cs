using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;
using Undersigned.Editions;
using Undersigned.Model;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;
using static Undersigned.Tests.Harness.StaffBrowser;

namespace Undersigned.Tests.Press;

public sealed class PressPageTests : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestApp app = null!;
    private HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        visitor = app.Client();
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await app.DisposeAsync();
    }

    private static ShownLine Line(string name, string? organization = "Weir Office", int from = 1994, int? to = 2003) => new(name, "Inspector", organization, [new YearSpan(from, to)], null);

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> OpenAsync(string path) => await ReadAsync(await visitor.GetAsync(new Uri(path, UriKind.Relative), Ct));

    [Fact]
    public async Task The_page_says_what_stays_true_and_on_what_it_rests()
    {
        var letter = await SeededLetter.PublishAsync(app, "weirs", l => l.Eras = [new("Ashdown", 1985, 1996, "Lantern"), new("Birk", 1996, 2004, "Orchard")]);
        await letter.SignAsync(SignatureLevel.Known, [.. Enumerable.Range(0, 30).Select(i => Line($"Ada Okafor {i}"))]);
        await letter.SignAsync(SignatureLevel.Imported, Line("Bo Ekelund", null, 1997, 1998));
        var page = await OpenAsync("letters/weirs/press");
        Assert.Equal(
            [
                "more than 20 people have signed “Let the inspectors publish what they find”",
                "Between them they served under two administrations of both parties",
                "more than 20 on the list name “Weir Office” as where they served",
                "more than 20 of them were checked beyond an address",
            ],
            page.QuerySelectorAll(".say dt").Select(Words));
        var said = Words(page.QuerySelector("main"));
        Assert.Contains("30 had at 16 February 2026, 06:32 UTC. True while at least 21 do.", said, StringComparison.Ordinal);
        Assert.Contains("the fewest, 30, served under Ashdown (1985–1996).", said, StringComparison.Ordinal);
        Assert.Contains("Please do not write that all 31 are who their lines say: 1 is on the maintainers’ own list and has not confirmed here.", said, StringComparison.Ordinal);
        Assert.Contains("A person looks at each name before it is shown.", said, StringComparison.Ordinal);
        Assert.Contains("No sample of this list has been drawn for an audit", said, StringComparison.Ordinal);
        Assert.Contains("No signatory has agreed to a quotation so far.", said, StringComparison.Ordinal);
        Assert.Contains("letters@weirkeepers.example", said, StringComparison.Ordinal);
        // The counts of levels add up to what stands.
        Assert.Equal(["30", "1", "31"], page.QuerySelectorAll("#methods td:nth-child(2)").Select(Words));
        var cited = Words(page.QuerySelector("#cite-now"));
        Assert.Contains("30 people had signed as of 16 February 2026, 06:32 UTC. 1 more is on the maintainers’ own list.", cited, StringComparison.Ordinal);
        Assert.Contains("http://letters.example/letters/weirs/signatories?at=2026-02-16T06:32:00Z · 32 entries · ", cited, StringComparison.Ordinal);
        Assert.EndsWith(Convert.ToHexStringLower(app.Get<PublishedLetters>().Find("weirs")!.At.Root), cited, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#cite-edition"));
    }

    [Fact]
    public async Task Few_are_told_with_their_time_and_nobody_with_none()
    {
        var letter = await SeededLetter.PublishAsync(app, "weirs", l => l.PressContact = "");
        var empty = Words((await OpenAsync("letters/weirs/press")).QuerySelector("main"));
        Assert.Contains("As of 16 February 2026, 06:00 UTC, nobody has signed “Let the inspectors publish what they find” yet", empty, StringComparison.Ordinal);
        Assert.Contains("Weirkeepers names no contact for the press.", empty, StringComparison.Ordinal);
        Assert.Contains("Nobody has signed yet.", Words((await OpenAsync("letters/weirs/statistics")).QuerySelector("main")), StringComparison.Ordinal);
        await letter.SignAsync(Line("Ada Okafor"));
        var few = await OpenAsync("letters/weirs/press");
        Assert.Contains("Please do not write that this person is who the line says: 1 is confirmed by address only.", Words(few.QuerySelector("main")), StringComparison.Ordinal);
        Assert.Contains(" 1 person had signed as of ", Words(few.QuerySelector("#cite-now")), StringComparison.Ordinal);
        Assert.Equal("As of 16 February 2026, 06:02 UTC, one person has signed “Let the inspectors publish what they find”", Words(few.QuerySelector(".say dt")));
        await letter.SwitchAsync(l => l.PromiseHours = 1);
        await letter.SignAsync(SignatureLevel.Imported, Line("Bo Ekelund"), Line("Cyprian Górska"));
        Assert.Contains("who their lines say: 1 is confirmed by address only, and 2 are on the maintainers’ own list and have not confirmed here.", Words((await OpenAsync("letters/weirs/press")).QuerySelector("main")), StringComparison.Ordinal);
        Assert.Contains("an answer is promised within one hour.", Words((await OpenAsync("letters/weirs/press")).QuerySelector("#methods")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_methods_are_told_by_the_rules_in_the_record()
    {
        await SeededLetter.PublishAsync(app, "weirs", l =>
        {
            l.Admission = new AdmissionRules { NoGlance = [SignatureLevel.Domain, SignatureLevel.Roster], TwoPeople = [SignatureLevel.Email] };
            l.Domains = [new ListedDomain("weirs.example", "The Weir Office", false), new ListedDomain("ministry.example", "The Ministry", true)];
            l.RetentionDays = 90;
        });
        var said = Words((await OpenAsync("letters/weirs/press")).QuerySelector("#methods"));
        Assert.Contains("Names that are checked as “Work address”, “Roster” are shown without a person’s look, unless something about them is odd.", said, StringComparison.Ordinal);
        Assert.Contains("Two people must agree on each name that is checked as “Address only”.", said, StringComparison.Ordinal);
        Assert.Contains("An address counts as “Work address” at these domains: weirs.example.", said, StringComparison.Ordinal);
        Assert.Contains("An address at a domain of the addressee counts as an address only: ministry.example.", said, StringComparison.Ordinal);
        Assert.Contains("are destroyed 90 days after closing", said, StringComparison.Ordinal);
        Assert.DoesNotContain("A person looks at each name", said, StringComparison.Ordinal);
        await SeededLetter.PublishAsync(app, "open", l => l.GlanceRequired = false);
        Assert.Contains("Names are shown without a person’s look once their address is confirmed", Words((await OpenAsync("letters/open/press")).QuerySelector("#methods")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_were_let_in_by_who_entered_them_are_told_as_such()
    {
        var letter = await SeededLetter.PublishAsync(app, "weirs");
        await letter.SignAsync(SignatureLevel.Imported, Line("Ada Okafor"), Line("Bo Ekelund"), Line("Cyprian Górska"));
        await LetInAsync(1, by: 7, enteredBy: 7);
        await LetInAsync(2, by: 8, enteredBy: 7);
        await LetInAsync(3, by: 8, enteredBy: null);
        await letter.SignAsync(Line("Dagny Halvorsrud"));
        Assert.Contains("One name that the maintainers entered themselves was let in by the same person who entered it", Words((await OpenAsync("letters/weirs/press")).QuerySelector("#methods")), StringComparison.Ordinal);
        await LetInAsync(3, by: 7, enteredBy: 7);
        await letter.SignAsync(Line("Edda Imbach"));
        Assert.Contains("2 names that the maintainers entered themselves were let in by the same person who entered them", Words((await OpenAsync("letters/weirs/press")).QuerySelector("#methods")), StringComparison.Ordinal);
        await letter.WithdrawAsync(1);
        await letter.WithdrawAsync(3);
        Assert.DoesNotContain("entered themselves", Words((await OpenAsync("letters/weirs/press")).QuerySelector("#methods")), StringComparison.Ordinal);
    }

    private Task LetInAsync(int number, long by, long? enteredBy) => app.QueryAsync(db =>
        db.Signatures.Where(s => s.Number == number).ExecuteUpdateAsync(s => s.SetProperty(x => x.DecidedBy, by).SetProperty(x => x.ImportedBy, enteredBy), Ct));

    [Fact]
    public async Task Charts_tables_CSV_and_JSON_tell_the_same_numbers()
    {
        var letter = await SeededLetter.PublishAsync(app, "weirs", l => l.Eras = [new("Ashdown, the elder", 1985, 1996, null), new("Birk", 1996, 2004, null)]);
        await letter.SignAsync(SignatureLevel.Known, Line("Ada Okafor"), Line("Bo Ekelund", "WEIR OFFICE"), Line("Cyprian Górska", "=cmd|' /C calc'!A0"));
        await letter.SignAsync(Line("Dagny Halvorsrud", "“Dams”, Locks & <Weirs>"));
        await letter.WithdrawAsync(4);
        var page = await OpenAsync("letters/weirs/statistics");
        var tables = page.QuerySelectorAll("table").Select(t => string.Join(" | ", t.QuerySelectorAll("tbody tr").Select(Words))).ToList();
        Assert.Equal("16 February 2026, 06:00 3 3", tables[0]);
        Assert.Equal("1985–1996 Ashdown, the elder 3 | 1996–2004 Birk 3", tables[1]);
        Assert.Equal("WEIR OFFICE 2 | =cmd|' /C calc'!A0 1", tables[2]);
        Assert.StartsWith("Known A named reviewer", tables[3], StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("svg"), svg => Assert.All(svg.GetAttribute("aria-labelledby")!.Split(' '), id => Assert.Single(page.QuerySelectorAll("#" + id))));
        Assert.Equal(4, page.QuerySelectorAll("svg[role=img] > title").Length);
        Assert.Empty(page.QuerySelectorAll("[style]"));
        Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(e => e.Id).Distinct().Count());

        // Each row says of which list it is.
        var of = $"2026-02-16T06:06:00Z,6,{app.Get<PublishedLetters>().Find("weirs")!.Fingerprint}\r\n";
        Assert.Equal($"from,new,all,time,treeSize,root\r\n2026-02-16T06:00:00Z,3,3,{of}", await CsvAsync("time"));
        Assert.Equal($"era,from,to,group,signatories,time,treeSize,root\r\n\"Ashdown, the elder\",1985,1996,,3,{of}Birk,1996,2004,,3,{of}", await CsvAsync("eras"));
        Assert.Equal($"organization,signatories,time,treeSize,root\r\nWEIR OFFICE,2,{of}'=cmd|' /C calc'!A0,1,{of}", await CsvAsync("organizations"));
        Assert.Equal($"level,signatories,time,treeSize,root\r\nknown,3,{of}", await CsvAsync("levels"));
        var json = JsonDocument.Parse(await visitor.GetStringAsync(new Uri("letters/weirs/statistics.json", UriKind.Relative), Ct)).RootElement;
        Assert.Equal((6, 3, "hour", 3), (json.GetProperty("treeSize").GetInt32(), json.GetProperty("named").GetInt32(), json.GetProperty("overTime").GetProperty("unit").GetString(), json.GetProperty("byLevel").GetProperty("known").GetInt32()));
        Assert.Equal("WEIR OFFICE", json.GetProperty("organizations")[0].GetProperty("name").GetString());
    }

    private Task<string> CsvAsync(string table) => visitor.GetStringAsync(new Uri($"letters/weirs/statistics/{table}.csv", UriKind.Relative), Ct);

    [Fact]
    public async Task Nothing_of_a_letter_that_is_not_public_is_told()
    {
        await SeededLetter.PublishAsync(app, "weirs");
        await app.QueryAsync(async db =>
        {
            db.Letters.Add(new Letter { Slug = "hidden", State = LetterState.Private, Title = "Hidden", Organiser = "Weirkeepers" });
            return await db.SaveChangesAsync(Ct);
        });
        foreach (var path in new[] { "press", "statistics", "statistics.json", "statistics/time.csv", "statistics/levels.csv" })
        {
            using var hidden = await visitor.GetAsync(new Uri("letters/hidden/" + path, UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
            using var shown = await visitor.GetAsync(new Uri("letters/weirs/" + path, UriKind.Relative), Ct);
            Assert.Equal((HttpStatusCode.OK, TimeSpan.Zero), (shown.StatusCode, shown.Headers.CacheControl!.MaxAge));
        }
    }

    [Fact]
    public async Task An_edition_is_cited_by_its_own_number_time_size_and_root()
    {
        await using var story = await EditionStory.BeginAsync();
        await story.Letter.App.Get<EditionWriter>().PublishAsync(story.Letter.LetterId, null, null, Ct);
        await story.Letter.SequenceAsync();
        await story.GoOnAsync();
        var then = await story.Letter.App.QueryAsync(db => Task.FromResult(db.Checkpoints.Single(c => c.Size == 6)));
        var page = await ReadAsync(await story.Visitor.GetAsync(new Uri(story.Path + "/press", UriKind.Relative), Ct));
        var cited = Words(page.QuerySelector("#cite-edition"));
        Assert.Contains("5 people had signed as of", cited, StringComparison.Ordinal);
        Assert.Contains($"(edition 1). List maintained by Weirkeepers. http://letters.example/{story.Path}/editions/1 · 6 entries · {Convert.ToHexStringLower(then.Root)}", cited, StringComparison.Ordinal);
        Assert.Contains("4 people had signed as of", Words(page.QuerySelector("#cite-now")), StringComparison.Ordinal);
        Assert.Contains("One edition of the list has been published", Words(page.QuerySelector("#methods")), StringComparison.Ordinal);
        // The checking program reads time, size and root off these pages as off their neighbours.
        foreach (var path in new[] { "press", "statistics" })
        {
            var (status, said) = await story.VerifyAsync(path);
            Assert.True(status == 0, path + "\n" + said);
        }
        // The address of the other citation shows that list.
        var address = new Uri(Words(page.QuerySelector("#cite-now")).Split(' ').Single(w => w.StartsWith("http", StringComparison.Ordinal)));
        var list = await ReadAsync(await story.Visitor.GetAsync(new Uri(address.PathAndQuery.TrimStart('/'), UriKind.Relative), Ct));
        Assert.Equal(page.QuerySelector("[data-undersigned-root]")!.GetAttribute("data-undersigned-root"), list.QuerySelector("[data-undersigned-root]")!.GetAttribute("data-undersigned-root"));
    }
}
