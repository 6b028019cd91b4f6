using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Writing;

/// <summary>Begins a letter that follows this one, with its settings and its people, its words where that is ticked, and without its signatures.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class FollowUpModel(UndersignedDb db, Instance instance, TimeProvider time) : StaffPage(db, time)
{
    [BindProperty]
    public string? NewTitle { get; set; }
    [BindProperty]
    public string? Slug { get; set; }
    /// <summary>Begins with this letter's text and demands.</summary>
    [BindProperty]
    public bool WithText { get; set; }

    public IReadOnlyList<Letter> Following { get; private set; } = [];
    public string AddressBegin => instance.UrlOf("/letters/");

    public Task OnGetAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var slug = Slug?.Trim() is { Length: > 0 } typed ? typed : await Slugs.SuggestAsync(Db, NewTitle ?? "", cancellation);
        if (TextForm.LineProblem(NewTitle, 200) is { } title)
            ModelState.AddModelError("title", string.IsNullOrWhiteSpace(NewTitle) ? "A letter needs a title; it can change until somebody signs." : title);
        if (await Slugs.ProblemAsync(Db, slug, 0, cancellation) is { } problem)
            ModelState.AddModelError("slug", problem);
        if (!ModelState.IsValid)
        {
            await LoadAsync(cancellation);
            return Page();
        }
        var letter = Follow(slug, NewTitle!.Trim());
        await BeginAsync(letter, cancellation);
        return LocalRedirect($"~/desk/letters/{letter.Id}/text");
    }

    private Letter Follow(string slug, string title) => new()
    {
        Slug = slug,
        Title = title,
        CreatedAt = Now,
        FollowsLetterId = Letter.Id,
        Body = WithText ? Letter.Body : "",
        Demands = WithText ? [.. Letter.Demands] : [],
        Addressees = Letter.Addressees,
        Language = Letter.Language,
        Organiser = Letter.Organiser,
        Imprint = Letter.Imprint,
        PressContact = Letter.PressContact,
        Eligibility = Letter.Eligibility,
        Asks = Letter.Asks,
        PromiseHours = Letter.PromiseHours,
        Admission = Letter.Admission,
        Limits = Letter.Limits,
        Eras = [.. Letter.Eras],
        EraWords = Letter.EraWords,
        Domains = [.. Letter.Domains],
        RetentionDays = Letter.RetentionDays,
        EditionEveryHours = Letter.EditionEveryHours,
        PrivateLinkCap = Letter.PrivateLinkCap,
    };

    private async Task BeginAsync(Letter letter, CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        Db.Letters.Add(letter);
        await Db.SaveChangesAsync(cancellation);
        foreach (var one in await Db.Staff.AsNoTracking().Where(s => s.LetterId == Letter.Id && s.Role != StaffRole.Auditor).ToListAsync(cancellation))
            Db.Staff.Add(new LetterStaff { LetterId = letter.Id, AccountId = one.AccountId, Role = one.Role, Since = Now });
        foreach (var name in await Db.WatchNames.AsNoTracking().Where(w => w.LetterId == Letter.Id).OrderBy(w => w.Id).ToListAsync(cancellation))
            Db.WatchNames.Add(new WatchName { LetterId = letter.Id, Name = name.Name, Aliases = [.. name.Aliases], Context = name.Context, IsTitle = name.IsTitle, AddedBy = name.AddedBy, At = name.At });
        Record("begin-follow-up", detail: letter.Slug);
        Db.Acts.Add(new StaffAct { LetterId = letter.Id, AccountId = AccountId, At = Now, What = "begin", Detail = "follows " + Letter.Slug });
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task LoadAsync(CancellationToken cancellation) =>
        Following = await Db.Letters.AsNoTracking().Where(l => l.FollowsLetterId == Letter.Id && Db.Staff.Any(s => s.LetterId == l.Id && s.AccountId == AccountId)).OrderByDescending(l => l.Id).ToListAsync(cancellation);
}
