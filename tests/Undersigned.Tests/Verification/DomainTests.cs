using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Signing;

namespace Undersigned.Tests.Verification;

public sealed class DomainTests(VerificationApp fixture) : IClassFixture<VerificationApp>
{
    private static readonly ListedDomain Dams = new("dams.example", "Inspectorate of Dams and Locks", false);
    private static readonly ListedDomain Ministry = new("ministry.example", "Ministry of Waterways", true);

    [Theory]
    [InlineData("dams.example", "dams.example")]
    [InlineData("mail.dams.example", "dams.example")]
    [InlineData("south.dams.example", "south.dams.example")]
    [InlineData("x.south.dams.example", "south.dams.example")]
    [InlineData("notdams.example", null)]
    [InlineData("example", null)]
    [InlineData("ministry.example", null)]
    [InlineData("locks.ministry.example", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_listed_domain_covers_those_below_it_and_the_addressees_cover_all_below_them(string? domain, string? found)
    {
        var letter = new Letter { Slug = "waterways", Domains = [Dams, new("south.dams.example", "South", false), Ministry, new("locks.ministry.example", "Locks", false)] };
        Assert.Equal(found, letter.DomainOf(domain)?.Domain);
    }

    [Fact]
    public async Task Confirming_at_a_listed_domain_is_a_work_address_for_the_office_there()
    {
        var story = await fixture.LetterAsync(l => l.Domains = [Dams, Ministry]);

        var signed = await story.ListedAsync("m.vance@south.dams.example");

        Assert.Equal(SignatureLevel.Domain, signed.Level);
        var evidence = Assert.Single(await fixture.EvidenceAsync(signed));
        Assert.Equal((EvidenceKind.Domain, "dams.example", "Senior inspector, Inspectorate of Dams and Locks, 1994–2017", (long?)null),
            (evidence.Kind, evidence.What, evidence.Claim, evidence.AccountId));
        Assert.Equal("Domain", await fixture.LevelShownAsync(story, signed));
    }

    [Fact]
    public async Task At_the_addressees_domain_and_by_telephone_nothing_is_proven()
    {
        var story = await fixture.LetterAsync(l => l.Domains = [Dams, Ministry]);
        var room = StaffRoom.Of(fixture.App, story.LetterId);
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var addressees = await story.ListedAsync("m.vance@south.ministry.example");
        using var signer = story.Browser();
        await story.SignAsync(signer, "by.telephone@dams.example", "Bela Weir");
        await owner.PressAsync(await owner.OpenAsync(room.Desk + "/unconfirmed"), "Confirmed by telephone");

        var telephoned = await story.LatestAsync();
        Assert.Equal((SignatureLevel.Email, ConfirmationHow.Telephone), (telephoned.Level, telephoned.ConfirmedHow));
        Assert.Equal(SignatureLevel.Email, addressees.Level);
        Assert.Empty(await fixture.EvidenceAsync(addressees));
        Assert.Empty(await fixture.EvidenceAsync(telephoned));
    }

    [Fact]
    public async Task A_domain_listed_later_counts_for_those_already_confirmed_and_ends_when_it_is_taken_off()
    {
        var story = await fixture.LetterAsync();
        var (ada, bela) = (await story.ListedAsync("ada@dams.example", "Ada Lockwood"), await story.ListedAsync("bela@post.example", "Bela Weir"));
        var room = StaffRoom.Of(fixture.App, story.LetterId);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        var listed = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/checks"), "List the domain",
            ("Domain", " @Dams.example"), ("Controller", "Inspectorate of Dams and Locks"));
        Assert.Contains("Listed. 1 line says something else", StaffBrowser.Words(listed.QuerySelector("[role=status]")), StringComparison.Ordinal);
        await SignStory.UntilAsync(async () => await fixture.LevelShownAsync(story, ada) == "Domain");
        Assert.Equal(SignatureLevel.Email, (await story.ReadAsync(bela.Id)).Level);
        Assert.Contains("dams.example", Encoding.UTF8.GetString(await NewestRulesAsync(story)), StringComparison.Ordinal);

        var marked = await editor.PressAsync(listed, "List the domain", ("Domain", "dams.example"), ("Controller", "Ministry of Waterways"), ("Addressee", "true"));
        Assert.Contains("the addressee’s", StaffBrowser.Words(marked.QuerySelector("tbody")), StringComparison.Ordinal);
        await SignStory.UntilAsync(async () => await fixture.LevelShownAsync(story, ada) == "Email");

        await editor.PressAsync(marked, "Take off dams.example");
        Assert.Empty((await fixture.App.QueryAsync(db => db.Letters.AsNoTracking().SingleAsync(l => l.Id == story.LetterId))).Domains);
        var ended = Assert.Single(await fixture.EvidenceAsync(ada));
        Assert.Equal((editor.AccountId, true), (ended.EndedBy!.Value, ended.EndedAt is not null));
        Assert.Equal(["list-domain dams.example", "list-domain dams.example", "list-domain dams.example", "list-domain dams.example", "unlist-domain dams.example"],
            (await room.ActsAsync()).Select(a => $"{a.What} {a.Detail}"));
    }

    [Fact]
    public async Task The_form_names_the_domains_and_its_preview_says_what_the_address_will_count_as()
    {
        var story = await fixture.LetterAsync(l => l.Domains = [Dams, Ministry]);
        using var browser = story.Browser();

        var form = await browser.OpenAsync(story.Form);
        var named = Assert.Single(form.QuerySelectorAll("form.signing details li")).TextContent;
        Assert.Equal("dams.example: Inspectorate of Dams and Locks", named);

        var work = await browser.PressAsync(form, "Preview", SignStory.Filled("m.vance@dams.example"));
        Assert.Contains("Work address", work.QuerySelector("#line")!.TextContent, StringComparison.Ordinal);
        var addressees = await browser.PressAsync(form, "Preview", SignStory.Filled("m.vance@ministry.example"));
        Assert.Contains("Address only", addressees.QuerySelector("#line")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_below_one_of_the_addressees_is_marked_as_saying_nothing()
    {
        var story = await fixture.LetterAsync(l => l.Domains = [Dams with { IsAddressee = true }]);
        var room = StaffRoom.Of(fixture.App, story.LetterId);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        var listed = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/checks"), "List the domain", ("Domain", "mail.dams.example"), ("Controller", "Post room"));

        Assert.Contains("below one of the addressee’s: “Address only”", StaffBrowser.Words(listed.QuerySelector("tbody tr:last-child")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Somebody", "Write a domain as it stands after the @")]
    [InlineData("https://dams.example/", "Somebody", "Write a domain as it stands after the @")]
    [InlineData("localhost", "Somebody", "Write a domain as it stands after the @")]
    [InlineData("gmail.com", "Somebody", "Anybody can have an address at gmail.com")]
    [InlineData("dams.example", "  ", "Say who can create addresses there")]
    public async Task What_is_no_domain_of_anybody_is_refused_and_kept_in_the_form(string domain, string controller, string because)
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        var refused = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/checks"), "List the domain", ("Domain", domain), ("Controller", controller));

        Assert.Contains(because, StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal(domain, refused.QuerySelector("#domain")!.GetAttribute("value") ?? "");
        Assert.Empty((await fixture.App.QueryAsync(db => db.Letters.AsNoTracking().SingleAsync(l => l.Id == room.LetterId))).Domains);
    }

    [Fact]
    public async Task Reviewers_do_not_see_the_checks_and_the_auditor_changes_nothing()
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.Domains = [Dams]);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        using var auditor = await room.EnterAsync(StaffRole.Auditor);

        Assert.Equal(HttpStatusCode.NotFound, (await reviewer.GetAsync(room.Desk + "/checks")).StatusCode);
        var seen = await auditor.OpenAsync(room.Desk + "/checks");

        Assert.Contains("dams.example", StaffBrowser.Words(seen.QuerySelector("tbody")), StringComparison.Ordinal);
        Assert.DoesNotContain(seen.QuerySelectorAll("main button"), b => b.TextContent.Length > 0);
    }

    private Task<byte[]> NewestRulesAsync(SignStory story) => fixture.App.QueryAsync(async db =>
        (await db.Revisions.AsNoTracking().Where(r => r.LetterId == story.LetterId).OrderByDescending(r => r.Number).FirstAsync()).Rules);
}
