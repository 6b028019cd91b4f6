using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Pdf;

/// <summary>An edition's PDF: how far it is, then its size, pages and hash. Whoever is the first to look has it made.</summary>
public sealed class EditionPdfModel(UndersignedDb db, PrintedLetters letters, ChromiumPrint printer, WorkSignal work, TimeProvider time, IStringLocalizer<PdfTexts> texts) : PageModel
{
    public PublishedLetter Then { get; private set; } = null!;
    public Edition Edition { get; private set; } = null!;
    /// <summary>Null where it cannot be made.</summary>
    public LetterPdf? Pdf { get; private set; }
    public string Says { get; private set; } = "";
    /// <summary>What was given before, and named people who have left since.</summary>
    public IReadOnlyList<LetterPdf> Earlier { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, int edition, CancellationToken cancellation)
    {
        if (await letters.FindAsync(slug, edition, cancellation) is not { } found)
            return NotFound();
        (Edition, Then, _) = found;
        var mark = await db.ShownMarkAsync(Then, cancellation);
        var id = Then.Letter.Id;
        var all = await db.Pdfs.AsNoTracking().Where(p => p.LetterId == id && p.Edition == edition).OrderByDescending(p => p.Id).ToListAsync(cancellation);
        Pdf = all.FirstOrDefault(p => p.State == PdfState.Made && p.Mark == mark);
        Earlier = [.. all.Where(p => p.Sha256 is not null && p != Pdf)];
        if (Pdf is null && printer.IsThere)
        {
            Pdf = await db.WantAsync(id, edition, null, mark, time.GetUtcNow(), cancellation);
            work.Poke();
        }
        Says = Pdf is null ? texts["no-chromium"] : PdfProgress.Says(Pdf, printer.IsThere, texts);
        Response.Headers.CacheControl = "no-store";
        if (Pdf is not null)
            Response.LookAgain(Pdf, printer.IsThere, Url.Content($"~/letters/{slug}/editions/{edition}/pdf"));
        ViewData.Frame(LayoutModel.Of(Then, texts["title", edition, Then.Words.Title], "signatories") with { IsForSearchEngines = false });
        return Page();
    }
}
