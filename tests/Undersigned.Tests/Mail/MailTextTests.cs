using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Undersigned.Data;
using Undersigned.Demo;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Mail;

/// <summary>Every mail as it arrived over SMTP, compared with the approved one, headers, text and HTML.</summary>
public sealed class MailTextTests(MailTextTests.Running running) : IClassFixture<MailTextTests.Running>
{
    private const string Name = "Marguerite Óladóttir-Vance";

    private readonly TestApp app = running.App;

    [Fact]
    public async Task A_new_address_gets_six_digits_and_a_link()
    {
        var signature = await app.SignatureAsync(await app.LetterAsync("confirmation"), Name, "m.oladottir@post.example");
        var mail = await app.Inbox("m.oladottir@post.example").NextAsync();
        Assert.Equal(app.Services.GetRequiredService<InstanceKeys>().Code(signature.Id, 1), mail.Code);
        Assert.StartsWith(mail.Code!.Insert(3, " "), mail.Subject, StringComparison.Ordinal);
        Approve("mail-confirmation", mail);
    }

    [Fact]
    public async Task An_address_that_stands_already_is_told_so()
    {
        var letter = await app.LetterAsync("already");
        await app.SignatureAsync(letter, Name, "already@post.example", null, s => (s.State, s.Number) = (SignatureState.Listed, 17));
        await app.SignatureAsync(letter, "Mallory Prankster-Vane", "already@post.example");
        var mail = await app.Inbox("already@post.example").NextAsync();
        Assert.DoesNotContain("Mallory", mail.Parse().ToString(), StringComparison.Ordinal);
        Assert.Null(mail.Code);
        Approve("mail-already", mail);
    }

    [Fact]
    public async Task An_address_that_waits_for_the_glance_is_told_so()
    {
        var letter = await app.LetterAsync("already-waits");
        await app.SignatureAsync(letter, Name, "waits@post.example", null, s => (s.State, s.ConfirmedAt) = (SignatureState.Confirmed, DateTimeOffset.UnixEpoch));
        await app.SignatureAsync(letter, Name, "waits@post.example");
        Approve("mail-already-waiting", await app.Inbox("waits@post.example").NextAsync());
    }

    [Fact]
    public async Task A_listed_signatory_learns_their_number()
    {
        await app.SignatureAsync(await app.LetterAsync("listed"), "نور الهادي", "nur@post.example", MailKind.Listed, s => (s.State, s.Number) = (SignatureState.Listed, 1_144));
        Approve("mail-listed", await app.Inbox("nur@post.example").NextAsync());
    }

    [Fact]
    public async Task A_signer_is_asked_whether_words_may_be_printed()
    {
        await app.SignatureAsync(await app.LetterAsync("quotation"), Name, "quoted@post.example", MailKind.QuotationAsked, s => (s.State, s.Number) = (SignatureState.Listed, 17));
        Approve("mail-quotation", await app.Inbox("quoted@post.example").NextAsync());
    }

    [Fact]
    public async Task An_imported_signatory_is_asked_whether_it_is_right()
    {
        await app.SignatureAsync(await app.LetterAsync("imported"), Name, "imported@post.example", MailKind.Imported,
            s => (s.State, s.Source, s.Level, s.Number) = (SignatureState.Listed, SignatureSource.Import, SignatureLevel.Imported, 9));
        Approve("mail-imported", await app.Inbox("imported@post.example").NextAsync());
    }

    [Fact]
    public async Task A_signatory_gets_the_link_to_their_own_page_again()
    {
        await app.SignatureAsync(await app.LetterAsync("own-page"), Name, "own@post.example", MailKind.OwnPage, s => (s.State, s.Number) = (SignatureState.Listed, 3));
        Approve("mail-own-page", await app.Inbox("own@post.example").NextAsync());
    }

    [Fact]
    public async Task Whoever_was_not_let_in_learns_why_and_whom_to_write_to()
    {
        await app.SignatureAsync(await app.LetterAsync("decided"), Name, "decided@post.example", MailKind.Decided,
            s => (s.State, s.DecisionReason, s.Note) = (SignatureState.Declined, "impersonation", "sounds drunk"));
        Approve("mail-decided", await app.Inbox("decided@post.example").NextAsync());
    }

