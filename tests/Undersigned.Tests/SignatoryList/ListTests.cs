using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.SignatoryList;

public sealed class ListTests(ListTests.Names names) : IClassFixture<ListTests.Names>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly string[] Given = ["Ada", "Bo", "Cyprian", "Dagny", "Eero", "Fatma", "Gunnar", "Hedvig", "Ines", "Jorunn", "Kofi", "Łucja", "Maren"];
    private static readonly string[] Family = ["Åkesson", "Brandt-Okonjo", "Coldwinter", "Dobrowieska", "Ekelund", "Fairweather", "Górska", "Halvorsrud", "Ilustre", "Jansen", "Quillfeather", "Vesterhavsgård", "Wierzbołowicz", "Žižka"];

    /// <summary>A letter with 253 names of which one withdrew, and one with its number in three pages of JSON.</summary>
    public sealed class Names : IAsyncLifetime
    {
        internal AskedDatabase Database { get; } = new();
        internal TestApp App { get; private set; } = null!;
        internal HttpClient Visitor { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = await TestApp.StartAsync(configure: Database.Configure);
            Visitor = App.Client();
            var letter = await SeededLetter.PublishAsync(App, "weirs");
            await letter.SignAsync([.. Enumerable.Range(0, 250).Select(i => Named($"{Given[i % 13]} {Family[i % 14]}{(i >= 182 ? " II" : "")}"))]);
            await letter.SignAsync(Named("Marguerite Óladóttir-Vance"), Named("Wilhelmina Carrowgate"), Named("سُهى الواديّاني"));
            await letter.WithdrawAsync(7);
            await App.QueryAsync(async db =>
            {
                db.Signatures.Add(new Signature { LetterId = letter.Id, State = SignatureState.Confirmed });
                db.Signatures.Add(new Signature { LetterId = letter.Id, State = SignatureState.InReview });
                return await db.SaveChangesAsync(Ct);
            });
            var large = await SeededLetter.PublishAsync(App, "locks");
            await large.SignAsync(SignatureLevel.Known, [.. Enumerable.Range(0, 1_001).Select(i => Named($"{Given[i % 13]} {Family[i % 14]}"))]);
        }

        public async ValueTask DisposeAsync()
        {
            Visitor.Dispose();
            await App.DisposeAsync();
        }
    }

    private static ShownLine Named(string name) => new(name, "Lock-keeper", null, null, null);

    private Task<string> GetAsync(string path) => names.Visitor.GetStringAsync("/letters/weirs/signatories" + path, Ct);

    private static List<int> NumbersOn(string page) => [.. Regex.Matches(page, "data-undersigned-signatory=\"(\\d+)\"").Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];

    [Fact]
    public async Task Walking_the_pages_meets_everybody_once_in_the_order_of_the_whole_list()
    {
        var met = new List<int>();
        for (var page = await GetAsync(""); ;)
        {
            var here = NumbersOn(page);
            Assert.InRange(here.Count, 1, 100);
            met.AddRange(here);
            if (Regex.Match(page, "signatories(\\?after=\\d+)\" rel=\"next\"") is not { Success: true } next)
                break;
            page = await GetAsync(next.Groups[1].Value);
        }
        Assert.Equal(252, met.Count);
        Assert.Equal(252, met.Distinct().Count());
        var whole = await GetAsync("/all");
        Assert.Equal(met, NumbersOn(whole));
        Assert.Contains("data-undersigned-list=\"complete\"", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("data-undersigned-list", await GetAsync(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_after_somebody_who_has_left_goes_on_from_where_they_stood() =>
        Assert.NotEmpty(NumbersOn(await GetAsync("?after=7")));

    [Fact]
    public async Task A_letter_of_the_alphabet_leads_to_its_families()
    {
        var page = await GetAsync("?from=q");
        Assert.Contains("Quillfeather", Regex.Match(page, "data-undersigned-name=\"([^\"]*)\"").Groups[1].Value, StringComparison.Ordinal);
        Assert.Contains("id=\"Q\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wierzbołowicz", "Wierzbołowicz")]
    [InlineData("WIERZBOLOWICZ", "Wierzbołowicz")]
    [InlineData("weirzbolowicz", "Wierzbołowicz")]
    [InlineData("wierzbolowcz", "Wierzbołowicz")]
    [InlineData("wierzbollowicz", "Wierzbołowicz")]
    [InlineData("wierzpolowicz", "Wierzbołowicz")]
    [InlineData("oladottir m", "Óladóttir-Vance")]
    [InlineData("Oladottir-Vanec", "Óladóttir-Vance")]
    [InlineData("zizka", "Žižka")]
    [InlineData("سهى", "سُهى")]
    public async Task A_search_forgives_case_accents_and_one_slip_a_word(string asked, string found)
    {
        var page = WebUtility.HtmlDecode(await GetAsync("?q=" + Uri.EscapeDataString(asked)));
        var hits = Regex.Matches(page, "data-undersigned-name=\"([^\"]*)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(hits);
        Assert.All(hits, h => Assert.Contains(found, h, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_that_finds_nobody_names_the_nearest_and_how_many_wait()
    {
        using var answer = await names.Visitor.GetAsync("/letters/weirs/signatories?q=Wilhelm%20Carrowgate-Nnadi", Ct);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Contains("Nobody of that name is on this list", page, StringComparison.Ordinal);
        Assert.Contains("Wilhelmina Carrowgate", page, StringComparison.Ordinal);
        Assert.Contains("2 signatures wait for a first look", page, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("%22")]
    [InlineData("%27%20OR%201%3D1")]
    [InlineData("*")]
    [InlineData("%25%25%25%25")]
    [InlineData("a")]
    [InlineData("-NEAR(")]
    public async Task A_search_for_what_is_no_name_finds_nobody_and_breaks_nothing(string asked) =>
        Assert.DoesNotContain("data-undersigned-name", await GetAsync("?q=" + asked), StringComparison.Ordinal);

    [Fact]
    public async Task A_search_never_finds_who_has_left() =>
        Assert.DoesNotContain("/signatories/7\"", await GetAsync("?q=gunnar"), StringComparison.Ordinal);

    [Fact]
    public async Task A_number_leads_to_its_line_and_one_that_left_says_so_without_the_name()
    {
        Assert.Contains("data-undersigned-name=\"Wilhelmina Carrowgate\"", await GetAsync("/252"), StringComparison.Ordinal);
        var gone = await GetAsync("/7");
        Assert.Contains("stands no more", gone, StringComparison.Ordinal);
        Assert.DoesNotContain("Gunnar", gone, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await names.Visitor.GetAsync("/letters/weirs/signatories/254", Ct)).StatusCode);
    }

    [Fact]
    public async Task The_list_for_programs_is_whole_over_its_pages()
    {
        var met = new List<int>();
        var completes = new List<bool>();
        for (string? path = "/letters/locks/signatories.json"; path is not null;)
        {
            var page = JsonDocument.Parse(await names.Visitor.GetStringAsync(path, Ct)).RootElement;
            met.AddRange(page.GetProperty("signatories").EnumerateArray().Select(s => s.GetProperty("signatory").GetInt32()));
            completes.Add(page.GetProperty("complete").GetBoolean());
            path = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        Assert.Equal(1_001, met.Distinct().Count());
        Assert.Equal([false, false, false], completes);
        Assert.True(JsonDocument.Parse(await names.Visitor.GetStringAsync("/letters/weirs/signatories.json", Ct)).RootElement.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task A_public_page_asks_the_database_at_most_twice()
    {
        // The list is counted once a size, and its words are read, by whoever comes first.
        await names.Visitor.GetStringAsync("/letters/locks/signatories?from=b", Ct);
        await names.Visitor.GetStringAsync("/letters/locks/signatories?q=anybody", Ct);
        foreach (var path in new[] { "/letters/locks", "/letters/locks.json", "/letters/locks/signatories", "/letters/locks/signatories?after=12", "/letters/locks/signatories?from=k", "/letters/locks/signatories?q=nobody%20whatsoever", "/letters/locks/signatories/3", "/letters/locks/signatories/all", "/letters/locks/signatories?position=lock-keeper&from-year=1990&level=known", "/letters/locks/signatories.json?level=known", "/letters/locks/signatories.json?after=9", "/" })
        {
            names.Database.Take();
            await names.Visitor.GetStringAsync(path, Ct);
            Assert.True(names.Database.Take() <= 2, path);
        }
    }
}
