using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Mail;
using Undersigned.Model;

namespace Undersigned.Updates;

/// <summary>One thing under the letter, for its list on the desk.</summary>
public sealed record DeskPost(LetterPost Post, PostWords Words, MailingProgress? Mailing);

/// <summary>What stands under the letter: writes updates, responses, events and deliveries, mails updates, and says how far the mails are.</summary>
[StaffOnly(StaffRole.Editor)]
[RequestSizeLimit(512 * 1024)]
public sealed class UnderTheLetterModel(UndersignedDb db, TimeProvider time, PostWriter writer, DeliveredDocuments deliveredDocuments, UpdateTest test, Outbox outbox, WorkSignal work) : StaffPage(db, time)
{
    [BindProperty]
    public PostForm Form { get; set; } = new();

    public IReadOnlyList<DeskPost> Posts { get; private set; } = [];
    public PostView? Preview { get; private set; }
    /// <summary>The files that may have been handed over.</summary>
    public IReadOnlyList<DeliveredDocument> Documents { get; private set; } = [];
    /// <summary>Who would get an update by mail.</summary>
    public int Readers { get; private set; }
    /// <summary>What is being corrected goes, or went, by mail already.</summary>
    public bool WasMailed => Posts.SingleOrDefault(p => p.Post.Id == Form.Replaces)?.Mailing is not null;
    public bool MailIsOpen => outbox.IsOpen && !Letter.HoldMail;
    /// <summary>What came of the test, where one was sent.</summary>
    public string? TestTrouble { get; private set; }
    public string? TestedTo { get; private set; }
    [FromQuery]
    public string? Done { get; set; }

    /// <summary>The form that is filled; the others are empty.</summary>
    public PostForm FormOf(PostKind kind) => Form.Kind == kind ? Form : new PostForm
    {
        Kind = kind,
        Title = kind == PostKind.Response && Addressee.Length > 0 ? Addressee + " responds" : null,
        To = kind == PostKind.Delivery ? LetterWords.Of(Letter).Addressees : null,
    };

    public bool IsOpen(PostKind kind) => Form.Kind == kind && Form.IsTyped;

    private string Addressee => LetterWords.Of(Letter).Addressee;

