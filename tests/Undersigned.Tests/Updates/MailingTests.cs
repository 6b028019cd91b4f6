using System.Net;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;
using Undersigned.Updates;

namespace Undersigned.Tests.Updates;

public sealed class MailingTests
{
    private const string Unsubscribe = "List-Unsubscribe";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string DeskOf(EditionStory story) => $"/desk/letters/{story.Letter.LetterId}/under-the-letter";

    private static (string, string)[] Typed(string title) => [("Form.Kind", "Update"), ("Form.Title", title), ("Form.Body", "See [the report](https://ministry.example/4).\n\n- One\n- Two"), ("Form.Mail", "true")];

    /// <summary>So many have signed with an address, and all but the last asked to be kept informed.</summary>
    private static async Task<EditionStory> BeginAsync(int signers)
    {
        var story = await EditionStory.BeginAsync();
        var keys = story.Letter.App.Get<InstanceKeys>();
        for (var i = 0; i < signers; i++)
        {
            var id = await story.Letter.AdmitAsync($"Reader {i}", AddressOf(i));
            Assert.True(EmailAddress.TryParse(AddressOf(i), out var address, out _));
            await story.Letter.App.QueryAsync(async db =>
            {
                var signature = await db.Signatures.SingleAsync(s => s.Id == id);
                (signature.AddressTag, signature.KeepInformed, signature.ConfirmedAt) = (keys.AddressTag(signature.LetterId, address), i < signers - 1, story.Letter.Now);
                return await db.SaveChangesAsync();
            });
        }
        await story.Letter.SequenceAsync();
        await story.UntilAsync(db => db.Outbox.AllAsync(m => m.State != MailState.Waiting));
        return story;
    }

    private static string AddressOf(int i) => $"reader{i}@post.example";

    private static Task DoneAsync(EditionStory story, int updates) =>
        story.UntilAsync(async db => await db.Outbox.CountAsync(m => m.Kind == MailKind.Update && m.State != MailState.Waiting) == updates && await db.Mailings.AllAsync(m => m.AllQueuedAt != null));

    private static List<MimeMessage> UpdatesTo(EditionStory story, int i) =>
        [.. story.Letter.App.MailServer.To(AddressOf(i)).Select(m => m.Parse()).Where(m => m.Headers.Contains(Unsubscribe))];

