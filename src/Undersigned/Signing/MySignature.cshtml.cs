using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>Has the link to one's own page mailed again. It says the same to everybody.</summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed class MySignatureModel(UndersignedDb db, PublishedLetters published, InstanceKeys keys, FormCheck check, OwnActs acts, Attempts attempts) : PageModel
{
    [BindProperty]
    public SignForm Form { get; set; } = new();

    public Letter Letter { get; private set; } = null!;
    public PublishedLetter? Published { get; private set; }
    public LetterWords Words { get; private set; } = null!;
    public string? SentTo { get; private set; }
    public int? Minutes { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync())
            return NotFound();
        ModelState.Clear();
        var address = check.Address(Form, ModelState);
        Minutes = address is null ? null : attempts.Count(Attempt.Form, Letter, HttpContext.Connection.RemoteIpAddress);
        Response.StatusCode = address is null ? StatusCodes.Status422UnprocessableEntity : Minutes is null ? StatusCodes.Status200OK : StatusCodes.Status429TooManyRequests;
        if (address is not null && Minutes is null)
        {
            acts.SendLink(Letter.Id, address);
            SentTo = address.Masked;
        }
        return Page();
    }

    private async Task<bool> FindAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (RouteData.Values["slug"] is string slug)
            Published = published.Find(slug);
        else if (InstanceKeys.TryReadId((string?)RouteData.Values["token"], out var id)
            && await db.Letters.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, HttpContext.RequestAborted) is { State: not LetterState.Draft } letter
            && keys.IsToken((string?)RouteData.Values["token"], TokenPurpose.PrivateLetter, id, letter.PrivateLinkRound))
            Letter = letter;
        Letter = Published?.Letter ?? Letter;
        if (Letter is null)
            return false;
        Words = Published?.Words ?? LetterWords.Of(Letter);
        return true;
    }
}
