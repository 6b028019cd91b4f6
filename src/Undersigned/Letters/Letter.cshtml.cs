using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

[PublicPage]
public sealed class LetterPageModel(PublishedLetters letters, UndersignedDb db, FacetCache facets, IStringLocalizer<SharedTexts> shared) : PageModel
{
    private const int FirstOnes = 12;

    public PublishedLetter Published { get; private set; } = null!;
    public LetterView View { get; private set; } = null!;
    public IReadOnlyList<LineModel> First { get; private set; } = [];
    /// <summary>Null where the letter has no eras, or nobody served in any.</summary>
    public EraChart? Eras { get; private set; }
    public UnderLetter Under { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return NotFound();
        Published = letter;
        View = LetterView.Of(letter) with { Follows = letters.All.FirstOrDefault(l => l.Letter.Id == letter.Letter.FollowsLetterId) };
        Under = UnderLetter.Of(letter);
        First = [.. (await db.FirstAsync(letter, FirstOnes, cancellation)).Select(l => new LineModel(ShownLine.FromRecord(l.Record))
        {
            Number = l.Number,
            Level = l.Level,
            HasPopovers = true,
            IsListed = true,
            IsItem = true,
            Href = Url.Content($"~/letters/{slug}/signatories/{l.Number}"),
        })];
        Eras = letter.Letter.Eras.Count == 0 ? null : await ErasAsync(letter);
        ViewData.Frame(LayoutModel.Of(letter, letter.Words.Title, "letter") with { BodyClass = "letterpage", Description = LetterText.Opening(letter.Words.Body) });
        return Page();
    }

    private async Task<EraChart?> ErasAsync(PublishedLetter letter)
    {
        var counts = await facets.OfAsync(letter);
        var heading = shared.Served([.. counts.Eras.Select(e => (e.Era, e.Count))], letter.Letter.EraWords, counts.WithYears);
        return EraChart.Of(counts, heading, letter.At.EntryAt.Year);
    }
}
