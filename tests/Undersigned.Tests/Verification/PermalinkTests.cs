using System.Net;
using AngleSharp.Html.Dom;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Signing;

namespace Undersigned.Tests.Verification;

public sealed class PermalinkTests(VerificationApp fixture) : IClassFixture<VerificationApp>
{
    [Fact]
    public async Task A_lines_own_page_says_what_was_checked_and_when_and_no_more()
    {
        var story = await fixture.LetterAsync(l => l.Domains = [new ListedDomain("dams.example", "Inspectorate of Dams and Locks", false), new ListedDomain("ministry.example", "Ministry of Waterways", true)]);
        var ada = await story.ListedAsync("ada@mail.dams.example", "Ada Lockwood");
        var at = new DateTimeOffset(2026, 2, 27, 14, 0, 0, TimeSpan.Zero);
        await story.WriteAsync(db =>
        {
            db.Evidence.Add(Evidence.Of(EvidenceKind.Account, ada, at, "ORCID · A. Lockwood (0000-0001)"));
            // One voucher says nothing, and the record does not say "known" yet.
            var vouch = Evidence.Of(EvidenceKind.Vouched, ada, at);
            vouch.VoucherId = ada.Id;
            db.Evidence.Add(vouch);
            db.Evidence.Add(Evidence.Of(EvidenceKind.Known, ada, at, "called her at home"));
        });
        await story.RefreshAsync();
        using var browser = story.Browser();

        var page = await browser.OpenAsync($"/letters/{story.Slug}/signatories/{ada.Number}");

        Assert.Equal(HttpStatusCode.OK, browser.Last.StatusCode);
        Assert.Equal(
            ["27 February 2026 Holds an account at ORCID. Says nothing about their work.", "An address at dams.example (Inspectorate of Dams and Locks), whose administrators can create such addresses."],
            page.QuerySelectorAll("section[aria-labelledby=checked] li").Select((li, i) => i == 0 ? Words(li) : Words(li.QuerySelector("p")!)));
        foreach (var secret in new[] { "0000-0001", "A. Lockwood", "at home", "mail.dams", "ada@" })
            Assert.DoesNotContain(secret, browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_that_says_how_to_check_names_the_domains_and_the_addressees()
    {
        var story = await fixture.LetterAsync(l => l.Domains = [new ListedDomain("dams.example", "Inspectorate of Dams and Locks", false), new ListedDomain("ministry.example", "Ministry of Waterways", true)]);
        using var browser = story.Browser();

        IHtmlDocument page = await browser.OpenAsync($"/letters/{story.Slug}/verify");

        Assert.Equal("dams.example Inspectorate of Dams and Locks ministry.example Ministry of Waterways, the addressee’s: counts as any other address",
            string.Join(' ', page.QuerySelectorAll("section[aria-labelledby=domains] dt, section[aria-labelledby=domains] dd").Select(e => SignerBrowser.Words(e))));
    }

    private static string Words(AngleSharp.Dom.IElement element) => StaffBrowser.Words(element);
}
