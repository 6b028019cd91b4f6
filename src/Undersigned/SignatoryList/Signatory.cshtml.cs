using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.SignatoryList;

/// <summary>One signatory, by number. A number that stood and stands no more says so, without the name.</summary>
[PublicPage]
public sealed class SignatoryModel(ListReading reading, UndersignedDb db, IStringLocalizer<SignatoryListTexts> texts) : PageModel
{
    public AskedList List { get; private set; } = null!;
    public PublishedLetter Published => List.Letter;
    public int Number { get; private set; }

    /// <summary>Null where nobody of this number stands.</summary>
    public Line? Line { get; private set; }
    public LineModel? Shown { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, int number, CancellationToken cancellation)
    {
        if (await reading.FindAsync(slug, null, Request.Query, cancellation) is not { Letter: var letter } list || number < 1 || number > letter.Counts.Signed)
            return NotFound();
        (List, Number) = (list, number);
        Line = await db.Lines.AsNoTracking().StandingAt(letter).FirstOrDefaultAsync(l => l.Number == number, cancellation);
        if (Line is not null)
            Shown = new LineModel(ShownLine.FromRecord(Line.Record)) { Number = number, IsBig = true, IsListed = true };
        ViewData.Frame(LayoutModel.Of(letter, texts["title-one", Printed.Number(number), letter.Words.Title], "signatories") with { IsForSearchEngines = false });
        return Page();
    }
}
