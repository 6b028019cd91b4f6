using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Embeds;

/// <summary>A letter in a frame of another site: no script, no cookie, links that open beside. The names in it have stood for a day, so that nobody's are on a front page by mistake.</summary>
[PublicPage(MayBeFramed = true, ByTheHour = true)]
public sealed class EmbedModel(PublishedLetters letters, UndersignedDb db, TimeProvider time) : PageModel
{
    private const int MostNames = 5;
    private static readonly TimeSpan Wait = TimeSpan.FromHours(24);

    public PublishedLetter Published { get; private set; } = null!;
    public EmbedKind Kind { get; private set; } = null!;
    /// <summary>The newest first.</summary>
    public IReadOnlyList<(int Number, ShownLine Line)> Names { get; private set; } = [];
    /// <summary>"light" or "dark" where the other site's page is always so; otherwise as the reader's machine is set.</summary>
    public string Theme { get; private set; } = "";

    public bool CanSign => Published.Letter is { IsOpenForSigning: true, HoldSigning: false };

    public async Task<IActionResult> OnGetAsync(string slug, string kind, string? theme, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter || EmbedKind.Find(kind) is not { } asked)
            return NotFound();
        (Published, Kind, Theme) = (letter, asked, theme is "light" or "dark" ? theme : "");
        if (asked == EmbedKind.Names)
            Names = await NewestAsync(letter, cancellation);
        return Page();
    }

    private async Task<IReadOnlyList<(int, ShownLine)>> NewestAsync(PublishedLetter letter, CancellationToken cancellation)
    {
        // By whole hours, as the answer is kept.
        var now = time.GetUtcNow();
        var until = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour)) - Wait;
        var lines = await db.Lines.AsNoTracking().StandingAt(letter).Where(l => l.Since <= until).OrderByDescending(l => l.Number).Take(MostNames)
            .Select(l => new { l.Number, l.Record }).ToListAsync(cancellation);
        return [.. lines.Select(l => (l.Number, ShownLine.FromRecord(l.Record)))];
    }
}
