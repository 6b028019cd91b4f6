using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Press;

/// <summary>The named signatories over time, by era, organization and level, as charts with their tables. Counted once a size.</summary>
[PublicPage]
public sealed class StatisticsModel(PublishedLetters letters, FacetCache facets, IStringLocalizer<SharedTexts> shared, IStringLocalizer<PressTexts> texts) : PageModel
{
    /// <summary>Organizations in the chart, and in the table; all are in the CSV.</summary>
    private const int Drawn = 12;
    public const int Tabled = 60;

    public PublishedLetter Published { get; private set; } = null!;
    public ListFacets Counts { get; private set; } = null!;
    public TimeChart? OverTime { get; private set; }
    public EraChart? Eras { get; private set; }
    public BarChart? Organizations { get; private set; }
    public BarChart Levels { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string slug)
    {
        if (letters.Find(slug) is not { } letter)
            return NotFound();
        (Published, Counts) = (letter, await facets.OfAsync(letter));
        ViewData.Frame(LayoutModel.Of(letter, texts["statistics-title", letter.Words.Title], "press"));
        if (Counts.Shown == 0)
            return Page();
        OverTime = new TimeChart("time", TimeSeries.Of(Counts.Hours, letter.At.EntryAt));
        Eras = EraChart.Of(Counts, shared.Served([.. Counts.Eras.Select(e => (e.Era, e.Count))], letter.Letter.EraWords, Counts.WithYears), letter.At.EntryAt.Year);
        if (Counts.Organizations.Count > 0)
            Organizations = BarChart.Of("organizations", [.. Counts.Organizations.Take(Drawn).Select(o => (o.Label, o.Count, false))]);
        Levels = BarChart.Of("levels", [.. Counts.Levels.OrderByDescending(l => l.Key).Select(l => (shared["level-" + LevelModel.Code(l.Key)].Value, l.Value, !LevelModel.IsChecked(l.Key)))]);
        return Page();
    }

    /// <summary>Names a saved table by what it is of.</summary>
    public string FileName(string table) => $"{Published.Letter.Slug}-{table}-{Published.Size}-{Published.Fingerprint}.csv";
}
