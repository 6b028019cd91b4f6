using System.Net;
using AngleSharp.Html.Dom;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Signing;

namespace Undersigned.Tests.Verification;

/// <summary>One application, and two sign-in services beside it.</summary>
public sealed class AccountsApp : IAsyncLifetime
{
    internal SignInServices Services { get; private set; } = null!;
    internal TestApp App { get; private set; } = null!;
    internal ShiftedClock Clock { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Services = await SignInServices.StartAsync();
        App = await TestApp.StartAsync(
            i => i with { Smtp = null, TrustedProxies = ["127.0.0.1"], Issuers = [Services.OpenId, Services.Plain, SignInServices.Nowhere] },
            b => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(b.Services, Clock));
    }

    public async ValueTask DisposeAsync()
    {
        var log = App.Log;
        await App.DisposeAsync();
        await Services.DisposeAsync();
        Assert.DoesNotContain(log, l => l.Contains("Lockwood", StringComparison.Ordinal) || l.Contains("0000-0002", StringComparison.Ordinal) || l.Contains("a secret of", StringComparison.Ordinal));
    }

    internal Task<SignStory> LetterAsync() => SignStory.BeginAsync(App, with: l => l.GlanceRequired = false);
}

public sealed class AccountTests(AccountsApp fixture) : IClassFixture<AccountsApp>
{
    [Fact]
    public async Task An_account_is_shown_beside_the_line_and_added_only_when_the_signer_says_so()
    {
        var story = await fixture.LetterAsync();
        var ada = await story.ListedAsync("ada@post.example", "Ada Lockwood");
        fixture.Services.Account = ("0000-0002-1825-0097", "Ada Lockwood");
        using var browser = story.Browser();

        var shown = await ReturnAsync(story, browser, ada, "ORCID");
        Assert.Contains("Ada Lockwood (0000-0002-1825-0097)", SignerBrowser.Words(shown.QuerySelector(".memo")), StringComparison.Ordinal);
        Assert.Contains("Is this your account, and is this your line?", SignerBrowser.Words(shown.QuerySelector(".lead")), StringComparison.Ordinal);
        Assert.Empty(await EvidenceAsync(ada));
        var added = await browser.PressAsync(shown, "Add this account");

        Assert.StartsWith("Added.", SignerBrowser.Words(added.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.DoesNotContain("/signature/", browser.Text, StringComparison.Ordinal);
        var evidence = Assert.Single(await EvidenceAsync(ada));
        Assert.Equal((EvidenceKind.Account, "ORCID · Ada Lockwood (0000-0002-1825-0097)"), (evidence.Kind, evidence.What));
        await SignStory.UntilAsync(async () => (await story.ReadAsync(ada.Id)).Level == SignatureLevel.Account);
    }

    [Fact]
    public async Task A_service_of_plain_OAuth_tells_the_account_by_its_own_address()
    {
        var story = await fixture.LetterAsync();
        var bela = await story.ListedAsync("bela@post.example", "Bela Weir");
        fixture.Services.Account = ("583231", "belaweir");
        using var browser = story.Browser();

        await browser.PressAsync(await ReturnAsync(story, browser, bela, "GitHub"), "Add this account");

        Assert.Equal("GitHub · belaweir (583231)", Assert.Single(await EvidenceAsync(bela)).What);
    }

    [Fact]
    public async Task One_account_speaks_for_one_line_and_for_another_after_it_was_taken_off()
    {
        var story = await fixture.LetterAsync();
        var (one, two) = (await story.ListedAsync("one@post.example", "Gil Race"), await story.ListedAsync("two@post.example", "Hal Leat"));
        fixture.Services.Account = ("77", "shared");
        using var browser = story.Browser();
        var shown = await ReturnAsync(story, browser, one, "GitHub");
        await browser.PressAsync(shown, "Add this account");
        await browser.PressAsync(shown, "Add this account");
        Assert.Single(await EvidenceAsync(one));

        var refused = await browser.PressAsync(await ReturnAsync(story, browser, two, "GitHub"), "Add this account");
        Assert.Contains("speaks for another line", SignerBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, browser.Last.StatusCode);
        Assert.Empty(await EvidenceAsync(two));

        await browser.PressAsync(await browser.OpenAsync(story.Path(TokenPurpose.Own, one) + "/accounts"), "Take off");
        var ended = Assert.Single(await EvidenceAsync(one));
        Assert.Equal((true, null, null), (ended.EndedAt is not null, ended.What, ended.AccountTag));
        Assert.Equal(SignatureLevel.Email, (await story.ReadAsync(one.Id)).Level);
        await browser.PressAsync(await ReturnAsync(story, browser, two, "GitHub"), "Add this account");
        Assert.Single(await EvidenceAsync(two));
    }

    [Fact]
    public async Task What_does_not_hold_adds_nothing()
    {
        var story = await fixture.LetterAsync();
        var ada = await story.ListedAsync("ada@post.example", "Ada Lockwood");
        using var browser = story.Browser();
        fixture.Services.OtherAudience = "somebody-else";
        try
        {
            await AssertFailsAsync(browser, await ComingBackAsync(story, browser, ada, "ORCID"));
        }
        finally
        {
            fixture.Services.OtherAudience = null;
        }
        var back = await ComingBackAsync(story, browser, ada, "ORCID");
        var (address, query) = (back.Split('?')[0], back.Split('?')[1]);
        await AssertFailsAsync(browser, address);
        await AssertFailsAsync(browser, address + "?error=access_denied&" + string.Join('&', query.Split('&').Where(p => !p.StartsWith("code", StringComparison.Ordinal))));
        await AssertFailsAsync(browser, back.Replace("state=", "state=x", StringComparison.Ordinal));
        await AssertFailsAsync(browser, back.Replace("/attach/orcid", "/attach/github", StringComparison.Ordinal));
        await AssertFailsAsync(browser, back.Replace("code=", "code=x", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.GetAsync("/attach/nobody?" + query, TestContext.Current.CancellationToken)).StatusCode);
        using var later = fixture.Clock.Later(TimeSpan.FromMinutes(16));
        await AssertFailsAsync(browser, back);
        Assert.Empty(await EvidenceAsync(ada));
    }

    [Fact]
    public async Task An_offer_that_is_old_forged_or_posted_by_another_site_adds_nothing()
    {
        var story = await fixture.LetterAsync();
        var ada = await story.ListedAsync("ada@post.example", "Ada Lockwood");
        fixture.Services.Account = ("0000-0001", "Ada Lockwood");
        using var browser = story.Browser();
        var offer = SignerBrowser.Value(await ReturnAsync(story, browser, ada, "ORCID"), "offer");

        foreach (var forged in new[] { "", "x", offer[..^4] + "AAAA" })
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/attach/orcid", [("offer", forged)])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/attach/github", [("offer", offer)])).StatusCode);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/attach/orcid") { Content = new FormUrlEncodedContent([KeyValuePair.Create("offer", offer)]) };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Client.SendAsync(foreign, TestContext.Current.CancellationToken)).StatusCode);
        using var later = fixture.Clock.Later(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/attach/orcid", [("offer", offer)])).StatusCode);
        Assert.Empty(await EvidenceAsync(ada));
    }