    [Theory]
    [InlineData("removed", "taken this name off the list", "off the list. Reason: another reason")]
    [InlineData("correction", "did not let it in", "№ 17 on the list")]
    [InlineData("aside", "to look at it once more", "it waits to be looked at")]
    [InlineData("closed", "closed for good before your signature", "confirmed, but not on the list")]
    public async Task Each_decision_is_told_in_its_own_words(string what, string why, string caption)
    {
        var letter = await app.LetterAsync("decided-" + what, l => l.State = what == "closed" ? LetterState.Closed : LetterState.Published);
        var (state, number) = what switch
        {
            "removed" => (SignatureState.Removed, (int?)17),
            "correction" => (SignatureState.Listed, 17),
            "aside" => (SignatureState.InReview, 17),
            _ => (SignatureState.Confirmed, null),
        };
        var signature = await app.SignatureAsync(letter, Name, what + "@post.example", null, s => (s.State, s.Number, s.ConfirmedAt) = (state, number, DateTimeOffset.UnixEpoch));
        await DecideAsync(signature, what == "correction");
        var text = (await app.Inbox(what + "@post.example").NextAsync()).Parse().TextBody!.ReplaceLineEndings(" ");
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Contains(caption, text, StringComparison.Ordinal);
        Assert.Contains("/signature/", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_undone_is_not_told_and_of_two_decisions_the_later_alone()
    {
        var letter = await app.LetterAsync("undone");
        var undone = await app.SignatureAsync(letter, Name, "undone@post.example", MailKind.Decided, s => (s.State, s.ConfirmedAt) = (SignatureState.InReview, DateTimeOffset.UnixEpoch));
        var twice = await app.SignatureAsync(letter, Name, "twice@post.example", null, s => (s.State, s.ConfirmedAt) = (SignatureState.Declined, DateTimeOffset.UnixEpoch));
        await app.QueryAsync(db =>
        {
            var (keys, now) = (app.Services.GetRequiredService<InstanceKeys>(), DateTimeOffset.UtcNow);
            db.Queue(twice, MailKind.Decided, now);
            db.Queue(twice, MailKind.Decided, now);
            return db.SaveChangesAsync();
        });
        app.Services.GetRequiredService<WorkSignal>().Poke();
        await app.Inbox("twice@post.example").NextAsync();
        List<MailState> states = [];
        for (var tries = 0; states.Count == 0 || states.Contains(MailState.Waiting); tries++)
        {
            Assert.True(tries < 600, "A mail still waits.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
            states = await app.QueryAsync(db => db.Outbox.Where(m => m.SignatureId == undone.Id || m.SignatureId == twice.Id).OrderBy(m => m.Id).Select(m => m.State).ToListAsync());
        }
        Assert.Equal([MailState.Suppressed, MailState.Suppressed, MailState.Sent], states);
    }

    [Fact]
    public async Task Whoever_confirms_and_waits_gets_the_link_to_their_page()
    {
        await app.SignatureAsync(await app.LetterAsync("confirmed"), Name, "confirmed@post.example", MailKind.Confirmed, s => (s.State, s.ConfirmedAt) = (SignatureState.Confirmed, DateTimeOffset.UnixEpoch));
        Approve("mail-confirmed", await app.Inbox("confirmed@post.example").NextAsync());
    }

    private async Task DecideAsync(Signature signature, bool isCorrection)
    {
        var at = new DateTimeOffset(DateTimeOffset.UtcNow.Ticks / 10 * 10, TimeSpan.Zero);
        await app.QueryAsync(db =>
        {
            if (isCorrection)
                db.Corrections.Add(new Correction { LetterId = signature.LetterId, SignatureId = signature.Id, Name = "Other", ProposedAt = at, State = CorrectionState.Declined, DecidedAt = at });
            db.Queue(signature, MailKind.Decided, at);
            return db.SaveChangesAsync();
        });
        app.Services.GetRequiredService<WorkSignal>().Poke();
    }

    [Fact]
    public async Task Every_mail_keeps_to_text_one_link_on_our_host_and_nothing_to_load()
    {
        var letter = await app.LetterAsync("plain", l => l.Title = "Water & <b>dams</b>: \"let them\" publish\nwhat they find");
        await app.SignatureAsync(letter, "O’Neill <i>&</i> Sons", "plain@post.example");
        var message = (await app.Inbox("plain@post.example").NextAsync()).Parse();
        Assert.Equal("auto-generated", message.Headers[HeaderId.AutoSubmitted]);
        Assert.EndsWith("@letters.example", message.MessageId, StringComparison.Ordinal);
        Assert.Contains("O’Neill <i>&</i> Sons", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("O’Neill &lt;i&gt;&amp;&lt;/i&gt; Sons", message.HtmlBody, StringComparison.Ordinal);
        Assert.Single(Links(message.TextBody));
        Assert.All(Links(message.HtmlBody), l => Assert.StartsWith("http://letters.example/confirm/", l, StringComparison.Ordinal));
        Assert.DoesNotContain("<img", message.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", message.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>dams", message.HtmlBody, StringComparison.Ordinal);

        static List<string> Links(string? text) => [.. text!.Split([' ', '\n', '"', '<', '>']).Where(w => w.StartsWith("http", StringComparison.Ordinal))];
    }

    private static void Approve(string name, InboxMail mail)
    {
        var message = mail.Parse();
        var link = mail.Link!.AbsolutePath.Split('/')[2];
        string Fixed(string text) => (mail.Code is { } code ? text.Replace(code.Insert(3, " "), "123 456", StringComparison.Ordinal) : text)
            .ReplaceLineEndings("\n").Replace(link, "TOKEN", StringComparison.Ordinal);
        var headers = message.Headers.Where(h => h.Id is not (HeaderId.Date or HeaderId.MessageId or HeaderId.ContentType)).Select(h => $"{h.Field}: {h.Value}");
        Approved.Check(name + ".txt", Fixed(string.Join('\n', headers) + "\n\n" + message.TextBody));
        Approved.Check(name + ".html", Fixed(message.HtmlBody!));
    }

    public sealed class Running : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await TestApp.StartAsync();

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
