using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Mail;
using Undersigned.Model;

namespace Undersigned.Updates;

/// <summary>The one mail to those who stand on the letter that this one follows: looked at, tested, sent, paused, and what came of it.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class AskEarlierModel(UndersignedDb db, TimeProvider time, MailWriter writer, UpdateTest test, Outbox outbox, WorkSignal work) : StaffPage(db, time)
{
    public const int Longest = 2_000;

    [BindProperty]
    public string? Words { get; set; }
    [FromQuery]
    public string? Done { get; set; }

    /// <summary>The letter that this one follows; null where it follows none.</summary>
    public Letter? Earlier { get; private set; }
    /// <summary>Their addresses are the earlier letter's: whoever writes to them owns that letter too.</summary>
    public bool OwnsBoth { get; private set; }
    public int MayBeAsked { get; private set; }
    public int Standing { get; private set; }
    public FollowUpProgress? Progress { get; private set; }
    /// <summary>The mail as it will read.</summary>
    public string? Preview { get; private set; }
    public string? TestTrouble { get; private set; }
    public string? TestedTo { get; private set; }
    public bool MailIsOpen => outbox.IsOpen && !Letter.HoldMail;

    public Task OnGetAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await IsReadyAsync(cancellation))
            return Page();
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        if (await Db.FollowUpMailings.AnyAsync(m => m.LetterId == Letter.Id, cancellation))
            return Back("already");
        Db.FollowUpMailings.Add(new FollowUpMailing { LetterId = Letter.Id, EarlierLetterId = Earlier!.Id, Words = Said, At = Now, AccountId = AccountId });
        Record("ask-earlier", detail: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{MayBeAsked} of {Earlier.Slug}"));
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return Back("mailing");
    }

    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellation)
    {
        if (await IsReadyAsync(cancellation))
            Preview = writer.FollowUpText(Letter, Earlier!.Title, Said, (await MeAsync(cancellation)).Name);
        return Page();
    }

    /// <summary>The mail, to whoever presses.</summary>
    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancellation)
    {
        if (!await IsReadyAsync(cancellation))
            return Page();
        var (name, email) = await MeAsync(cancellation);
        TestTrouble = await test.SendAsync(Letter, Earlier!.Title, Said, name, email, cancellation);
        TestedTo = email;
        Record("test-follow-up", detail: TestTrouble is null ? "taken by the server" : "not taken");
        await Db.SaveChangesAsync(cancellation);
        return Page();
    }

    public Task<IActionResult> OnPostPauseAsync(CancellationToken cancellation) => SetPausedAsync(Now, "pause-follow-up", "paused", cancellation);

    public Task<IActionResult> OnPostResumeAsync(CancellationToken cancellation) => SetPausedAsync(null, "resume-follow-up", "mailing", cancellation);

    private async Task<IActionResult> SetPausedAsync(DateTimeOffset? at, string act, string done, CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        if (await Db.FollowUpMailings.Where(m => m.LetterId == Letter.Id && (m.PausedAt == null) == (at != null)).ExecuteUpdateAsync(set => set.SetProperty(m => m.PausedAt, at), cancellation) == 0)
            return Back("already");
        Record(act);
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return Back(done);
    }

    private string Said => (Words ?? "").ReplaceLineEndings("\n").Trim();

    private async Task<(string Name, string? Email)> MeAsync(CancellationToken cancellation)
    {
        var me = await Db.Users.Where(u => u.Id == AccountId).Select(u => new { u.DisplayName, u.Email }).SingleAsync(cancellation);
        return (me.DisplayName, me.Email);
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        if (Said.Length > Longest)
            ModelState.AddModelError("words", $"At most 2,000 characters; these are {Shared.Printed.Number(Said.Length)}.");
        if (WhyNot is { } why)
            ModelState.AddModelError("words", why);
        return ModelState.IsValid;
    }

    /// <summary>Why nobody can be asked now, in words.</summary>
    public string? WhyNot => Earlier is null ? "This letter follows none."
        : !OwnsBoth ? "Only an owner of both letters can write to those who signed the earlier one."
        : Progress is not null ? "They have been asked; it is done once."
        : !Letter.IsOpenForSigning ? "They can be asked once the letter can be signed: by its private link, or in public."
        : Letter.HoldSigning ? "Signing is held. Lift the hold first, or they would find a closed door."
        : MayBeAsked == 0 ? "There is nobody to ask." : null;

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Earlier = Letter.FollowsLetterId is { } id ? await Db.Letters.AsNoTracking().SingleAsync(l => l.Id == id, cancellation) : null;
        if (Earlier is null)
            return;
        OwnsBoth = await Db.Staff.AnyAsync(s => s.LetterId == Earlier.Id && s.AccountId == AccountId && s.Role == StaffRole.Owner, cancellation);
        MayBeAsked = await Db.MayBeAsked(Earlier, Now).CountAsync(cancellation);
        Standing = await Db.Signatures.CountAsync(s => s.LetterId == Earlier.Id && s.State == SignatureState.Listed, cancellation);
        Progress = await FollowUpMailings.ProgressAsync(Db, Letter.Id, Now, cancellation);
    }

    private LocalRedirectResult Back(string done) => LocalRedirect($"~/desk/letters/{Letter.Id}/ask-earlier?done={done}");
}
