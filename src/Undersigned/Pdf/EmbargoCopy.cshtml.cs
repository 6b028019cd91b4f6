using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Pdf;

/// <summary>Behind an outlet's private link: the newest PDF, or how far it is. Opening it is counted; where names changed since, it is made anew.</summary>
public sealed class EmbargoCopyModel(EmbargoCopies copies, ChromiumPrint printer, PublishedLetters published, IStringLocalizer<PdfTexts> texts) : PageModel
{
    public FoundCopy Found { get; private set; } = null!;
    public LetterPdf? Pdf { get; private set; }
    public string Says { get; private set; } = "";
    public string Token => (string)RouteData.Values["token"]!;

    public async Task<IActionResult> OnGetAsync(string token, bool again, CancellationToken cancellation)
    {
        if (await copies.FindAsync(token, cancellation) is not { } found)
            return NotFound();
        Found = found;
        // Since publication everybody reads the same.
        if (found.Letter.IsPublic && published.Find(found.Letter.Slug) is { } letter)
            return Redirect(Url.Content(letter.Edition is { } edition ? $"~/letters/{letter.Letter.Slug}/editions/{edition.Number}/pdf" : $"~/letters/{letter.Letter.Slug}"));
        ViewData.Frame(new LayoutModel { Title = texts["copy-title"], Language = found.IsOpen ? found.Letter.Language : "en", Mark = found.IsOpen ? found.Letter.Organiser : "", IsForSearchEngines = false });
        if (!found.IsOpen)
            return Page();
        // A page that looks again by itself was opened once.
        if (!again)
            await copies.CountOpeningAsync(found, cancellation);
        if (printer.IsThere)
        {
            Pdf = await copies.WantAsync(found, cancellation);
            Response.LookAgain(Pdf, true, Url.Content($"~/embargo/{token}?again=true"));
        }
        Says = Pdf is null ? texts["no-chromium"] : PdfProgress.Says(Pdf, printer.IsThere, texts);
        return Page();
    }
}
