using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Embeds;

/// <summary>"Put it on your site": each frame as it looks now, and what to paste.</summary>
[PublicPage(HasFrames = true)]
public sealed class ShareModel(PublishedLetters letters, Instance instance, Lettering lettering, IStringLocalizer<EmbedsTexts> texts) : PageModel
{
    public PublishedLetter Published { get; private set; } = null!;
    public bool HasCard { get; private set; }

    public IActionResult OnGet(string slug)
    {
        if (letters.Find(slug) is not { } letter)
            return NotFound();
        (Published, HasCard) = (letter, lettering.Covers(letter.Words.Title));
        ViewData.Frame(LayoutModel.Of(letter, texts["share-title", letter.Words.Title], "embed"));
        return Page();
    }

    public string HtmlOf(EmbedKind kind) => kind.Html(instance, Published, kind.Width, kind.Height);

    public string Address(string path) => instance.UrlOf($"/letters/{Published.Letter.Slug}{path}");
}