    [Fact]
    public async Task Only_who_counts_may_add_and_a_silent_service_is_named()
    {
        var story = await fixture.LetterAsync();
        var left = await story.ListedAsync("left@post.example", "Ina Dyke");
        using var browser = story.Browser();
        var silent = await browser.OpenAsync(story.Path(TokenPurpose.Own, left) + "/accounts/departure?issuer=nowhere");
        Assert.Equal(HttpStatusCode.BadGateway, browser.Last.StatusCode);
        Assert.Contains("Nowhere does not answer", SignerBrowser.Words(silent.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.GetAsync(story.Path(TokenPurpose.Own, left) + "/accounts/departure?issuer=nobody", TestContext.Current.CancellationToken)).StatusCode);
        await story.WriteAsync(db => db.Signatures.Single(s => s.Id == left.Id).State = SignatureState.Withdrawn);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.GetAsync(story.Path(TokenPurpose.Own, left) + "/accounts", TestContext.Current.CancellationToken)).StatusCode);
    }

    private Task<List<Evidence>> EvidenceAsync(Signature signature) => fixture.App.QueryAsync(db =>
        Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(db.Evidence.Where(e => e.SignatureId == signature.Id)));

    private static async Task AssertFailsAsync(SignerBrowser browser, string address)
    {
        var page = await browser.OpenAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Last.StatusCode);
        Assert.Contains("Nothing was added", SignerBrowser.Words(page.QuerySelector("[role=alert]")), StringComparison.Ordinal);
    }

    private async Task<IHtmlDocument> ReturnAsync(SignStory story, SignerBrowser browser, Signature signature, string service) =>
        await browser.OpenAsync(await ComingBackAsync(story, browser, signature, service));

    /// <summary>From the signer's own page to the service; the address with which it sends them back.</summary>
    private async Task<string> ComingBackAsync(SignStory story, SignerBrowser browser, Signature signature, string service)
    {
        var own = await browser.OpenAsync(story.Path(TokenPurpose.Own, signature));
        var accounts = await browser.OpenAsync(own.QuerySelectorAll("a").First(a => a.TextContent.StartsWith("Add an account", StringComparison.Ordinal)).GetAttribute("href")!);
        var leave = accounts.QuerySelectorAll("a").First(a => SignerBrowser.Words(a) == "Sign in at " + service).GetAttribute("href")!;
        var left = await browser.Client.GetAsync(leave, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        using var elsewhere = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var back = await elsewhere.GetAsync(left.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        Assert.StartsWith(fixture.App.Instance.UrlOf("/attach/"), back.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        return back.Headers.Location.PathAndQuery;
    }
}
