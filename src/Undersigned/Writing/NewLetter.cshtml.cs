using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Writing;

/// <summary>Begins a letter: its title and who maintains it. Everything else has its page afterwards.</summary>
[Authorize]
public sealed class NewLetterModel(UndersignedDb db, Instance instance, TimeProvider time) : PageModel
{
    [BindProperty]
    public string? Title { get; set; }
    [BindProperty]
    public string? Organiser { get; set; }
    [BindProperty]
    public string? Slug { get; set; }

    public string AddressBegin => instance.UrlOf("/letters/");

    public async Task<IActionResult> OnGetAsync() => await MayBeginAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await MayBeginAsync())
            return NotFound();
        var slug = Slug?.Trim() is { Length: > 0 } typed ? typed : await Slugs.SuggestAsync(db, Title ?? "", HttpContext.RequestAborted);
        if (TextForm.LineProblem(Title, 200) is { } title)
            ModelState.AddModelError("title", string.IsNullOrWhiteSpace(Title) ? "A letter needs a title; it can change until somebody signs." : title);
        if (TextForm.LineProblem(Organiser, 200) is { } organiser)
            ModelState.AddModelError("organiser", string.IsNullOrWhiteSpace(Organiser) ? "Readers are told who keeps the list." : organiser);
        if (await Slugs.ProblemAsync(db, slug, 0, HttpContext.RequestAborted) is { } problem)
            ModelState.AddModelError("slug", problem);
        if (!ModelState.IsValid)
            return Page();
        var letter = new Letter { Slug = slug, Title = Title!.Trim(), Organiser = Organiser!.Trim(), CreatedAt = time.GetUtcNow() };
        await BeginAsync(letter);
        return LocalRedirect($"~/desk/letters/{letter.Id}/text");
    }

    private async Task BeginAsync(Letter letter)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(HttpContext.RequestAborted);
        db.Letters.Add(letter);
        await db.SaveChangesAsync(HttpContext.RequestAborted);
        var (id, now) = (User.AccountId(), time.GetUtcNow());
        db.Staff.Add(new LetterStaff { LetterId = letter.Id, AccountId = id, Role = StaffRole.Owner, Since = now });
        db.Acts.Add(new StaffAct { LetterId = letter.Id, AccountId = id, At = now, What = "begin" });
        await db.SaveChangesAsync(HttpContext.RequestAborted);
        await transaction.CommitAsync(HttpContext.RequestAborted);
    }

    private Task<bool> MayBeginAsync()
    {
        var id = User.AccountId();
        return db.Users.AnyAsync(u => u.Id == id && u.IsOperator, HttpContext.RequestAborted);
    }
}
