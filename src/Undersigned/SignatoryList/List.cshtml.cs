using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.SignatoryList;

/// <summary>
/// The list, a hundred a page by family name, entered at its beginning, at a letter, after a signatory, or by a search; narrowed or whole;
/// as it stands, stood at a time, or stands in an edition.
/// </summary>
[PublicPage]
public sealed class ListModel(ListReading reading, ListQuery query, NameSearch search, FacetCache facets, IStringLocalizer<SignatoryListTexts> texts) : PageModel
{
    private const int PageSize = 100;
    private const int FirstOnes = 12;
    private const int LongestQuery = 200;

    public AskedList List { get; private set; } = null!;
    public PublishedLetter Published => List.Letter;
    public ListFilters Filters { get; private set; } = null!;
    /// <summary>Who stood then and has left since.</summary>
    public int NotShown { get; private set; }
    public string Query { get; private set; } = "";
    public IReadOnlyList<RollLine> First { get; private set; } = [];
    public IReadOnlyList<RollLine> Lines { get; private set; } = [];
    /// <summary>Where the next page begins; null on the last.</summary>
    public RollLine? Next { get; private set; }
    public NamesFound? Found { get; private set; }
    /// <summary>How many fit what the list is narrowed by, on its first page.</summary>
    public int? Fitting { get; private set; }
    public int Waiting { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, int? edition, string? q, string? from, int? after, CancellationToken cancellation)
    {
        if (await reading.FindAsync(slug, edition, Request.Query, cancellation) is not { } list)
            return NotFound();
        List = list;
        Query = (q ?? "").Trim();
        Filters = new ListFilters(list, await facets.OfAsync(Published));
        NotShown = await list.NotShownAsync(facets);
        var isPlain = Query.Length == 0 && after is null && from is null && list is { Filter.IsNone: true, Moment: null };
        ViewData.Frame(LayoutModel.Of(Published, Title(), "signatories") with { IsForSearchEngines = isPlain });
        if (Query.Length > 0)
            return await SearchAsync(cancellation);
        return await ShowAsync(from, after, cancellation) ? Page() : LocalRedirect("~/" + list.Address());
    }

    public RollWords RollWords => query.Words;
    public string LetterPath => Url.Content($"~/letters/{Published.Letter.Slug}");
    public string LineQuery => Published.IsPast ? "?at=" + new ListMoment(Published.At.EntryAt).Text : "";

    /// <summary>A page of this list.</summary>
    public string Address(string? from = null, int? after = null) => Url.Content("~/" + List.Address("",
        KeyValuePair.Create("from", from), KeyValuePair.Create("after", after?.ToString(CultureInfo.InvariantCulture))));

    private string Title()
    {
        if (Query.Length > 0)
            return texts["title-search"];
        var title = texts["title", Printed.Number(Published.Counts.Standing), Published.Words.Title];
        return List.Edition is { } edition ? texts["title-edition", edition.Number, title.Value] : title;
    }

    private async Task<bool> ShowAsync(string? from, int? after, CancellationToken cancellation)
    {
        var start = from is { Length: 1 } && char.IsAsciiLetter(from[0]) ? from.ToLowerInvariant() : "";
        var page = after is { } number
            ? await query.PageAfterAsync(List, number, PageSize + 1, cancellation)
            : await query.PageAsync(List, start, PageSize + 1, cancellation);
        if (page is null)
            return false;
        Lines = [.. page.Take(PageSize)];
        Next = page.ElementAtOrDefault(PageSize);
        if (!List.Filter.IsNone)
            Fitting = after is not null || start.Length > 0 ? null : Next is null ? Lines.Count : await query.CountAsync(List, cancellation);
        else if (after is null && start.Length == 0)
            First = await query.FirstAsync(List, FirstOnes, cancellation);
        return true;
    }

    // What is asked for is nobody's business, and how many wait changes without the list: not kept.
    private async Task<IActionResult> SearchAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        Query = Query.Length > LongestQuery ? Query[..LongestQuery] : Query;
        Found = await search.FindAsync(List, Query, cancellation);
        Lines = Found.Lines;
        if (Found.Lines.Count == 0 && !Published.IsPast)
            Waiting = await search.WaitingAsync(Published, cancellation);
        return Page();
    }
}
