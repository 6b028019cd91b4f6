using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Transparency;

/// <summary>Why nobody need believe us: the number as a sum, a sentence to print, and how to check it without us.</summary>
[PublicPage]
public sealed class VerifyPage(PublishedLetters letters, LogTroubles troubles, Instance instance, UndersignedDb db, IStringLocalizer<TransparencyTexts> texts) : PageModel
{
    public PublishedLetter Published { get; private set; } = null!;
    public string Sentence { get; private set; } = "";
    public LogTrouble? Trouble { get; private set; }
    /// <summary>The latest few.</summary>
    public IReadOnlyList<Edition> Editions { get; private set; } = [];

    /// <summary>A sample has been announced, whatever came of it.</summary>
    public bool IsSampled => Published.Posts.Any(p => p.Kind == PostKind.Draw);

    public string AuditCommand => $"undersigned-verify audit {Address} --drawn";

    public string Command => "undersigned-verify list " + Address;

    public string OtherCommand => "python3 verify_list.py " + Address;

    public string WatchCommand => "undersigned-verify monitor " + Address;

    private string Address => instance.UrlOf($"/letters/{Published.Letter.Slug}");

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return NotFound();
        Published = letter;
        Trouble = troubles.Of(letter.Letter.Id) is { Kind: LogTroubleKind.Refused } trouble ? trouble : null;
        if (letter.Edition is not null)
            Editions = await db.EditionsAt(letter.Letter.Id, letter.Size).AsNoTracking().OrderByDescending(e => e.Number).Take(5).ToListAsync(cancellation);
        Sentence = Say(letter, await AmendedInNameAsync(letter, cancellation));
        ViewData.Frame(LayoutModel.Of(letter, texts["title", letter.Words.Title], "verify"));
        return Page();
    }

    /// <summary>Of how many the first and the current name can both be read, and differ; and of how many one cannot.</summary>
    private async Task<(int Known, bool AtLeast)> AmendedInNameAsync(PublishedLetter letter, CancellationToken cancellation)
    {
        var (id, size) = (letter.Letter.Id, letter.Size);
        if (letter.Counts.Amended == 0)
            return (0, false);
        var lines = db.Lines.Where(l => l.LetterId == id && l.LeafIndex < size);
        var amended = await lines.Where(l => l.EndIndex == null || l.EndIndex >= size)
            .Where(l => lines.Any(b => b.Number == l.Number && b.Superseded && b.EndIndex < size))
            .Select(l => new { l.Name, First = lines.Where(b => b.Number == l.Number).OrderBy(b => b.RecordIndex).Select(b => b.Name).First() })
            .ToListAsync(cancellation);
        return (amended.Count(a => a.Name != a.First), amended.Count < letter.Counts.Amended);
    }

    // The words of undersigned-verify, up to where its reader's key and witnesses come in.
    private string Say(PublishedLetter letter, (int Known, bool AtLeast) inName)
    {
        var counts = letter.Counts;
        return texts["sentence",
            letter.At.EntryAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture),
            counts.Standing == 1 ? texts["names-one"] : texts["names", Printed.Number(counts.Standing)],
            counts.SignedHere == 1 ? texts["signatures-one"] : texts["signatures", Printed.Number(counts.SignedHere)],
            Printed.Number(counts.SignedHere - counts.Withheld),
            Printed.Number(counts.Email),
            Printed.Number(counts.Withheld),
            Printed.Number(counts.Imported),
            Printed.Day(letter.OpenedAt),
            counts.Withdrawn == 1 ? texts["withdrawn-one"] : texts["withdrawn-some", Printed.Number(counts.Withdrawn)],
            Printed.Number(counts.Removed),
            counts.Amended == 1 ? texts["amended-one"] : texts["amended", Printed.Number(counts.Amended)],
            inName.AtLeast ? texts["at-least", Printed.Number(inName.Known)] : Printed.Number(inName.Known),
            // Names of hosts run from left to right within any sentence.
            Tongue.Direction == "rtl" ? $"\u2066{letter.Origin}\u2069" : letter.Origin];
    }
}
