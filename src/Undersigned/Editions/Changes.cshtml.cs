using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;
using Undersigned.SignatoryList;

namespace Undersigned.Editions;

/// <summary>What an edition changed, line by line. Names are shown of those alone who stand today.</summary>
[PublicPage]
public sealed class ChangesModel(PublishedLetters letters, PastLists past, UndersignedDb db, ListQuery list, IStringLocalizer<EditionsTexts> texts) : PageModel
{
    private const int MostNames = 2_000;

    /// <summary>The letter at the edition's size.</summary>
    public PublishedLetter Then { get; private set; } = null!;
    public Edition Edition { get; private set; } = null!;
    public Edition? Before { get; private set; }
    public bool HasNext { get; private set; }
    public Difference Difference { get; private set; } = null!;
    public Roll Added { get; private set; } = null!;
    /// <summary>Of those added, how many are not named here: they have left since, or are beyond what one page holds.</summary>
    public int AddedGone { get; private set; }
    public int AddedMore { get; private set; }
    /// <summary>Corrections of those who stand today; of the others the number alone.</summary>
    public IReadOnlyList<Correction> Corrected { get; private set; } = [];
    public int CorrectedGone => Edition.Corrected - Corrected.Count;

    public async Task<IActionResult> OnGetAsync(string slug, int number, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } today)
            return NotFound();
        var editions = await db.EditionsAt(today.Letter.Id, today.Size).AsNoTracking().Where(e => e.Number >= number - 1 && e.Number <= number + 1).ToListAsync(cancellation);
        if (editions.SingleOrDefault(e => e.Number == number) is not { } edition || await past.AtSizeAsync(today, edition.Size, cancellation) is not { } then)
            return NotFound();
        (Then, Edition, Before, HasNext) = (then, edition, editions.SingleOrDefault(e => e.Number == number - 1), editions.Any(e => e.Number > number));
        Difference = await Difference.ReadAsync(db, today.Letter.Id, Before?.Size ?? 0, edition.Size, cancellation);
        await NameAsync(cancellation);
        ViewData.Frame(LayoutModel.Of(then, texts["changes-title", number, then.Words.Title], "signatories") with { IsForSearchEngines = false });
        return Page();
    }

    private async Task NameAsync(CancellationToken cancellation)
    {
        var standing = db.Lines.AsNoTracking().StandingAt(Then);
        var numbers = Difference.Added.Take(MostNames).ToList();
        var names = await standing.Where(l => numbers.Contains(l.Number)).OrderBy(l => l.SortName).ThenBy(l => l.Number)
            .Select(l => new RollLine(l.Number, l.Level, l.Record, l.SortName, l.Since)).ToListAsync(cancellation);
        var about = Difference.Corrected.Select(c => c.Number).ToList();
        var corrected = await standing.Where(l => about.Contains(l.Number)).Select(l => l.Number).ToListAsync(cancellation);
        (AddedGone, AddedMore) = (numbers.Count - names.Count, Difference.Added.Count - numbers.Count);
        Added = new Roll(names, list.Words, Url.Content($"~/letters/{Then.Letter.Slug}")) { IsCounted = true };
        Corrected = [.. Difference.Corrected.Where(c => corrected.Contains(c.Number))];
    }
}
