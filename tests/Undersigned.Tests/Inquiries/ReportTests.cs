using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Inquiries;
using Undersigned.Model;
using Undersigned.Tests.Signing;
using static Undersigned.Tests.Signing.SignerBrowser;

namespace Undersigned.Tests.Inquiries;

public sealed class ReportTests(SigningApp fixture) : IClassFixture<SigningApp>
{
    private const string Send = "Send me the six digits";
    private static int people;

    private static string Address => $"r.oladottir{Interlocked.Increment(ref people)}@post.example";

    [Fact]
    public async Task A_report_counts_once_its_address_is_confirmed_and_hides_nothing()
    {
        var (story, line) = await ListedAsync();
        using var browser = story.Browser();
        var list = await browser.OpenAsync($"/letters/{story.Slug}/signatories");
        Assert.Equal("Wrong? Report signature 1", Words(list.QuerySelector("#s-1 a[href$='/report']")));
        var single = await browser.OpenAsync($"/letters/{story.Slug}/signatories/1");
        Assert.NotNull(single.QuerySelector("a[href$='/signatories/1/report']"));

        var address = Address;
        var page = await ReportAsync(story, browser, address);
        Assert.Contains("Look in your inbox", Words(page.Body), StringComparison.Ordinal);
        var report = await LatestAsync(story);
        Assert.Equal((InquiryState.Submitted, line.Id, InquiryKind.NotMe), (report.State, report.SignatureId, report.Kind));
        var code = await fixture.App.Inbox(address).CodeAsync();

        page = await browser.PressAsync(page, "Send the report", ("code", code));
        Assert.Contains("We have your report", Words(page.QuerySelector("h1")), StringComparison.Ordinal);
        report = await LatestAsync(story);
        Assert.Equal(InquiryState.Waiting, report.State);
        Assert.Equal(TimeSpan.FromHours(24), report.DueAt - report.ConfirmedAt);
        Assert.Equal(SignatureState.Listed, (await story.ReadAsync(line.Id)).State);
        await SignStory.UntilAsync(async () =>
        {
            await story.RefreshAsync();
            var foot = await browser.OpenAsync($"/letters/{story.Slug}/verify");
            return Words(foot.QuerySelector("footer")).Contains("Reports about lines: 1 open, 0 answered", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_second_report_of_one_address_says_so_to_its_mailbox_alone()
    {
        var (story, _) = await ListedAsync();
        using var browser = story.Browser();
        var address = Address;
        var first = await ReportAsync(story, browser, address);
        await browser.PressAsync(first, "Send the report", ("code", await fixture.App.Inbox(address).CodeAsync()));

        var again = await ReportAsync(story, browser, address);
        Assert.Equal(Words(first.Body), Words(again.Body));
        var mail = await fixture.App.Inbox(address).NextAsync();
        Assert.Equal("You have reported this line already", mail.Subject);
        var before = await browser.PressAsync(again, "Send the report", ("code", CodeOf(await LatestAsync(story))));
        Assert.Contains("You have reported this line already", Words(before.Body), StringComparison.Ordinal);
        Assert.Equal(1, await fixture.App.QueryAsync(db => db.Inquiries.CountAsync(i => i.LetterId == story.LetterId && i.State == InquiryState.Waiting)));
    }

    [Fact]
    public async Task What_is_missing_stands_beside_its_field_and_nothing_is_lost()
    {
        var (story, _) = await ListedAsync();
        using var browser = story.Browser();
        var page = await browser.OpenAsync($"/letters/{story.Slug}/signatories/1/report");
        page = await browser.PressAsync(page, Send, ("Text", "My name is spelt with an í."), ("Email", "nobody"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Last.StatusCode);
        Assert.Contains("Choose one of the two.", Words(page.QuerySelector("#Kind-e")), StringComparison.Ordinal);
        Assert.Contains("not an address that mail can reach", Words(page.QuerySelector("#Email-e")), StringComparison.Ordinal);
        Assert.Equal("My name is spelt with an í.", Value(page, "Text").Trim());
        Assert.Empty(await fixture.App.QueryAsync(db => db.Inquiries.Where(i => i.LetterId == story.LetterId).ToListAsync()));
    }

    [Fact]
    public async Task Five_wrong_codes_end_the_digits_and_new_ones_come_by_mail()
    {
        var (story, _) = await ListedAsync();
        using var browser = story.Browser();
        var address = Address;
        var page = await ReportAsync(story, browser, address);
        var right = CodeOf(await LatestAsync(story));
        var wrong = right == "000000" ? "000001" : "000000";
        for (var i = 0; i < 5; i++)
            page = await browser.PressAsync(page, "Send the report", ("code", wrong));
        Assert.Contains("These digits have run out", Words(page.Body), StringComparison.Ordinal);
        page = await browser.PressAsync(page, "Send the report", ("code", right));
        Assert.Equal(InquiryState.Submitted, (await LatestAsync(story)).State);

        page = await browser.PressAsync(page, "Send me new digits");
        await browser.PressAsync(page, "Send the report", ("code", CodeOf(await LatestAsync(story))));
        Assert.Equal(InquiryState.Waiting, (await LatestAsync(story)).State);
    }

    [Fact]
    public async Task A_mailbox_that_had_its_mails_of_the_day_keeps_the_digits_of_the_last()
    {
        var (story, _) = await ListedAsync();
        using var browser = story.Browser();
        var page = await ReportAsync(story, browser, Address);
        for (var i = 0; i < 4; i++)
            page = await browser.PressAsync(page, "Send me new digits");
        Assert.Equal(OutboxMail.MostUnconfirmedADay, (await LatestAsync(story)).CodeRound);
        page = await browser.PressAsync(page, "Send the report", ("code", CodeOf(await LatestAsync(story))));
        Assert.Equal(InquiryState.Waiting, (await LatestAsync(story)).State);
    }

    [Fact]
    public async Task A_report_that_nobody_confirms_is_forgotten_with_what_was_written()
    {
        var (story, _) = await ListedAsync();
        using var browser = story.Browser();
        await ReportAsync(story, browser, Address);
        var id = (await LatestAsync(story)).Id;
        await story.WriteAsync(db => db.Inquiries.Single(i => i.Id == id).CodeExpiresAt = fixture.App.Get<TimeProvider>().GetUtcNow());
        await fixture.App.Get<Reports>().ExpireAsync(TestContext.Current.CancellationToken);
        var gone = await LatestAsync(story);
        Assert.Equal((InquiryState.Expired, null, ""), (gone.State, gone.Email, gone.Text));
    }

    [Fact]
    public async Task There_is_nothing_to_report_where_nobody_stands()
    {
        var (story, _) = await ListedAsync();
        using var browser = story.Browser();
        await browser.OpenAsync($"/letters/{story.Slug}/signatories/2/report");
        Assert.Equal(HttpStatusCode.NotFound, browser.Last.StatusCode);
        await browser.OpenAsync("/report/1-nonsense");
        Assert.Equal(HttpStatusCode.NotFound, browser.Last.StatusCode);
    }

    private string CodeOf(Inquiry report) => fixture.App.Get<InstanceKeys>().InquiryCode(report.Id, report.CodeRound);

    private async Task<(SignStory Story, Signature Line)> ListedAsync()
    {
        var story = await SignStory.BeginAsync(fixture.App, with: l => l.GlanceRequired = false);
        var signature = await story.ListedAsync(Address);
        await SignStory.UntilAsync(async () =>
        {
            await story.RefreshAsync();
            return fixture.App.Get<PublishedLetters>().Find(story.Slug)!.Counts.Standing == 1;
        });
        return (story, signature);
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> ReportAsync(SignStory story, SignerBrowser browser, string address) =>
        await browser.PressAsync(await browser.OpenAsync($"/letters/{story.Slug}/signatories/1/report"), Send, ("Kind", "NotMe"), ("Text", "I never signed this.\nAsk my office."), ("Email", address));

    private Task<Inquiry> LatestAsync(SignStory story) =>
        fixture.App.QueryAsync(db => db.Inquiries.AsNoTracking().Where(i => i.LetterId == story.LetterId).OrderBy(i => i.Id).LastAsync());
}
