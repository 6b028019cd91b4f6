using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.SignatoryList;

/// <summary>One signatory, by number. A number that stood and stands no more says so, without the name.</summary>
// What was checked comes and goes without an entry in the record.
[PublicPage(ByTheHour = true)]
public sealed class SignatoryModel(ListReading reading, UndersignedDb db, IStringLocalizer<SignatoryListTexts> texts) : PageModel
{
    public AskedList List { get; private set; } = null!;
    public PublishedLetter Published => List.Letter;
    public int Number { get; private set; }

    /// <summary>Null where nobody of this number stands.</summary>
    public Line? Line { get; private set; }
    public LineModel? Shown { get; private set; }

    /// <summary>Which was signed; null where the letter has only one.</summary>
    public int? Revision { get; private set; }

    /// <summary>What speaks for the line today, as far as the record says so too. Of an earlier time only the level is told.</summary>
    public IReadOnlyList<Evidence> Checked { get; private set; } = [];

    /// <summary>A listed domain and who can create addresses there.</summary>
    public string DomainWords(string? domain) =>
        Published.Letter.Domains.FirstOrDefault(d => d.Domain == domain) is { } listed ? $"{listed.Domain} ({listed.Controller})" : domain ?? "";

    public async Task<IActionResult> OnGetAsync(string slug, int number, CancellationToken cancellation)
    {
        if (await reading.FindAsync(slug, null, Request.Query, cancellation) is not { Letter: var letter } list || number < 1 || number > letter.Counts.Signed)
            return NotFound();
        (List, Number) = (list, number);
        Line = await db.Lines.AsNoTracking().StandingAt(letter).FirstOrDefaultAsync(l => l.Number == number, cancellation);
        if (Line is { } line && !letter.IsPast)
            Checked = await CheckedAsync(line, cancellation);
        if (Line is not null && letter.Revision.Number > 1)
            Revision = await db.Signatures.Where(s => s.Id == Line.SignatureId).Select(s => s.Revision).SingleAsync(cancellation);
        if (Line is not null)
            Shown = new LineModel(ShownLine.FromRecord(Line.Record)) { Number = number, IsBig = true, IsListed = true };
        ViewData.Frame(LayoutModel.Of(letter, texts["title-one", Printed.Number(number), letter.Words.Title], "signatories") with { IsForSearchEngines = false });
        return Page();
    }

    private async Task<IReadOnlyList<Evidence>> CheckedAsync(Line line, CancellationToken cancellation)
    {
        var standing = await db.Evidence.AsNoTracking().Where(e => e.SignatureId == line.SignatureId && e.EndedAt == null).OrderBy(e => e.At).ToListAsync(cancellation);
        var vouches = standing.Where(e => e.Kind == EvidenceKind.Vouched).ToList();
        return [.. standing.Where(e => Evidence.LevelOf(e.Kind) <= line.Level
            && (e.Kind != EvidenceKind.Vouched || vouches.Count >= Signature.VouchersNeeded && e == vouches[Signature.VouchersNeeded - 1]))
            .DistinctBy(e => (e.Kind, e.Kind is EvidenceKind.Domain or EvidenceKind.Account ? e.What : null))];
    }
}
