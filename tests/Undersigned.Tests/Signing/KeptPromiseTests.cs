using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using static Undersigned.Tests.Signing.SignerBrowser;

namespace Undersigned.Tests.Signing;

/// <summary>What the signer's pages promise: an answer at the end, the way back, all that is held, and no form where nobody can sign.</summary>
public sealed class KeptPromiseTests(SigningApp fixture) : IClassFixture<SigningApp>
{
    private static int people;

    private static string Address => $"m.oladottir{Interlocked.Increment(ref people)}@kept.post.example";

    [Fact]
    public async Task Whoever_waits_when_the_letter_closes_for_good_is_told_by_page_and_mail()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = true);
        var address = Address;
        var waiting = await story.ConfirmedAsync(address);
        using (var browser = story.Browser())
            await story.SignAsync(browser, Address, "Never Confirmed-Vane");
        await CloseAsync(story);

        var mail = Assert.Single(await story.MailsAsync(), m => m.Kind == MailKind.Decided);
        Assert.Equal(waiting.Id, mail.SignatureId);
        using var signer = story.Browser();
        var page = await signer.OpenAsync(story.Path(TokenPurpose.Own, waiting));
        Assert.Contains("closed for good before a person had looked at it", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.Contains("is kept until", Words(page.Body), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#change"));

        var inbox = fixture.App.Inbox(address);
        while ((await inbox.NextAsync()).Subject != "Your signature is confirmed: Let the inspectors publish what they find")
        {
            // What was written before they confirmed.
        }
        await story.WriteAsync(db => db.Outbox.Single(m => m.Id == mail.Id).DueAt = DateTimeOffset.UnixEpoch);
        fixture.App.Get<WorkSignal>().Poke();
        Assert.Contains("closed for good", (await inbox.NextAsync()).Parse().TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_came_onto_the_list_before_the_closing_is_told_nothing_of_it()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = false);
        await story.ListedAsync(Address);
        await CloseAsync(story);
        Assert.DoesNotContain(await story.MailsAsync(), m => m.Kind is MailKind.Decided or MailKind.Confirmed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nobody_can_sign_there_is_no_form_until_something_was_typed(bool isClosed)
    {
        var story = await SignStory.BeginAsync(fixture.App);
        using var browser = story.Browser();
        var open = await browser.OpenAsync(story.Form);
        await story.ChangeLetterAsync(l => (l.State, l.HoldSigning) = isClosed ? (LetterState.Closing, false) : (LetterState.Published, true));

        var late = await browser.PressAsync(open, "Send me the six digits", SignStory.Filled(Address));
        Assert.Equal(SignStory.Name, Value(late, "Form.Name"));
        Assert.Contains("what you typed is kept", Words(late.QuerySelector("[role=alert]")), StringComparison.OrdinalIgnoreCase);

        var fresh = await browser.OpenAsync(story.Form);
        Assert.Null(fresh.QuerySelector("form"));
        Assert.Contains(isClosed ? "no longer takes signatures." : "Signing is paused at the moment.", Words(fresh.QuerySelector(".lead")), StringComparison.Ordinal);
        Assert.DoesNotContain("typed", Words(fresh.QuerySelector("main")), StringComparison.OrdinalIgnoreCase);
        foreach (var path in new[] { "", "/signatories", "/my-signature" })
            Assert.Contains(fresh.QuerySelectorAll("main a"), a => a.GetAttribute("href") == $"/letters/{story.Slug}{path}");
    }

    [Fact]
    public async Task Whoever_gets_no_mail_reads_whom_to_call()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.Imprint = "Box 12, Lindenmoor\n+00 555 0140");
        using var browser = story.Browser();
        var page = await story.SignAsync(browser, Address);
        Assert.Contains("Weirkeepers is reached at:Box 12, Lindenmoor+00 555 0140", Words(page.QuerySelector("details")).Replace(": ", ":", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_letter_sends_the_link_at_once_and_again()
    {
        var story = await SignStory.BeginAsync(fixture.App, isPrivate: true, with: l => l.GlanceRequired = false);
        using var browser = story.Browser();
        var form = await browser.OpenAsync(story.Form);
        Assert.Contains(form.QuerySelectorAll("a"), a => a.GetAttribute("href") == story.Form.Replace("/sign", "/my-signature", StringComparison.Ordinal));
        await story.ConfirmedAsync(Address);
        Assert.Equal([MailKind.Confirmation, MailKind.Confirmed], (await story.MailsAsync()).Select(m => m.Kind));
    }

    [Fact]
    public async Task A_signer_takes_away_all_that_is_held_and_nothing_of_anybody_else()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = false);
        var address = Address;
        var signature = await story.ListedAsync(address);
        await story.WriteAsync(db =>
        {
            var row = db.Signatures.Single(s => s.Id == signature.Id);
            (row.Note, row.Telephone, row.PressMayCall) = ("rude on the phone", "+00 555 0199", true);
            var known = Evidence.Of(EvidenceKind.Known, row, DateTimeOffset.UnixEpoch, "met at a party");
            known.AccountId = 1;
            db.Evidence.AddRange(known, Evidence.Of(EvidenceKind.Roster, row, DateTimeOffset.UnixEpoch), Evidence.Of(EvidenceKind.Account, row, DateTimeOffset.UnixEpoch, "ORCID 0000"));
            db.Acts.Add(new StaffAct { LetterId = story.LetterId, AccountId = 1, At = DateTimeOffset.UnixEpoch, What = "remove", SignatureId = row.Id, FromState = "Listed", ToState = "Removed", Detail = "duplicate" });
            var strange = new Inquiry { LetterId = story.LetterId, SignatureId = row.Id, Kind = InquiryKind.NotMe, State = InquiryState.Waiting, SubmittedAt = DateTimeOffset.UnixEpoch, AddressTag = [1, 2, 3] };
            strange.Text = "she never worked there";
            db.Inquiries.Add(strange);
        });
        using var browser = story.Browser();
        var path = story.Path(TokenPurpose.Own, signature);
        var page = await browser.OpenAsync(path);
        Assert.Equal(path + "/data", page.QuerySelector("section[aria-labelledby=data] a")!.GetAttribute("href"));

        using var answer = await browser.Client.GetAsync(path + "/data", TestContext.Current.CancellationToken);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("noindex, nofollow", Assert.Single(answer.Headers.GetValues("X-Robots-Tag")));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var hidden in new[] { "rude", "party", "roster", "never worked", "accountId", "networkTag" })
            Assert.DoesNotContain(hidden, text, StringComparison.OrdinalIgnoreCase);
        var root = JsonDocument.Parse(text).RootElement;
        Assert.Equal(address, root.GetProperty("private").GetProperty("address").GetString());
        Assert.Equal("+00 555 0199", root.GetProperty("private").GetProperty("telephone").GetString());
        Assert.Equal(SignStory.Name, root.GetProperty("inTheRecord")[0].GetProperty("line").GetProperty("name").GetString());
        Assert.Equal("Ministry of Waterways", root.GetProperty("line").GetProperty("posts")[1].GetProperty("organization").GetString());
        Assert.Equal(["known", "account"], root.GetProperty("evidence").EnumerateArray().Select(e => e.GetProperty("kind").GetString()).OrderDescending());
        Assert.Equal("duplicate", root.GetProperty("decisions")[0].GetProperty("reason").GetString());
        Assert.Equal(["confirmation", "listed"], root.GetProperty("mails").EnumerateArray().Select(m => m.GetProperty("kind").GetString()));
        Assert.Equal(0, root.GetProperty("requests").GetArrayLength());

        using var other = await browser.Client.GetAsync("/signature/1-nonsense/data", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    private async Task CloseAsync(SignStory story)
    {
        await story.WriteAsync(db =>
        {
            var (letter, now) = (db.Letters.Single(l => l.Id == story.LetterId), fixture.Clock.GetUtcNow());
            (letter.State, letter.ClosedAt) = (LetterState.Closed, now);
            db.Changes.Add(Change.Of(ChangeKind.Close, letter, now));
        });
        fixture.App.Get<WorkSignal>().Poke();
        await SignStory.UntilAsync(async () => (await story.ChangesAsync()).All(c => c.Kind != ChangeKind.Close));
        await story.RefreshAsync();
    }
}
