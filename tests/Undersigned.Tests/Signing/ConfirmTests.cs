using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Signing;
using static Undersigned.Tests.Signing.SignerBrowser;

namespace Undersigned.Tests.Signing;

public sealed partial class ConfirmTests(SigningApp fixture) : IClassFixture<SigningApp>
{
    private const string Confirm = "Confirm my signature";
    private const string Address = "m.oladottir@post.example";

    [Fact]
    public async Task Page_words_and_writes_are_the_same_whatever_the_address_did_before()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = false);
        // The clock stands in no page, but the list's state does: it is made before the first look.
        var listed = await story.ListedAsync("listed.person@post.example");
        var withdrawn = await story.ConfirmedAsync("withdrawn.one@post.example", "Aud Withdrawing");
        await story.UntilAsync(withdrawn.Id, SignatureState.Listed);
        await fixture.App.Get<OwnActs>().WithdrawAsync(withdrawn.Id, CancellationToken.None);
        await SignStory.UntilAsync(async () => (await story.ChangesAsync()).Count == 0);
        using var browser = story.Browser();
        await story.SignAsync(browser, "waiting.person@post.example");
        await story.SignAsync(browser, "blocked.person@post.example");
        var blocked = await story.LatestAsync();
        await fixture.App.Get<Confirmation>().NotMeAsync(blocked.Id, story.Code(blocked), CancellationToken.None);
        Assert.NotNull(listed.Number);

        var seen = new List<string>();
        foreach (var email in new[] { "nobody.before@post.example", "waiting.person@post.example", "listed.person@post.example", "withdrawn.one@post.example", "blocked.person@post.example" })
            seen.Add(await LookAsync(story, email));
        Assert.Single(seen.Distinct());
    }

    private async Task<string> LookAsync(SignStory story, string email)
    {
        using var browser = story.Browser();
        var form = await browser.OpenAsync(story.Form);
        var before = await CountAsync();
        var answer = await browser.PostAsync(form, "Send me the six digits", SignStory.Filled(email));
        var written = await CountAsync() - before;
        var page = await browser.FollowAsync(answer);
        var seen = $"{answer.StatusCode} {Anonymous(answer.Headers.ToString(), email)}\n{written}\n{Anonymous(browser.Text, email)}\n";
        before = await CountAsync();
        await browser.PressAsync(page, Confirm, ("code", "12"));
        return seen + $"{browser.Last.StatusCode}\n{await CountAsync() - before}\n{Anonymous(browser.Text, email)}";
    }

    private static string Anonymous(string text, string email)
    {
        Assert.True(EmailAddress.TryParse(email, out var address, out _));
        return DateHeader().Replace(TokenText().Replace(WebUtility.HtmlDecode(text), "TOKEN"), "").Replace(address.Masked, "ADDRESS", StringComparison.Ordinal);
    }

    private Task<Counts> CountAsync() => fixture.App.QueryAsync(async db => new Counts(
        await db.Signatures.CountAsync(), await db.Outbox.CountAsync(), await db.BlockedAddresses.CountAsync(), await db.Changes.CountAsync(),
        await db.Corrections.CountAsync(), await db.Entries.CountAsync(), await db.Lines.CountAsync()));

    private sealed record Counts(params int[] Tables)
    {
        public static Counts operator -(Counts a, Counts b) => new([.. a.Tables.Zip(b.Tables, (x, y) => x - y)]);
        public override string ToString() => string.Join(',', Tables);
    }

    [Fact]
    public async Task Of_guesses_at_the_same_moment_five_count_and_then_only_a_new_mail_helps()
    {
        var (story, browser, page, signature) = await SubmittedAsync();
        using var _ = browser;
        var right = story.Code(signature);
        var wrong = right == "000000" ? "000001" : "000000";
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.PostAsync(page, Confirm, ("code", wrong))));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.UnprocessableEntity, a.StatusCode));
        Assert.Equal(Signature.TriesPerCode, (await story.ReadAsync(signature.Id)).CodeTries);

        page = await browser.PressAsync(page, Confirm, ("code", right));
        Assert.Contains("These digits have run out. Send me new ones.", Words(page.QuerySelector(".error")), StringComparison.Ordinal);
        page = await browser.PressAsync(page, "Send me new digits");
        Assert.Equal(2, (await story.MailsAsync()).Count);
        page = await browser.PressAsync(page, Confirm, ("code", right));
        Assert.Contains("These are not the digits of our last mail. 4 tries left.", Words(page.QuerySelector(".error")), StringComparison.Ordinal);
        await browser.PressAsync(page, Confirm, ("code", story.Code(await story.ReadAsync(signature.Id))));
        Assert.Equal(SignatureState.Confirmed, (await story.ReadAsync(signature.Id)).State);
    }

    [Fact]
    public async Task A_code_dies_on_use()
    {
        var (story, browser, page, signature) = await SubmittedAsync();
        using var _ = browser;
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.PostAsync(page, Confirm, ("code", story.Code(signature)))));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        page = await browser.OpenAsync(story.Path(TokenPurpose.Confirm, signature));
        Assert.Contains("This signature has been confirmed.", Words(page.Body), StringComparison.Ordinal);
        Assert.Equal(ConfirmResult.NotWaiting, (await fixture.App.Get<Confirmation>().NotMeAsync(signature.Id, story.Code(signature), CancellationToken.None)).Result);
    }

    [Fact]
    public async Task After_three_days_the_code_is_dead_and_what_was_typed_is_forgotten()
    {
        var (story, browser, page, signature) = await SubmittedAsync();
        using var _ = browser;
        // The three days begin when the mail has left.
        await SignStory.UntilAsync(async () => (await story.MailsAsync()).All(m => m.State == MailState.Sent));
        fixture.Clock.Advance(TimeSpan.FromHours(73));
        page = await browser.PressAsync(page, Confirm, ("code", story.Code(signature)));
        Assert.Contains("These digits have run out.", Words(page.QuerySelector(".error")), StringComparison.Ordinal);

        Assert.InRange(await fixture.App.Get<Expiry>().RunAsync(CancellationToken.None), 1, 1_000);
        var gone = await story.ReadAsync(signature.Id);
        Assert.Equal((SignatureState.Expired, "", null, null), (gone.State, gone.Name, gone.Email, gone.AddressTag));
        page = await browser.OpenAsync(story.Path(TokenPurpose.Tab, signature));
        Assert.Contains("It was not confirmed in time", Words(page.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_any_page_changes_nothing()
    {
        var (story, browser, _, signature) = await SubmittedAsync();
        using var _ = browser;
        var before = await DumpAsync();
        foreach (var path in new[] { story.Path(TokenPurpose.Confirm, signature), story.Path(TokenPurpose.Tab, signature), story.Path(TokenPurpose.Own, signature) })
            foreach (var more in new[] { "", "/line", "/withdrawal", "/erasure", "/confirmation", "?handler=Again", "?handler=Erasure&sure=true", "?code=" + story.Code(signature) })
                foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Put, HttpMethod.Delete })
                {
                    using var request = new HttpRequestMessage(method, path + more);
                    var answer = await browser.Client.SendAsync(request, TestContext.Current.CancellationToken);
                    Assert.True((int)answer.StatusCode < 500, $"{method} {more}: {(int)answer.StatusCode}");
                }
        Assert.Equal(before, await DumpAsync());
    }

    private Task<string> DumpAsync() => fixture.App.QueryAsync(async db => string.Join('\n',
        (await db.Signatures.AsNoTracking().OrderBy(s => s.Id).ToListAsync()).Select(s => $"{s.Id} {s.State} {s.CodeRound} {s.CodeTries} {s.Name} {s.StateAt:O}")
        .Concat((await db.Outbox.AsNoTracking().OrderBy(m => m.Id).ToListAsync()).Select(m => $"{m.Id} {m.Kind}"))));

    [Fact]
    public async Task Twenty_at_once_do_not_pass_the_cap_of_a_private_link()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true, with: l => l.PrivateLinkCap = 5);
        using var browser = story.Browser();
        var pages = new List<AngleSharp.Html.Dom.IHtmlDocument>();
        for (var i = 0; i < 20; i++)
            pages.Add(await story.SignAsync(browser, $"signer{i}@post.example"));
        var codes = (await story.AllAsync()).Select(story.Code).ToList();
        await Task.WhenAll(pages.Select((page, i) => browser.PostAsync(page, Confirm, ("code", codes[i]))));
        Assert.Equal(5, (await story.AllAsync()).Count(s => s.State == SignatureState.Confirmed));
        var page = await browser.OpenAsync(story.Form);
        Assert.Contains("As many have signed through this link as it allows.", Words(page.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_signing_is_held_the_line_is_kept_and_can_be_confirmed_later()
    {
        var (story, browser, page, signature) = await SubmittedAsync();
        using var _ = browser;
        await story.ChangeLetterAsync(l => l.HoldSigning = true);
        page = await browser.PressAsync(page, Confirm, ("code", story.Code(signature)));
        Assert.Contains("Signing is paused.", Words(page.QuerySelector(".notice.seal")), StringComparison.Ordinal);
        Assert.Equal(0, (await story.ReadAsync(signature.Id)).CodeTries);
        await story.ChangeLetterAsync(l => l.HoldSigning = false);
        await browser.PressAsync(page, Confirm, ("code", story.Code(signature)));
        Assert.Equal(SignatureState.Confirmed, (await story.ReadAsync(signature.Id)).State);
    }

    [Fact]
    public async Task Not_me_needs_the_code_forgets_what_was_typed_and_stops_the_mail()
    {
        var (story, browser, page, signature) = await SubmittedAsync();
        using var _ = browser;
        page = await browser.OpenAsync(page.QuerySelector("a.grave")!.GetAttribute("href")!);
        page = await browser.PressAsync(page, "This was not me", ("code", "12"));
        Assert.Contains("4 tries left", Words(page.QuerySelector(".error")), StringComparison.Ordinal);
        page = await browser.PressAsync(page, "This was not me", ("code", story.Code(signature)));
        Assert.Contains("Done.", Words(page.Body), StringComparison.Ordinal);
        Assert.Equal((SignatureState.Expired, ""), ((await story.ReadAsync(signature.Id)).State, (await story.ReadAsync(signature.Id)).Name));
        Assert.Equal(1, await fixture.App.QueryAsync(db => db.BlockedAddresses.CountAsync(b => b.LetterId == story.LetterId)));
    }

    [Fact]
    public async Task A_second_signature_of_one_address_leads_to_the_first()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        using var browser = story.Browser();
        var first = await story.SignAsync(browser, Address);
        var second = await story.SignAsync(browser, "M.Oladottir+letters@post.example", "Marguerite Vance");
        var all = await story.AllAsync();
        await browser.PressAsync(first, Confirm, ("code", story.Code(all[0])));
        var page = await browser.PressAsync(second, Confirm, ("code", story.Code(all[1])));
        Assert.Equal(SignStory.Name, Words(page.QuerySelector(".line .name")));
        Assert.Equal([SignatureState.Confirmed, SignatureState.Expired], (await story.AllAsync()).Select(s => s.State));
    }

    [Fact]
    public async Task A_line_that_was_changed_meanwhile_is_shown_again_before_it_can_be_confirmed()
    {
        var (story, browser, _, signature) = await SubmittedAsync();
        using var _ = browser;
        var seen = await browser.OpenAsync(story.Path(TokenPurpose.Confirm, signature));
        var line = await browser.OpenAsync(story.Path(TokenPurpose.Tab, signature) + "/line");
        await browser.PressAsync(line, "Save the line", ("Form.Name", "Somebody Else"));
        var page = await browser.PressAsync(seen, Confirm, ("code", story.Code(signature)));
        Assert.Contains("This line was changed", Words(page.QuerySelector(".notice.seal")), StringComparison.Ordinal);
        Assert.Equal("Somebody Else", Words(page.QuerySelector(".line .name")));
        Assert.Equal(SignatureState.Submitted, (await story.ReadAsync(signature.Id)).State);
    }

    [Fact]
    public async Task Another_address_takes_along_what_was_typed()
    {
        var (story, browser, page, _) = await SubmittedAsync();
        using var _ = browser;
        browser.Client.DefaultRequestHeaders.Add("Origin", "null");
        page = await browser.PressAsync(page, "Use another address");
        Assert.Equal(SignStory.Name, Value(page, "Form.Name"));
        Assert.Equal("Lindenmoor", Value(page, "Form.Location"));
        Assert.Equal("1994", Value(page, "Form.Rows[0].From"));
        Assert.Equal("", Value(page, "Form.Email"));
        Assert.Single(await story.AllAsync());
    }

    [Fact]
    public async Task A_token_opens_its_own_page_and_no_other()
    {
        var (story, browser, _, signature) = await SubmittedAsync();
        using var _ = browser;
        var keys = fixture.App.Get<InstanceKeys>();
        var tokens = new[] { TokenPurpose.Confirm, TokenPurpose.Tab, TokenPurpose.Own, TokenPurpose.PrivateLetter, TokenPurpose.Message }.Select(p => (p, keys.Token(p, signature.Id)))
            .Append((TokenPurpose.Message, "zz")).Append((TokenPurpose.Message, "1-" + new string('0', 24)));
        foreach (var (purpose, token) in tokens)
            foreach (var (mine, path) in new[] { (TokenPurpose.Confirm, "/confirm/"), (TokenPurpose.Tab, "/confirmation/"), (TokenPurpose.Own, "/signature/") })
            {
                await browser.OpenAsync(path + token);
                Assert.Equal(mine == purpose ? HttpStatusCode.OK : HttpStatusCode.NotFound, browser.Last.StatusCode);
                if (mine == purpose)
                {
                    Assert.Equal("no-store", browser.Last.Headers.CacheControl!.ToString());
                    Assert.Equal("no-referrer", browser.Last.Headers.GetValues("Referrer-Policy").Single());
                }
            }
    }

    [Fact]
    public async Task Another_site_cannot_press_the_button()
    {
        var (story, browser, page, signature) = await SubmittedAsync();
        using var _ = browser;
        browser.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        await browser.PressAsync(page, Confirm, ("code", story.Code(signature)));
        Assert.Equal(HttpStatusCode.BadRequest, browser.Last.StatusCode);
        Assert.Equal(SignatureState.Submitted, (await story.ReadAsync(signature.Id)).State);
    }

    [Fact]
    public async Task Sending_again_ends_with_the_mailbox_budget_and_leaves_the_last_digits_alive()
    {
        var (story, browser, page, signature) = await SubmittedAsync();
        using var _ = browser;
        for (var i = 0; i < 6; i++)
            page = await browser.PressAsync(page, "Send me new digits");
        Assert.Contains("We write again to the same address", Words(page.Body), StringComparison.Ordinal);
        Assert.Equal(3, (await story.MailsAsync()).Count);
        Assert.Equal(3, (await story.ReadAsync(signature.Id)).CodeRound);
    }

    [Fact]
    public async Task Without_a_glance_an_odd_name_waits_for_a_person_and_a_plain_one_is_let_in()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true, with: l => l.GlanceRequired = false);
        Assert.Equal(SignatureState.Admitted, (await story.ConfirmedAsync("plain@post.example")).State);
        var odd = await story.ConfirmedAsync("odd@post.example", "President Moor");
        Assert.Equal((SignatureState.InReview, Oddity.TitleInName), (odd.State, Assert.Single(odd.ReviewReasons)));
    }

    private async Task<(SignStory Story, SignerBrowser Browser, AngleSharp.Html.Dom.IHtmlDocument Page, Signature Signature)> SubmittedAsync()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true);
        var browser = story.Browser();
        // Another mailbox each time: the budget counts over the whole instance.
        var page = await story.SignAsync(browser, $"m{story.LetterId}.oladottir@post.example");
        return (story, browser, page, await story.LatestAsync());
    }

    [GeneratedRegex("[0-9a-z]+-[0-9a-z]{24}")]
    private static partial Regex TokenText();

    [GeneratedRegex("(?m)^Date: .*$")]
    private static partial Regex DateHeader();
}