    [Fact]
    public async Task An_update_goes_to_those_who_asked_and_one_press_of_a_mail_program_ends_it()
    {
        await using var story = await BeginAsync(4);
        using var editor = await story.EnterAsync();
        var page = await editor.OpenAsync(DeskOf(story));
        Assert.Contains("Also mail it to the 3 signatories who asked for news", StaffBrowser.Words(page.Body), StringComparison.Ordinal);
        await editor.PressAsync(page, "Publish", Typed("Two reports are published"));
        await story.Letter.SequenceAsync();
        await DoneAsync(story, 3);
        Assert.Empty(UpdatesTo(story, 3));
        var mail = Assert.Single(UpdatesTo(story, 0));
        Assert.Equal("Two reports are published · \"Let the inspectors publish what they find\"", mail.Subject);
        Assert.Contains("See the report (https://ministry.example/4).", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("– One\n\n– Two", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var stop = new Uri(mail.Headers[Unsubscribe]!.Trim('<', '>'));
        Assert.Contains(stop.AbsoluteUri, mail.TextBody!, StringComparison.Ordinal);
        var update = mail.TextBody!.Split('\n').Select(l => l.Trim()).First(l => l.Contains("/updates/", StringComparison.Ordinal));
        Assert.Contains("Two reports are published", await story.Visitor.GetStringAsync(new Uri(update).PathAndQuery, Ct), StringComparison.Ordinal);

        // A scanner that opens every link ends nothing.
        Assert.Contains("End the updates", await story.Visitor.GetStringAsync(stop.PathAndQuery, Ct), StringComparison.Ordinal);
        Assert.Equal(3, await story.Letter.App.QueryAsync(db => Mailings.Readers(db, story.Letter.LetterId).CountAsync(Ct)));
        for (var i = 0; i < 2; i++)
        {
            using var pressed = await story.Visitor.PostAsync(stop.PathAndQuery, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]), Ct);
            Assert.Equal(HttpStatusCode.OK, pressed.StatusCode);
            Assert.False(pressed.Headers.Contains("Set-Cookie"));
        }
        Assert.Contains("No more updates come to you", await story.Visitor.GetStringAsync(stop.PathAndQuery, Ct), StringComparison.Ordinal);
        using var forged = await story.Visitor.PostAsync(stop.PathAndQuery[..^1] + (stop.PathAndQuery[^1] == '0' ? '1' : '0'), new FormUrlEncodedContent([]), Ct);
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);

        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", Typed("Nine are outstanding"));
        await story.Letter.SequenceAsync();
        await DoneAsync(story, 5);
        Assert.Equal((1, 2, 2), (UpdatesTo(story, 0).Count, UpdatesTo(story, 1).Count, UpdatesTo(story, 2).Count));
        Assert.Contains("2 of 2 mailed.", StaffBrowser.Words((await editor.OpenAsync(DeskOf(story))).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailing_that_is_paused_sends_nothing_until_it_goes_on_and_goes_out_as_corrected()
    {
        await using var story = await BeginAsync(6);
        using var editor = await story.EnterAsync();
        await story.Letter.LetterAsync((_, letter) => letter.HoldMail = true);
        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", Typed("Wrong words"));
        await story.Letter.SequenceAsync();
        var desk = await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Pause");
        Assert.Contains("0 of 5 mailed; paused.", StaffBrowser.Words(desk.Body), StringComparison.Ordinal);
        await story.Letter.LetterAsync((_, letter) => letter.HoldMail = false);
        var id = await story.Letter.App.QueryAsync(db => db.Posts.Select(p => p.Id).SingleAsync(Ct));
        await editor.PressAsync(await editor.OpenAsync($"{DeskOf(story)}?correct={id}"), "Publish the correction", ("Form.Title", "Right words"));
        await story.Letter.SequenceAsync();
        Assert.Empty(UpdatesTo(story, 0));
        await story.Letter.LetterAsync((db, _) => db.Signatures.Single(s => s.Id == db.Signatures.Where(x => x.KeepInformed).Min(x => x.Id)).KeepInformed = false);

        desk = await editor.OpenAsync(DeskOf(story));
        await editor.PressAsync(desk, "Go on");
        await story.UntilAsync(async db => await db.Mailings.AllAsync(m => m.AllQueuedAt != null) && !await db.Outbox.AnyAsync(m => m.State == MailState.Waiting));
        Assert.Empty(UpdatesTo(story, 0));
        for (var i = 1; i < 5; i++)
            Assert.StartsWith("Right words", Assert.Single(UpdatesTo(story, i)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_mailed_is_not_mailed_again_because_it_is_corrected()
    {
        await using var story = await BeginAsync(3);
        using var editor = await story.EnterAsync();
        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", Typed("Wrong words"));
        await story.Letter.SequenceAsync();
        await DoneAsync(story, updates: 2);
        var id = await story.Letter.App.QueryAsync(db => db.Posts.Select(p => p.Id).SingleAsync(Ct));

        var form = await editor.OpenAsync($"{DeskOf(story)}?correct={id}");
        Assert.Contains("It was mailed already", StaffBrowser.Words(form.Body), StringComparison.Ordinal);
        await editor.PressAsync(form, "Publish the correction", ("Form.Title", "Right words"), ("Form.Mail", "true"));
        await story.Letter.SequenceAsync();
        var later = await story.Letter.App.QueryAsync(db => db.Posts.MaxAsync(p => p.Id, Ct));
        // A page from before has the button still.
        foreach (var button in form.QuerySelectorAll("button[formaction$='preview#preview']"))
            button.SetAttribute("formaction", DeskOf(story) + "/mail");
        await editor.PressAsync(form, "Preview", ("post", $"{later}"));
        await story.Letter.SequenceAsync();

        Assert.NotEqual(id, later);
        Assert.Equal(id, (await story.Letter.App.QueryAsync(db => db.Mailings.SingleAsync(Ct))).PostId);
        Assert.Single(UpdatesTo(story, 0));
    }

    [Fact]
    public async Task Updates_use_half_of_the_budget_and_the_digits_of_whoever_signs_come_first()
    {
        await using var story = await BeginAsync(6);
        using var editor = await story.EnterAsync();
        var sent = await story.Letter.App.QueryAsync(db => db.Outbox.CountAsync(m => m.State == MailState.Sent));
        await story.Letter.LetterAsync((_, letter) => letter.Limits = letter.Limits with { MailsAnHour = 2 * (sent + 2) });
        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", Typed("Slowly"));
        await story.Letter.SequenceAsync();
        await story.UntilAsync(async db => await db.Outbox.CountAsync(m => m.Kind == MailKind.Update && m.State == MailState.Sent) == 2);
        await story.Letter.App.QueryAsync(async db =>
        {
            db.Queue(await db.Signatures.SingleAsync(s => s.Name == "Reader 5"), MailKind.OwnPage, story.Letter.Now);
            return await db.SaveChangesAsync();
        });
        await story.UntilAsync(db => db.Outbox.AnyAsync(m => m.Kind == MailKind.OwnPage && m.State == MailState.Sent));
        Assert.Equal(2, await story.Letter.App.QueryAsync(db => db.Outbox.CountAsync(m => m.Kind == MailKind.Update && m.State == MailState.Sent)));
        story.Letter.Clock.Advance(TimeSpan.FromMinutes(61));
        await DoneAsync(story, 5);
    }

    [Fact]
    public async Task A_test_goes_to_whoever_presses_and_nothing_is_published()
    {
        await using var story = await BeginAsync(2);
        using var editor = await story.EnterAsync();
        await story.Letter.App.QueryAsync(db => db.Users.ExecuteUpdateAsync(u => u.SetProperty(a => a.Email, "hyacinth@weirkeepers.example")));
        var page = await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Mail me a test", Typed("Two reports"));
        Assert.Contains("A test went to hyacinth@weirkeepers.example. Nothing is published.", StaffBrowser.Words(page.Body), StringComparison.Ordinal);
        Assert.Contains("See [the report]", page.QuerySelector("#update-body")!.TextContent, StringComparison.Ordinal);
        var mail = (await story.Letter.App.Inbox("hyacinth@weirkeepers.example").NextAsync()).Parse();
        Assert.Contains("This is a test, sent to you alone.", string.Join(' ', mail.TextBody!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(mail.Headers.Contains(Unsubscribe));
        Assert.Equal(0, await story.Letter.App.QueryAsync(db => db.Posts.CountAsync(Ct)));
    }
}
