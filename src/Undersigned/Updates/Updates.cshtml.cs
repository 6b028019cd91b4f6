using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Updates;

/// <summary>Everything that was said under the letter since it was published, in full, and what happened when. From memory alone.</summary>
[PublicPage]
public sealed class UpdatesModel(PublishedLetters letters, IStringLocalizer<UpdatesTexts> texts) : PageModel
{
    public PublishedLetter Published { get; private set; } = null!;
    public UnderLetter Under { get; private set; } = null!;

    public IActionResult OnGet(string slug)
    {
        if (letters.Find(slug) is not { } letter)
            return NotFound();
        (Published, Under) = (letter, UnderLetter.Of(letter));
        ViewData.Frame(LayoutModel.Of(letter, texts["title", letter.Words.Title], "letter"));
        return Page();
    }
}
