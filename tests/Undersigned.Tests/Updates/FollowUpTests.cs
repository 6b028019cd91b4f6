using System.Net;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;
using Undersigned.Updates;

namespace Undersigned.Tests.Updates;

public sealed class FollowUpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string AddressOf(int i) => $"reader{i}@post.example";

    /// <summary>An earlier letter with so many more who stand there and have confirmed an address.</summary>
    private static async Task<EditionStory> BeginAsync(int signers)
    {
        var story = await EditionStory.BeginAsync();
        var keys = story.Letter.App.Get<InstanceKeys>();
        await story.Letter.App.QueryAsync(async db =>
        {
            for (var i = 0; i < signers; i++)
            {
                Assert.True(EmailAddress.TryParse(AddressOf(i), out var address, out _));
                db.Signatures.Add(new Signature
                {
                    LetterId = story.Letter.LetterId,
                    Revision = 1,
                    State = SignatureState.Listed,
                    Number = 100 + i,
                    Name = $"Reader {i}",
                    FoldedName = NameFolding.Fold($"Reader {i}"),
                    Posts = [new Post("Inspector", "Weir Office", new YearSpan(1994, 2003))],
                    Email = AddressOf(i),
                    EmailDomain = "post.example",
                    AddressTag = keys.AddressTag(story.Letter.LetterId, address),
                    SubmittedAt = story.Letter.Now,
                    ConfirmedAt = story.Letter.Now,
                    ConfirmedHow = ConfirmationHow.Code,
                });
            }
            return await db.SaveChangesAsync();
        });
        return story;
    }

    /// <summary>Begins the letter that follows, from the earlier one's desk, and makes it one that can be signed.</summary>
    private static async Task<Letter> FollowAsync(EditionStory story, StaffBrowser owner)
    {
        await owner.PressAsync(await owner.OpenAsync($"/desk/letters/{story.Letter.LetterId}/follow-up"), "Begin the draft", ("NewTitle", "Nine reports are still outstanding"));
        await story.Letter.App.QueryAsync(db => db.Letters.Where(l => l.FollowsLetterId == story.Letter.LetterId)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.State, LetterState.Private).SetProperty(l => l.Body, "Two appeared. Publish the other nine.")));
        return await story.Letter.App.QueryAsync(db => db.Letters.SingleAsync(l => l.FollowsLetterId == story.Letter.LetterId));
    }

    private static string DeskOf(Letter letter) => $"/desk/letters/{letter.Id}/ask-earlier";

    private static Task AllAskedAsync(EditionStory story) =>
        story.UntilAsync(async db => await db.FollowUpMailings.AllAsync(m => m.AllQueuedAt != null) && !await db.Outbox.AnyAsync(m => m.State == MailState.Waiting));

    private static List<MimeMessage> MailsTo(EditionStory story, int i) =>
        [.. story.Letter.App.MailServer.To(AddressOf(i)).Select(m => m.Parse()).Where(m => m.Subject!.StartsWith("Will you sign this too?", StringComparison.Ordinal))];

    private static string LinkIn(MimeMessage mail) => new Uri(mail.TextBody!.Split('\n').Select(l => l.Trim()).First(l => l.Contains("/follow-up/", StringComparison.Ordinal))).PathAndQuery;

    private static Task<HttpResponseMessage> PostAsync(EditionStory story, string path, params (string, string)[] fields) =>
        story.Visitor.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))), Ct);

    private static Task<List<Signature>> SignedAsync(EditionStory story, Letter letter) => story.Letter.App.QueryAsync(db => db.Signatures.Where(s => s.LetterId == letter.Id).ToListAsync(Ct));

    [Fact]
    public async Task One_button_signs_with_the_old_line_and_what_was_checked_comes_along_with_its_date()
    {
        await using var story = await BeginAsync(4);
        using var owner = await story.EnterAsync(StaffRole.Owner);
        var checkedAt = story.Letter.Now.AddDays(-40);
        await story.Letter.LetterAsync((db, _) =>
        {
            db.Evidence.Add(Evidence.Of(EvidenceKind.Domain, db.Signatures.Single(s => s.Name == "Reader 0"), checkedAt, "post.example"));
            db.Signatures.Single(s => s.Name == "Reader 1").ConfirmedHow = ConfirmationHow.Telephone;
            db.MailRefusals.Add(new MailRefusal { SignatureId = db.Signatures.Single(s => s.Name == "Reader 2").Id, At = story.Letter.Now });
        });
        var letter = await FollowAsync(story, owner);
        Assert.Equal(("Whoever inspected a weir.", "Weirkeepers", "The Assembly"), (letter.Eligibility, letter.Organiser, letter.Addressees));
        Assert.Empty(await SignedAsync(story, letter));

        var page = await owner.OpenAsync(DeskOf(letter));
        Assert.Contains("It goes to 2 people of the 9 who stand there.", StaffBrowser.Words(page.Body), StringComparison.Ordinal);
        page = await owner.PressAsync(page, "Preview", ("Words", "The Minister published *two* of eleven."));
        Assert.Contains("The Minister published two of eleven.", string.Join(' ', StaffBrowser.Words(page.QuerySelector("#preview")).Split()), StringComparison.Ordinal);
        Assert.Equal(0, await story.Letter.App.QueryAsync(db => db.FollowUpMailings.CountAsync(Ct)));
        await Task.WhenAll(owner.PostAsync(page, "Write to 2 people, once"), owner.PostAsync(page, "Write to 2 people, once"));
        await AllAskedAsync(story);
        Assert.Equal((1, 0, 0, 1), (MailsTo(story, 0).Count, MailsTo(story, 1).Count, MailsTo(story, 2).Count, MailsTo(story, 3).Count));
        var mail = MailsTo(story, 0)[0];
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);

        // Whoever opens it, or presses without having read, has signed nothing.
        var link = LinkIn(mail);
        var shown = WebUtility.HtmlDecode(await story.Visitor.GetStringAsync(new Uri(link, UriKind.Relative), Ct));
        foreach (var said in new[] { "Two appeared. Publish the other nine.", "Reader 0", "Weir Office", "Work address", "Sign this letter too", "No, thank you", "Your address is at post.example" })
            Assert.Contains(said, shown, StringComparison.Ordinal);
        (string, string)[] line = [("Form.Name", "Reader 0"), ("Form.Rows[0].Position", "Inspector"), ("Form.Rows[0].Organization", "Weir Office"), ("Form.Rows[0].From", "1994"), ("Form.Rows[0].To", "2003")];
        using var unread = await PostAsync(story, link, line);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unread.StatusCode);
        Assert.Empty(await SignedAsync(story, letter));

        // The words are corrected while the page is open: signed is what was read.
        await story.Letter.App.QueryAsync(async db =>
        {
            var row = await db.Letters.SingleAsync(l => l.Id == letter.Id, Ct);
            RevisionWriter.Fix(db, row, story.Letter.Now);
            await db.SaveChangesAsync(Ct);
            row.Body += " All nine.";
            await db.ReviseWordsAsync(row, "error", story.Letter.Now, Ct);
            return await db.SaveChangesAsync(Ct);
        });
        (string, string)[] agreed = [.. line, ("Form.Revision", "1"), ("Form.Agree", "true")];
        var pressed = await Task.WhenAll(PostAsync(story, link, agreed), PostAsync(story, link, agreed));
        Assert.All(pressed, p => Assert.Equal(HttpStatusCode.Redirect, p.StatusCode));
        var signature = Assert.Single(await SignedAsync(story, letter));
        Assert.Equal(1, signature.Revision);
        Assert.Equal((SignatureState.Confirmed, SignatureLevel.Domain, ConfirmationHow.FollowUp, AddressOf(0)), (signature.State, signature.Level, signature.ConfirmedHow, signature.Email));
        var evidence = await story.Letter.App.QueryAsync(db => db.Evidence.SingleAsync(e => e.SignatureId == signature.Id));
        Assert.Equal((story.Letter.LetterId, checkedAt.ToUnixTimeSeconds(), "post.example"), (evidence.FromLetterId, evidence.At.ToUnixTimeSeconds(), evidence.What));
        Assert.Contains("You pressed the button behind the link in our mail", await story.Visitor.GetStringAsync(pressed[0].Headers.Location!, Ct), StringComparison.Ordinal);
        Assert.Contains("You have signed this letter.", await story.Visitor.GetStringAsync(new Uri(link, UriKind.Relative), Ct), StringComparison.Ordinal);

        var other = LinkIn(MailsTo(story, 3)[0]);
        using var no = await PostAsync(story, other + "/no");
        Assert.Contains("We have noted that you do not sign.", await story.Visitor.GetStringAsync(no.Headers.Location!, Ct), StringComparison.Ordinal);
        var desk = StaffBrowser.Words((await owner.OpenAsync(DeskOf(letter))).Body);
        foreach (var said in new[] { "Mailed2of2", "Signedthislettertoo1", "“No,thankyou”1" })
            Assert.Contains(said, string.Concat(desk.Split((char[]?)null)), StringComparison.Ordinal);
        Assert.DoesNotContain("Write to", desk, StringComparison.Ordinal);

        using var forged = await story.Visitor.GetAsync(new Uri(link[..^1] + (link[^1] == '0' ? '1' : '0'), UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
        await story.Letter.LetterAsync((db, _) => db.Signatures.Single(s => s.Name == "Reader 3").Forget(SignatureState.Erased, story.Letter.Now));
        using var erased = await story.Visitor.GetAsync(new Uri(other, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, erased.StatusCode);
        var acts = await story.Letter.App.QueryAsync(db => db.Acts.Where(a => a.What == "begin-follow-up" || a.What == "ask-earlier").OrderBy(a => a.Id).Select(a => a.What).ToListAsync(Ct));
        Assert.Equal(["begin-follow-up", "ask-earlier"], acts);
    }

    [Fact]
    public async Task The_text_comes_along_where_that_is_ticked_and_once_it_is_public_the_earlier_letter_leads_on_to_it()
    {
        await using var story = await BeginAsync(0);
        using var owner = await story.EnterAsync(StaffRole.Owner);
        await owner.PressAsync(await owner.OpenAsync($"/desk/letters/{story.Letter.LetterId}/follow-up"), "Begin the draft", ("NewTitle", "Nine reports are still outstanding"), ("WithText", "true"));
        var next = await story.Letter.App.QueryAsync(db => db.Letters.SingleAsync(l => l.FollowsLetterId == story.Letter.LetterId));
        Assert.Equal("We inspected the weirs. Let us say what we found.", next.Body);
        Assert.Equal(["Publish the reports."], next.Demands);
        string[] pages = ["", "/signatories", "/sign"];
        foreach (var page in pages)
            Assert.DoesNotContain("Nine reports", await ReadAsync(page), StringComparison.Ordinal);

        await story.Letter.App.QueryAsync(async db =>
        {
            db.Publish(await db.Letters.SingleAsync(l => l.Id == next.Id), story.Letter.Now);
            return await db.SaveChangesAsync(Ct);
        });
        await story.Letter.LetterAsync((_, letter) => letter.State = LetterState.Closed);
        await story.UntilAsync(db => db.Logs.AnyAsync(l => l.LetterId == next.Id && l.PublishedSize > 0));
        await story.Letter.App.Get<PublishedLetters>().RefreshAsync(Ct);

        foreach (var page in pages)
            Assert.Contains($"<a href=\"/letters/{next.Slug}\"><bdi>Nine reports are still outstanding</bdi></a>", await ReadAsync(page), StringComparison.Ordinal);
        Task<string> ReadAsync(string page) => story.Visitor.GetStringAsync(new Uri(story.Path + page, UriKind.Relative), Ct);
    }

    [Fact]
    public async Task Who_does_not_answer_is_no_signatory_and_nobody_gets_two_mails_over_a_restart_in_the_middle()
    {
        const int signers = 230;
        await using var story = await BeginAsync(signers);
        using var owner = await story.EnterAsync(StaffRole.Owner);
        var letter = await FollowAsync(story, owner);
        await owner.PressAsync(await owner.OpenAsync(DeskOf(letter)), "Write to 230 people, once", ("Words", "Why another letter."));
        // Several processes at it, and one that ends in the middle.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => story.Letter.App.Get<FollowUpMailings>().FeedAsync(Ct)));
        await story.UntilAsync(async db => await db.Outbox.CountAsync(m => m.Kind == MailKind.FollowUp && m.State == MailState.Sent) >= 20);
        await story.Letter.RestartAsync();
        Assert.True(await story.Letter.App.QueryAsync(db => db.Outbox.AnyAsync(m => m.State == MailState.Waiting)));
        // One leaves and one refuses while their mails wait.
        var last = await story.Letter.App.QueryAsync(db => db.Outbox.Where(m => m.Kind == MailKind.FollowUp).MaxAsync(m => m.SignatureId));
        await story.Letter.LetterAsync((db, _) => db.MailRefusals.Add(new MailRefusal { SignatureId = last!.Value, At = story.Letter.Now }));
        await AllAskedAsync(story);
        var refused = await story.Letter.App.QueryAsync(db => db.Signatures.Where(s => s.Id == last).Select(s => s.Email).SingleAsync(Ct)) is { } email ? int.Parse(email["reader".Length..email.IndexOf('@', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture) : -1;
        // As a server leaves a mail that dies between the mail server's answer and the note of it.
        await story.Letter.App.QueryAsync(db => db.Outbox.Where(m => m.Kind == MailKind.FollowUp && m.Id == db.Outbox.Where(x => x.Kind == MailKind.FollowUp && x.State == MailState.Sent).Min(x => x.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Waiting).SetProperty(m => m.Attempts, 1).SetProperty(m => m.DueAt, story.Letter.Now)));
        await AllAskedAsync(story);
        for (var i = 0; i < signers; i++)
            Assert.True(MailsTo(story, i).Count == (i == refused ? 0 : 1), $"{AddressOf(i)} got {MailsTo(story, i).Count} mails.");
        Assert.Empty(await SignedAsync(story, letter));
        Assert.Equal(signers, await story.Letter.App.QueryAsync(db => db.FollowUpMailings.Select(m => m.Queued).SingleAsync(Ct)));
    }

    [Fact]
    public async Task One_press_of_a_mail_program_ends_these_mails_and_after_the_time_of_keeping_only_those_who_want_news_are_asked()
    {
        await using var story = await BeginAsync(3);
        using var owner = await story.EnterAsync(StaffRole.Owner);
        await story.Letter.LetterAsync((db, letter) =>
        {
            db.Signatures.Single(s => s.Name == "Reader 1").KeepInformed = true;
            db.Signatures.Single(s => s.Name == "Reader 2").KeepInformed = true;
        });
        var next = await FollowAsync(story, owner);
        Task<int> MayBeAskedAsync() => story.Letter.App.QueryAsync(async db => await db.MayBeAsked(await db.Letters.SingleAsync(l => l.Id == story.Letter.LetterId), story.Letter.Now).CountAsync(Ct));
        Assert.Equal(3, await MayBeAskedAsync());
        await owner.PressAsync(await owner.OpenAsync(DeskOf(next)), "Write to 3 people, once");
        await AllAskedAsync(story);
        var stop = new Uri(MailsTo(story, 2)[0].Headers["List-Unsubscribe"]!.Trim('<', '>')).PathAndQuery;
        using var ended = await PostAsync(story, stop, ("List-Unsubscribe", "One-Click"));
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(2, await MayBeAskedAsync());
        await story.Letter.LetterAsync((_, letter) => (letter.State, letter.ClosedAt) = (LetterState.Closed, story.Letter.Now.AddDays(-letter.RetentionDays)));
        Assert.Equal(1, await MayBeAskedAsync());
    }
}
