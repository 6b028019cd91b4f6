using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Signing;
using Undersigned.Tests.Transparency;
using Undersigned.Verifier;

namespace Undersigned.Tests.Letters;

public sealed class RevisionTests : IAsyncLifetime
{
    private const string Before = "We inspected the weirs. Let us say what we found.";
    private const string After = "We inspected the weirs in 1982. Let us say what we found.";
    private LetterStory letter = null!;
    private StaffRoom room = null!;
    private StaffBrowser owner = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private string Page => room.Desk + "/text/correction";

    public async ValueTask InitializeAsync()
    {
        letter = await LetterStory.BeginAsync(configure: StaffRoom.SignInByHeader);
        room = StaffRoom.Of(letter.App, letter.LetterId);
        owner = await room.EnterAsync(StaffRole.Owner);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return letter.DisposeAsync();
    }

    [Fact]
    public async Task A_correction_is_a_revision_with_a_public_difference_and_each_signature_stays_with_its_words()
    {
        await letter.AdmitAsync("Ada Okafor");
        await letter.AdmitAsync("Bo Ekelund");
        await letter.PublishAsync();
        await CorrectAsync();
        await letter.SequenceAsync();
        // Rules in between are a revision too, and its signers signed the corrected words.
        await letter.App.QueryAsync(async db =>
        {
            var row = db.Letters.Single(l => l.Id == letter.LetterId);
            row.RetentionDays = 31;
            await db.ReviseRulesAsync(row, letter.Now, Ct);
            return await db.SaveChangesAsync(Ct);
        });
        var third = await letter.AdmitAsync("Cyprian Górska");
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == third).Revision = 3);
        await letter.SequenceAsync();

        var log = await letter.CheckAsync(standing: 3);
        Assert.Equal([(2L, Reason.Typo), (3L, Reason.Update)], log.Entries.Where(e => e.Type == EntryType.Revise).Select(e => (e.Revision!.Value, e.Reason!.Value)));
        Assert.Equal([1, 1, 3], log.Entries.Where(e => e.Type == EntryType.Sign).OrderBy(e => e.Signatory).Select(e => (int)e.Revision!.Value));

        using var visitor = letter.App.Client();
        var page = await StaffBrowser.ReadAsync(await visitor.GetAsync(new Uri("letters/inspectors/revisions", UriKind.Relative), Ct));
        Assert.Equal(["3", "2", "1"], page.QuerySelectorAll("h2[id^=revision-]").Select(h => h.Id!["revision-".Length..]));
        Assert.Equal(" in 1982", page.QuerySelector("ins")!.TextContent);
        Assert.Null(page.QuerySelector("del"));
        var words = StaffBrowser.Words(page.Body);
        Assert.Contains("A slip in the writing was corrected. One signatory signed these words.", words, StringComparison.Ordinal);
        Assert.Contains("The words as they were first signed. Of 3 signatories, 2 signed these words.", words, StringComparison.Ordinal);

        Assert.Contains(Before, await TextAsync("letters/inspectors/revisions/1"), StringComparison.Ordinal);
        Assert.Contains("The words have been corrected since.", await TextAsync("letters/inspectors/revisions/1"), StringComparison.Ordinal);
        Assert.Contains(After, await TextAsync("letters/inspectors/revisions/3"), StringComparison.Ordinal);
        Assert.Contains(After, await TextAsync("letters/inspectors"), StringComparison.Ordinal);
        Assert.Contains("Signed was revision 1 of the letter.", await TextAsync("letters/inspectors/signatories/1"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(new Uri("letters/inspectors/revisions/4", UriKind.Relative), Ct)).StatusCode);
        foreach (var link in page.QuerySelectorAll("a[href*='/log/texts/']"))
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(link.GetAttribute("href"), Ct)).StatusCode);

        using var said = new StringWriter();
        Assert.True(await Verify.RunAsync(["list", letter.App.Url + "letters/inspectors"], said, said, letter.Clock) == 0, said.ToString());

        async Task<string> TextAsync(string path) =>
            StaffBrowser.Words((await StaffBrowser.ReadAsync(await visitor.GetAsync(new Uri(path, UriKind.Relative), Ct))).Body);
    }

    [Fact]
    public async Task Before_publication_a_correction_waits_and_goes_out_with_the_letter()
    {
        await letter.AdmitAsync("Ada Okafor");
        await CorrectAsync();
        var second = await letter.AdmitAsync("Bo Ekelund");
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == second).Revision = 2);
        await letter.PublishAsync();

        var log = await letter.CheckAsync(standing: 2);
        Assert.Equal(2, log.Replay.Revision);
        Assert.Equal([EntryType.Open, EntryType.Sign, EntryType.Revise, EntryType.Sign], log.Entries.Select(e => e.Type));
    }

    [Fact]
    public async Task What_is_no_correction_is_refused_and_stays_typed()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(Page)).StatusCode);
        await letter.AdmitAsync("Ada Okafor");
        await letter.PublishAsync();
        var page = await owner.OpenAsync(Page);
        (string, string)[] fine = [("Form.Body", After), ("Reason", "typo"), ("SameSense", "true")];
        await RefusedAsync("Nothing differs from the words that stand.", ("Form.Body", Before), fine[1], fine[2]);
        await RefusedAsync("One more, or one less, is another letter.", ("Form.Demands", "Publish the reports.\nPay us."), fine[1], fine[2]);
        await RefusedAsync("That many are no correction", ("Form.Body", "An entirely different letter, about something that nobody who signed the other one has ever seen, read or agreed to."), fine[1], fine[2]);
        await RefusedAsync("This cannot be empty.", ("Form.Title", ""), fine[1], fine[2]);
        await RefusedAsync("Say why.", fine[0], fine[2], ("Reason", "whim"));
        await RefusedAsync("Tick that the sense is the same", fine[0], fine[1]);
        await RefusedAsync("The letter was revised while you wrote.", [.. fine, ("Seen", "7")]);

        var shown = await owner.PressAsync(page, "Show the difference", ("Form.Body", After));
        Assert.Equal(" in 1982", shown.QuerySelector("#difference ins")!.TextContent);
        Assert.Equal(1, await letter.App.QueryAsync(db => db.Revisions.CountAsync(Ct)));
        await letter.CloseAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(Page)).StatusCode);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync(Page)).StatusCode);

        async Task RefusedAsync(string why, params (string Name, string Value)[] typed)
        {
            var answer = await owner.PressAsync(page, "Publish the correction", typed);
            Assert.Contains(why, StaffBrowser.Words(answer.QuerySelector("main")), StringComparison.Ordinal);
            if (typed[0].Name == "Form.Body")
                Assert.Equal(typed[0].Value, answer.QuerySelector("#body")!.TextContent.Trim());
            Assert.Equal(1, await letter.App.QueryAsync(db => db.Letters.Select(l => l.CurrentRevision).SingleAsync(Ct)));
        }
    }

    [Fact]
    public async Task Who_read_the_words_of_before_signs_those_and_is_told_of_the_difference()
    {
        await using var app = await TestApp.StartAsync();
        var story = await SignStory.BeginAsync(app);
        using var browser = story.Browser();
        var form = await browser.OpenAsync(story.Form);
        await app.QueryAsync(async db =>
        {
            var row = db.Letters.Single(l => l.Id == story.LetterId);
            row.Body = "Twelve reports are finished and kept back.";
            await db.ReviseWordsAsync(row, "error", app.Get<TimeProvider>().GetUtcNow(), Ct);
            return await db.SaveChangesAsync(Ct);
        });
        app.Get<WorkSignal>().Poke();
        await SignStory.UntilAsync(async () =>
        {
            await story.RefreshAsync();
            return app.Get<PublishedLetters>().Find(story.Slug)!.Revision.Number == 2;
        });

        await browser.PressAsync(form, "Send me the six digits", SignStory.Filled("second@post.example", "Bo Ekelund"));
        var signature = await story.LatestAsync();
        Assert.Equal(1, signature.Revision);
        var own = await browser.OpenAsync(story.Path(TokenPurpose.Own, signature));
        Assert.Contains("You signed revision 1 of the letter. Its words have been corrected since", StaffBrowser.Words(own.Body), StringComparison.Ordinal);
        await story.SignAsync(browser, "third@post.example", "Cyprian Górska");
        Assert.Equal(2, (await story.LatestAsync()).Revision);
    }

    private Task CorrectAsync() => CorrectAsync(("Form.Body", After), ("Reason", "typo"), ("SameSense", "true"));

    private async Task CorrectAsync(params (string, string)[] typed)
    {
        var page = await owner.PressAsync(await owner.OpenAsync(Page), "Publish the correction", typed);
        Assert.Contains("Revision 2 is made.", StaffBrowser.Words(page.QuerySelector(".notice.sound")), StringComparison.Ordinal);
        Assert.Contains(await room.ActsAsync(), a => a.What == "correct-words");
    }
}
