using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

/// <summary>The whole text as it stood in one revision.</summary>
[PublicPage]
public sealed class RevisionTextModel(PublishedLetters letters, UndersignedDb db, IStringLocalizer<LettersTexts> texts) : PageModel
{
    public PublishedLetter Published { get; private set; } = null!;
    public Revision Revision { get; private set; } = null!;
    public LetterView View { get; private set; } = null!;
    public bool IsCurrent => Revision.TextHash.AsSpan().SequenceEqual(Published.Revision.TextHash);

    public async Task<IActionResult> OnGetAsync(string slug, int number, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter || number > letter.Revision.Number
            || await db.Revisions.AsNoTracking().SingleOrDefaultAsync(r => r.LetterId == letter.Letter.Id && r.Number == number, cancellation) is not { } revision)
        {
            return NotFound();
        }
        (Published, Revision) = (letter, revision);
        View = LetterView.Of(letter) with { Words = LetterWords.Of(revision) };
        ViewData.Frame(LayoutModel.Of(letter, texts["revision-title", number, View.Words.Title], "letter") with { IsForSearchEngines = false });
        return Page();
    }
}
