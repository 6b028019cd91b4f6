using System.Net;
using AngleSharp.Html.Dom;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Signing;

namespace Undersigned.Tests.Verification;

public sealed class VouchTests(VerificationApp fixture) : IClassFixture<VerificationApp>
{
    private const string Vouch = "Vouch for them";

    [Fact]
    public async Task Two_checked_signatories_make_a_line_vouched_for()
    {
        var story = await LetterAsync();
        var (one, two, ada) = (await CheckedAsync(story, "Bela Weir"), await CheckedAsync(story, "Gil Race"), await story.ListedAsync("ada@post.example", "Ada Lockwood"));

        await VouchAsync(story, one, $"№ {ada.Number}");
        Assert.Equal(SignatureLevel.Email, (await story.ReadAsync(ada.Id)).Level);
        using var browser = story.Browser();
        await browser.OpenAsync(story.Path(TokenPurpose.Own, ada));
        Assert.DoesNotContain("vouched for you", browser.Text, StringComparison.Ordinal);
        await VouchAsync(story, two, await LinkAsync(story, ada));

        await SignStory.UntilAsync(async () => await fixture.LevelShownAsync(story, ada) == "Vouched");
        var evidence = await fixture.EvidenceAsync(ada);
        Assert.Equal([one.Id, two.Id], evidence.Select(e => e.VoucherId!.Value));
        Assert.All(evidence, e => Assert.Equal("Senior inspector, Inspectorate of Dams and Locks, 1994–2017; legal trainee, Ministry of Waterways, 1991–1993", e.Claim));
        await browser.OpenAsync(story.Path(TokenPurpose.Own, ada));
        Assert.Contains("Two signatories have vouched for you.", browser.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.GetAsync(story.Path(TokenPurpose.Own, ada) + "/vouching", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Nobody_vouches_for_a_stranger_for_themselves_twice_or_without_saying_so()
    {
        var story = await LetterAsync();
        var other = await LetterAsync();
        var (voucher, ada, elsewhere) = (await CheckedAsync(story, "Bela Weir"), await story.ListedAsync("ada@post.example", "Ada Lockwood"), await other.ListedAsync("ada@post.example", "Ada Lockwood"));
        await story.WriteAsync(db => db.Signatures.Single(s => s.Id == ada.Id).ConfirmedAt = null);
        using var browser = story.Browser();
        async Task<string> RefusedAsync(string who)
        {
            var page = await browser.PressAsync(await browser.OpenAsync(Page(story, voucher)), "Show me the line", ("Who", who));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Last.StatusCode);
            return SignerBrowser.Words(page.QuerySelector("[role=alert]"));
        }

        foreach (var nobody in new[] { "", "0", "999", "Ada Lockwood", "https://letters.example/vouch/x", await LinkAsync(other, elsewhere), story.Path(TokenPurpose.Own, ada), "99999999999999" })
            Assert.Contains("Nobody stands under this number", await RefusedAsync(nobody), StringComparison.Ordinal);
        Assert.Equal("This is your own line.", await RefusedAsync($"{voucher.Number}"));
        Assert.Contains("has not confirmed here", await RefusedAsync($"{ada.Number}"), StringComparison.Ordinal);
        await story.WriteAsync(db => db.Signatures.Single(s => s.Id == ada.Id).ConfirmedAt = ada.ConfirmedAt);

        var shown = await browser.PressAsync(await browser.OpenAsync(Page(story, voucher)), "Show me the line", ("Who", $"{ada.Number}"));
        var unticked = await browser.PressAsync(shown, Vouch);
        Assert.Contains("Tick this first", SignerBrowser.Words(unticked.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        var changed = await browser.PressAsync(shown, Vouch, ("sure", "true"), ("seen", "another"));
        Assert.Contains("The line changed", SignerBrowser.Words(changed.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Empty(await fixture.EvidenceAsync(ada));
        await browser.PressAsync(shown, Vouch, ("sure", "true"));
        Assert.Equal("You vouched for them already.", await RefusedAsync($"{ada.Number}"));
        Assert.Single(await fixture.EvidenceAsync(ada));
    }

    [Fact]
    public async Task Five_are_enough_also_at_the_same_moment()
    {
        var story = await LetterAsync();
        var voucher = await CheckedAsync(story, "Bela Weir");
        var others = new List<Signature>();
        foreach (var name in new[] { "Ada Lockwood", "Gil Race", "Hal Leat", "Ina Dyke", "Ottoline Marchetti", "Zoë Müllerová", "Tomasz Ajdovnyk" })
            others.Add(await story.ListedAsync($"signer{others.Count}@post.example", name));

        // All have the page open before anybody presses.
        var open = new List<(SignerBrowser Browser, IHtmlDocument Page)>();
        foreach (var other in others)
        {
            var one = story.Browser();
            open.Add((one, await one.PressAsync(await one.OpenAsync(Page(story, voucher)), "Show me the line", ("Who", $"{other.Number}"))));
        }
        await Task.WhenAll(open.Select(o => o.Browser.PressAsync(o.Page, Vouch, ("sure", "true"))));
        open.ForEach(o => o.Browser.Dispose());

        var given = await fixture.App.QueryAsync(db => Task.FromResult(db.Evidence.Count(e => e.VoucherId == voucher.Id && e.EndedAt == null)));
        Assert.Equal(Signature.MostVouches, given);
        using var browser = story.Browser();
        var page = await browser.OpenAsync(Page(story, voucher));
        Assert.Null(page.QuerySelector("#who"));
        var after = await browser.PressAsync(page, "Take it back");
        Assert.NotNull(after.QuerySelector("#who"));
        Assert.Equal(4, after.QuerySelectorAll("section[aria-labelledby=given] li").Length);
    }

    [Fact]
    public async Task A_voucher_who_leaves_takes_their_word_along()
    {
        var story = await LetterAsync();
        var (one, two, ada) = (await CheckedAsync(story, "Bela Weir"), await CheckedAsync(story, "Gil Race"), await story.ListedAsync("ada@post.example", "Ada Lockwood"));
        await VouchAsync(story, one, $"{ada.Number}");
        await VouchAsync(story, two, $"{ada.Number}");
        await SignStory.UntilAsync(async () => await fixture.LevelShownAsync(story, ada) == "Vouched");
        using var browser = story.Browser();

        await browser.PressAsync(await browser.OpenAsync(story.Path(TokenPurpose.Own, one) + "/withdrawal"), "Withdraw my signature");

        // The letter asks for no look at an address alone: the line stays, and says what is left.
        await SignStory.UntilAsync(async () => await fixture.LevelShownAsync(story, ada) == "Email");
        Assert.Equal(SignatureState.Listed, (await story.ReadAsync(ada.Id)).State);
        Assert.Equal([true, false], (await fixture.EvidenceAsync(ada)).Select(e => e.EndedAt is not null));
    }

    [Fact]
    public async Task Whose_voucher_was_removed_is_looked_at_again_and_put_back_at_the_level_that_is_left()
    {
        var story = await LetterAsync();
        var (one, two, ada) = (await CheckedAsync(story, "Bela Weir"), await CheckedAsync(story, "Gil Race"), await story.ListedAsync("ada@post.example", "Ada Lockwood"));
        await VouchAsync(story, one, $"{ada.Number}");
        await VouchAsync(story, two, $"{ada.Number}");
        await SignStory.UntilAsync(async () => await fixture.LevelShownAsync(story, ada) == "Vouched");
        var room = StaffRoom.Of(fixture.App, story.LetterId);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/signatures/{one.Id}"), "Remove", ("why", "impersonation"));

        var waiting = await story.ReadAsync(ada.Id);
        Assert.Equal((SignatureState.InReview, SignatureLevel.Email), (waiting.State, waiting.Level));
        Assert.Equal([Oddity.VoucherGone], waiting.ReviewReasons);
        await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/review/{ada.Id}"), "Admit");
        await SignStory.UntilAsync(async () => (await story.ReadAsync(ada.Id)).State == SignatureState.Listed);
        await SignStory.UntilAsync(async () => await fixture.LevelShownAsync(story, ada) == "Email");
    }

    [Fact]
    public async Task Whom_the_rules_let_in_by_the_vouches_waits_again_when_a_voucher_is_checked_no_more()
    {
        var story = await LetterAsync();
        var (one, two, ada) = (await CheckedAsync(story, "Bela Weir"), await CheckedAsync(story, "Gil Race"), await story.ListedAsync("ada@post.example", "Ada Lockwood"));
        await VouchAsync(story, one, $"{ada.Number}");
        await VouchAsync(story, two, $"{ada.Number}");
        await SignStory.UntilAsync(async () => await fixture.LevelShownAsync(story, ada) == "Vouched");
        await story.ChangeLetterAsync(l => l.Admission = l.Admission with { NoGlance = [SignatureLevel.Vouched, SignatureLevel.Known, SignatureLevel.Domain] });
        var room = StaffRoom.Of(fixture.App, story.LetterId);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        await editor.PressAsync(await editor.OpenAsync($"{room.Desk}/signatures/{two.Id}"), "Take back: Work address");

        Assert.Equal((SignatureState.InReview, SignatureLevel.Email), ((await story.ReadAsync(ada.Id)).State, (await story.ReadAsync(ada.Id)).Level));
        Assert.Equal(SignatureState.Listed, (await story.ReadAsync(two.Id)).State);
    }

    [Fact]
    public async Task The_link_shows_the_line_and_does_nothing()
    {
        var story = await LetterAsync();
        var ada = await story.ListedAsync("ada@post.example", "Ada Lockwood");
        using var browser = story.Browser();

        var page = await browser.OpenAsync(new Uri(await LinkAsync(story, ada)).AbsolutePath);

        Assert.Contains("Ada Lockwood", SignerBrowser.Words(page.QuerySelector(".line")), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("form"));
        Assert.Equal("no-store", browser.Last.Headers.CacheControl!.ToString());
        await story.WriteAsync(db => db.Signatures.Single(s => s.Id == ada.Id).State = SignatureState.Removed);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.GetAsync(browser.Here, TestContext.Current.CancellationToken)).StatusCode);
    }

    private Task<SignStory> LetterAsync() => fixture.LetterAsync(l => l.Domains = [new ListedDomain("dams.example", "Inspectorate of Dams and Locks", false)]);

    private static Task<Signature> CheckedAsync(SignStory story, string name) =>
        story.ListedAsync(NameFolding.Fold(name).Replace(' ', '.') + "@dams.example", name);

    private static string Page(SignStory story, Signature signature) => story.Path(TokenPurpose.Own, signature) + "/vouching";

    private static async Task<string> LinkAsync(SignStory story, Signature signature)
    {
        using var browser = story.Browser();
        return SignerBrowser.Words((await browser.OpenAsync(story.Path(TokenPurpose.Own, signature))).QuerySelector("pre.all"));
    }

    private static async Task VouchAsync(SignStory story, Signature voucher, string who)
    {
        using var browser = story.Browser();
        IHtmlDocument shown = await browser.PressAsync(await browser.OpenAsync(Page(story, voucher)), "Show me the line", ("Who", who));
        if (shown.QuerySelector("button") is IHtmlButtonElement && shown.QuerySelectorAll("button").Any(b => b.TextContent == Vouch))
            await browser.PressAsync(shown, Vouch, ("sure", "true"));
    }
}
