using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.SignatoryList;

/// <summary>The whole list on one page, for paper and for counting.</summary>
[PublicPage]
public sealed class AllModel(PublishedLetters letters, ListQuery list, IStringLocalizer<SignatoryListTexts> texts) : PageModel
{
    public PublishedLetter Published { get; private set; } = null!;
    public Roll Roll { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return NotFound();
        Published = letter;
        Roll = new Roll(await list.AllAsync(letter, cancellation), list.Words, Url.Content($"~/letters/{slug}"));
        ViewData.Frame(LayoutModel.Of(letter, texts["title", Printed.Number(letter.Counts.Standing), letter.Words.Title], "signatories") with { IsForSearchEngines = false });
        return Page();
    }
}
