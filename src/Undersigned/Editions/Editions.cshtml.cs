using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Editions;

/// <summary>All editions of the list, newest first.</summary>
[PublicPage]
public sealed class EditionsModel(PublishedLetters letters, UndersignedDb db, IStringLocalizer<EditionsTexts> texts) : PageModel
{
    public PublishedLetter Published { get; private set; } = null!;
    public IReadOnlyList<Edition> All { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return NotFound();
        Published = letter;
        All = await db.EditionsAt(letter.Letter.Id, letter.Size).AsNoTracking().OrderByDescending(e => e.Number).ToListAsync(cancellation);
        ViewData.Frame(LayoutModel.Of(letter, texts["title", letter.Words.Title], "signatories"));
        return Page();
    }
}
