using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.SignatoryList;

/// <summary>The whole list on one page, for paper and for counting; narrowed or of an earlier time where the address says so.</summary>
[PublicPage]
public sealed class AllModel(ListReading reading, ListQuery query, FacetCache facets, IStringLocalizer<SignatoryListTexts> texts) : PageModel
{
    public AskedList List { get; private set; } = null!;
    public PublishedLetter Published => List.Letter;
    public Roll Roll { get; private set; } = null!;
    public int Count { get; private set; }
    public int NotShown { get; private set; }

    /// <summary>Every signatory who stands is on the page, and a reader may count them.</summary>
    public bool IsComplete => List.Filter.IsNone && NotShown == 0;

    public async Task<IActionResult> OnGetAsync(string slug, int? edition, CancellationToken cancellation)
    {
        if (await reading.FindAsync(slug, edition, Request.Query, cancellation) is not { } list)
            return NotFound();
        List = list;
        NotShown = await list.NotShownAsync(facets);
        var lines = await query.AllAsync(list, cancellation);
        Count = lines.Count;
        var moment = Published.IsPast ? "?at=" + new ListMoment(Published.At.EntryAt).Text : "";
        Roll = new Roll(lines, query.Words, Url.Content($"~/letters/{slug}"), moment);
        ViewData.Frame(LayoutModel.Of(Published, texts["title", Printed.Number(Published.Counts.Standing), Published.Words.Title], "signatories") with { IsForSearchEngines = false });
        return Page();
    }
}
