using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

[PublicPage]
public sealed class LetterPageModel(PublishedLetters letters, UndersignedDb db) : PageModel
{
    private const int FirstOnes = 12;

    public PublishedLetter Published { get; private set; } = null!;
    public LetterView View { get; private set; } = null!;
    public IReadOnlyList<LineModel> First { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return NotFound();
        Published = letter;
        View = LetterView.Of(letter);
        var first = await db.Lines.AsNoTracking().StandingAt(letter).OrderBy(l => l.Number).Take(FirstOnes)
            .Select(l => new { l.Number, l.Level, l.Record }).ToListAsync(cancellation);
        First = [.. first.Select(l => new LineModel(ShownLine.FromRecord(l.Record))
        {
            Number = l.Number,
            Level = l.Level,
            HasPopovers = true,
            IsListed = true,
            IsItem = true,
            Href = Url.Content($"~/letters/{slug}/signatories/{l.Number}"),
        })];
        ViewData.Frame(LayoutModel.Of(letter, letter.Words.Title, "letter") with { BodyClass = "letterpage", Description = LetterText.Opening(letter.Words.Body) });
        return Page();
    }
}