    public async Task OnGetAsync(long? correct, CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        if (Posts.SingleOrDefault(p => p.Post.Id == correct) is { } post)
            Form = PostForm.Of(post.Post);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!Letter.IsPublic)
            return Back("not-public");
        await LookUpAsync(cancellation);
        foreach (var (field, problem) in Form.Problems(Now))
            ModelState.AddModelError(Field(field), problem);
        if (!ModelState.IsValid)
            return await AgainAsync(cancellation);
        var outcome = await writer.PublishAsync(Letter, Form, post => AlongsideAsync(post, cancellation), cancellation);
        if (outcome != PostOutcome.Overtaken)
            return Back(outcome == PostOutcome.Published ? "published" : "already");
        ModelState.AddModelError(Field(Form.Kind == PostKind.Delivery ? "to" : "title"), "Somebody corrected this meanwhile. What you typed is still here: open theirs below, and correct that.");
        return await AgainAsync(cancellation);
    }

    private async Task LookUpAsync(CancellationToken cancellation)
    {
        if (Form.Kind == PostKind.Delivery)
            Form.Take(await deliveredDocuments.FindAsync(Letter, Form, cancellation));
    }

    private async Task AlongsideAsync(LetterPost post, CancellationToken cancellation)
    {
        Record(Form.Replaces is null ? "publish-" + Form.Kind.ToString().ToLowerInvariant() : "correct-post", detail: PostWords.Parse(post.Text).Title);
        if (!WantsMail || await Mailings.WasMailedAsync(Db, Letter.Id, Form.Replaces, cancellation))
            return;
        Mailings.Begin(Db, post, AccountId, Now);
        Record("mail-update");
    }

    private bool WantsMail => Form is { Kind: PostKind.Update, Mail: true };

    /// <summary>Shows it as readers will see it; nothing is kept.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellation)
    {
        await LookUpAsync(cancellation);
        Preview = new PostView(Form.Kind, Form.ToWords(Letter, Now), Now);
        return await AgainAsync(cancellation);
    }

    /// <summary>The mail, to whoever presses; nothing is published.</summary>
    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancellation)
    {
        foreach (var (field, problem) in Form.Problems(Now))
            ModelState.AddModelError(Field(field), problem);
        if (!ModelState.IsValid)
            return await AgainAsync(cancellation);
        var me = await Db.Users.Where(u => u.Id == AccountId).Select(u => new { u.DisplayName, u.Email }).SingleAsync(cancellation);
        TestTrouble = await test.SendAsync(Letter, Form.ToWords(Letter, Now), me.DisplayName, me.Email, cancellation);
        TestedTo = me.Email;
        Record("test-update", detail: TestTrouble is null ? "taken by the server" : "not taken");
        await Db.SaveChangesAsync(cancellation);
        return await AgainAsync(cancellation);
    }

    /// <summary>Mails an update that was published without.</summary>
    public async Task<IActionResult> OnPostMailAsync(long post, CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        var update = (await PostWriter.CurrentAsync(Db, Letter.Id, cancellation)).SingleOrDefault(p => p.Id == post && p.Kind == PostKind.Update);
        if (update is null || await Mailings.WasMailedAsync(Db, Letter.Id, post, cancellation))
            return Back("already");
        Mailings.Begin(Db, update, AccountId, Now);
        Record("mail-update", detail: PostWords.Parse(update.Text).Title);
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return Back("mailing");
    }

    public Task<IActionResult> OnPostPauseAsync(long post, CancellationToken cancellation) => SetPausedAsync(post, Now, "pause-mailing", "paused", cancellation);

    public Task<IActionResult> OnPostResumeAsync(long post, CancellationToken cancellation) => SetPausedAsync(post, null, "resume-mailing", "mailing", cancellation);

    private async Task<IActionResult> SetPausedAsync(long post, DateTimeOffset? at, string act, string done, CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        var changed = await Db.Mailings.Where(m => m.PostId == post && m.LetterId == Letter.Id && (m.PausedAt == null) == (at != null))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.PausedAt, at), cancellation);
        if (changed == 0)
            return Back("already");
        Record(act);
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return Back(done);
    }

    public string Field(string name) => FieldOf(Form.Kind, name);

    /// <summary>"update-title": several forms stand on one page.</summary>
    public static string FieldOf(PostKind kind, string name) => $"{kind.ToString().ToLowerInvariant()}-{name}";

    private LocalRedirectResult Back(string done) => LocalRedirect($"~/desk/letters/{Letter.Id}/under-the-letter?done={done}");

    private async Task<IActionResult> AgainAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var progress = await Mailings.ProgressAsync(Db, Letter.Id, cancellation);
        var before = await Db.Posts.Where(p => p.LetterId == Letter.Id && p.ReplacesId != null).ToDictionaryAsync(p => p.Id, p => p.ReplacesId!.Value, cancellation);
        Posts = [.. (await PostWriter.CurrentAsync(Db, Letter.Id, cancellation)).Select(p => new DeskPost(p, PostWords.Parse(p.Text), MailingOf(p.Id)))];
        MailingProgress? MailingOf(long post)
        {
            // One that was corrected on its way is the mailing of what stands there now.
            while (!progress.ContainsKey(post) && before.TryGetValue(post, out var earlier))
                post = earlier;
            return progress.GetValueOrDefault(post);
        }
        Documents = Letter.IsPublic ? await deliveredDocuments.AllAsync(Letter, cancellation) : [];
        Readers = await Mailings.Readers(Db, Letter.Id).CountAsync(cancellation);
    }
}
