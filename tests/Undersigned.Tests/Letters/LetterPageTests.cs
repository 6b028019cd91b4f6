using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Letters;

public sealed partial class LetterPageTests : IAsyncLifetime
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

    [Fact]
    public async Task The_page_of_a_fixed_letter_is_as_approved()
    {
        var letter = await SeededLetter.PublishAsync(app, "weirs");
        await letter.SignAsync(SignatureLevel.Known,
            new ShownLine("Ottoline Brandt-Okonjo", "Chief Inspector of Dams", "Inspectorate of Dams and Locks", [new YearSpan(1988, 2016)], null));
        await letter.SignAsync(SignatureLevel.Email,
            new ShownLine("سُهى الواديّاني", "Principal hydrologist; Lecturer", "Institute of Hydrology; Polytechnic", [new YearSpan(1996, 2020), new YearSpan(2020, null)], "Lindenmoor"),
            new ShownLine("Lars <b>Bold</b> & Sons", null, null, null, null));
        await letter.SignAsync(SignatureLevel.Imported, new ShownLine("Jorunn Vesterhavsgård", "Head of budget", null, null, null));
        await letter.WithdrawAsync(3);
        Approved.Check("letter.html", Stable(await visitor.GetStringAsync("/letters/weirs", Ct)));
        Approved.Check("home.html", Stable(await visitor.GetStringAsync("/", Ct)));
        Approved.Check("signatories.html", Stable(await visitor.GetStringAsync("/letters/weirs/signatories", Ct)));
        Approved.Check("letter.json", await visitor.GetStringAsync("/letters/weirs.json", Ct));
        Approved.Check("signatories.json", await visitor.GetStringAsync("/letters/weirs/signatories.json", Ct));
    }

    [Fact]
    public async Task Page_and_JSON_name_the_same_number_time_size_and_fingerprint()
    {
        var letter = await SeededLetter.PublishAsync(app, "weirs");
        await letter.SignAsync(new ShownLine("Ann Öhrström", null, null, null, null), new ShownLine("Bo Ek", null, null, null, null));
        var json = JsonDocument.Parse(await visitor.GetStringAsync("/letters/weirs.json", Ct)).RootElement;
        foreach (var path in new[] { "/letters/weirs", "/letters/weirs/signatories", "/letters/weirs/signatories/all", "/letters/weirs/signatories/1" })
        {
            var page = await visitor.GetStringAsync(path, Ct);
            Assert.Contains($"data-undersigned-tree-size=\"{json.GetProperty("treeSize")}\" data-undersigned-root=\"{json.GetProperty("root")}\" data-undersigned-time=\"{json.GetProperty("time")}\" data-undersigned-standing=\"2\" data-undersigned-withheld=\"0\"", page, StringComparison.Ordinal);
            Assert.Single(Regex.Matches(page, "data-undersigned-tree-size"));
        }
    }

    [Fact]
    public async Task A_letter_that_nobody_has_signed_says_so()
    {
        await SeededLetter.PublishAsync(app, "weirs");
        var page = await visitor.GetStringAsync("/letters/weirs", Ct);
        Assert.Contains("Nobody has signed yet", page, StringComparison.Ordinal);
        Assert.Contains("/letters/weirs/sign\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_state_and_switch_is_told_to_visitors()
    {
        var letter = await SeededLetter.PublishAsync(app, "weirs");
        await letter.SignAsync(new ShownLine("Ann Öhrström", null, null, null, null));
        await letter.SwitchAsync(l => l.HoldSigning = true);
        await SaysAsync("Signing is paused.", canSign: false);
        await letter.SwitchAsync(l => (l.HoldSigning, l.HoldPublishing) = (false, true));
        await SaysAsync("The number is paused while we look at something. It stood at 1 at 16 February 2026, 06:02 UTC.", canSign: true);
        await letter.SwitchAsync(l => (l.HoldPublishing, l.CloseAt) = (false, new DateTimeOffset(2126, 3, 1, 9, 0, 0, TimeSpan.Zero)));
        await SaysAsync("can be signed until 1 March 2126, 09:00 UTC", canSign: true);
        await letter.SwitchAsync(l => l.State = LetterState.Closing);
        await SaysAsync("This letter is closing", canSign: false);
        await letter.SwitchAsync(l => (l.State, l.ClosedAt) = (LetterState.Closed, new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero)));
        await SaysAsync("Closed on 1 March 2026", canSign: false);

        async Task SaysAsync(string words, bool canSign)
        {
            var page = WebUtility.HtmlDecode(await visitor.GetStringAsync("/letters/weirs", Ct));
            Assert.Contains(words, page, StringComparison.Ordinal);
            Assert.Equal(canSign, page.Contains("letters/weirs/sign\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_letter_in_Arabic_is_read_from_the_right()
    {
        await SeededLetter.PublishAsync(app, "sudud", l => (l.Language, l.Title) = ("ar", "دعوا المفتشين ينشرون"));
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", await visitor.GetStringAsync("/letters/sudud", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promise_that_changes_is_the_one_that_cached_pages_make()
    {
        var letter = await SeededLetter.PublishAsync(app, "weirs");
        await letter.SignAsync(new ShownLine("Ann Öhrström", null, null, null, null));
        Assert.Contains("We answer within 24 hours.", await visitor.GetStringAsync("/letters/weirs", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("An edition is published every", await visitor.GetStringAsync("/letters/weirs/editions", Ct), StringComparison.Ordinal);
        await letter.SwitchAsync(l => (l.PromiseHours, l.EditionAt) = (1, new DateTimeOffset(2036, 1, 1, 9, 0, 0, TimeSpan.Zero)));
        Assert.Contains("We answer within one hour.", await visitor.GetStringAsync("/letters/weirs", Ct), StringComparison.Ordinal);
        Assert.Contains("An edition is published every 24 hours", await visitor.GetStringAsync("/letters/weirs/editions", Ct), StringComparison.Ordinal);
        await letter.SwitchAsync(l => l.EditionEveryHours = 1);
        Assert.Contains("An edition is published every hour", await visitor.GetStringAsync("/letters/weirs/editions", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_front_page_counts_alike_above_and_below_and_names_no_addressee_where_there_is_none()
    {
        var weirs = await SeededLetter.PublishAsync(app, "weirs", l => l.Addressees = "");
        await weirs.SignAsync(new ShownLine("Ann Öhrström", null, null, null, null));
        await weirs.SignAsync(SignatureLevel.Imported, new ShownLine("Bo Ek", null, null, null, null), new ShownLine("Cyprian Górska", null, null, null, null));
        var locks = await SeededLetter.PublishAsync(app, "locks", l => l.Addressees = "");
        await locks.SignAsync(SignatureLevel.Imported, new ShownLine("Ann Öhrström", null, null, null, null));
        var page = StaffBrowser.Words((await StaffBrowser.ReadAsync(await visitor.GetAsync(new Uri("/", UriKind.Relative), Ct))).Body!);
        Assert.Contains("2 more are on the maintainers’ own list · 4 entries · ", page, StringComparison.Ordinal);
        Assert.Contains("1 more is on the maintainers’ own list · 2 entries · ", page, StringComparison.Ordinal);
        Assert.Matches("1 signatures stand under 2 letters", page);
        Assert.DoesNotMatch("To:| to since", page);
    }

    [Fact]
    public async Task A_contact_of_several_lines_keeps_them_where_a_record_is_checked()
    {
        await SeededLetter.PublishAsync(app, "weirs", l => l.PressContact = "Ottoline Brandt-Okonjo\n+999 555 0147\nletters@weirkeepers.example");
        Assert.Contains("<br><bdi>&#x2B;999 555 0147</bdi><br><bdi>letters@weirkeepers.example</bdi>", await visitor.GetStringAsync("/letters/weirs/verify", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_instance_invites_to_the_first_letter()
    {
        var page = await visitor.GetStringAsync("/", Ct);
        Assert.Contains("Create your first letter", page, StringComparison.Ordinal);
        Assert.Contains("Begin with what you want to say", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_private_link_shows_the_letter_and_nothing_of_its_list_until_it_is_off_or_full()
    {
        var (token, id) = await PrivateAsync(round: 1, cap: 1);
        var page = await visitor.GetStringAsync("/private/" + token, Ct);
        Assert.Contains("Let the inspectors publish", page, StringComparison.Ordinal);
        Assert.Contains($"/private/{token}/sign", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-undersigned", page, StringComparison.Ordinal);
        Assert.Contains("<title>A private letter</title>", page, StringComparison.Ordinal);

        await app.QueryAsync(async db =>
        {
            db.Signatures.Add(new Signature { LetterId = id, Source = SignatureSource.PrivateLink, State = SignatureState.Confirmed });
            return await db.SaveChangesAsync(Ct);
        });
        Assert.Contains("As many people have signed by this link", await visitor.GetStringAsync("/private/" + token, Ct), StringComparison.Ordinal);

        await app.QueryAsync(async db =>
        {
            (await db.Letters.FindAsync([id], Ct))!.PrivateLinkRound = 2;
            return await db.SaveChangesAsync(Ct);
        });
        Assert.Contains("has turned it off", await visitor.GetStringAsync("/private/" + token, Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/private/" + token[..^1] + (token[^1] == '0' ? '1' : '0'), Ct)).StatusCode);
    }

    private async Task<(string Token, long Id)> PrivateAsync(int round, int cap)
    {
        var letter = SeededLetter.Some("hidden");
        (letter.State, letter.PrivateLinkOn, letter.PrivateLinkRound, letter.PrivateLinkCap) = (LetterState.Private, true, round, cap);
        await app.QueryAsync(async db =>
        {
            db.Letters.Add(letter);
            return await db.SaveChangesAsync(Ct);
        });
        return (app.Services.GetRequiredService<InstanceKeys>().Token(TokenPurpose.PrivateLetter, letter.Id, round), letter.Id);
    }

    private static string Stable(string page) => Fingerprint().Replace(page, "?v=…").ReplaceLineEndings("\n");

    [GeneratedRegex("\\?v=[0-9a-f]{16}")]
    private static partial Regex Fingerprint();
}
