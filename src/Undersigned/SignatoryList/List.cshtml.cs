using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.SignatoryList;

/// <summary>The list, a hundred a page by family name, entered at its beginning, at a letter, after a signatory, or by a search.</summary>
[PublicPage]
public sealed class ListModel(PublishedLetters letters, ListQuery list, NameSearch search, IStringLocalizer<SignatoryListTexts> texts) : PageModel
{
    private const int PageSize = 100;
    private const int FirstOnes = 12;
    private const int LongestQuery = 200;

    public PublishedLetter Published { get; private set; } = null!;
    public string Query { get; private set; } = "";
    public IReadOnlyList<RollLine> First { get; private set; } = [];
    public IReadOnlyList<RollLine> Lines { get; private set; } = [];
    /// <summary>Where the next page begins; null on the last.</summary>
    public RollLine? Next { get; private set; }
    public NamesFound? Found { get; private set; }
    public int Waiting { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, string? q, string? from, int? after, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter)
            return NotFound();
        Published = letter;
        Query = (q ?? "").Trim();
        var word = Query.Length > 0 ? texts["title-search"] : texts["title", Printed.Number(letter.Counts.Standing), letter.Words.Title];
        ViewData.Frame(LayoutModel.Of(letter, word, "signatories") with { IsForSearchEngines = Query.Length == 0 && after is null && from is null });
        if (Query.Length > 0)
            return await SearchAsync(letter, cancellation);
        return await ShowAsync(letter, from, after, cancellation) ? Page() : RedirectToPage(new { slug });
    }

    public RollWords RollWords => list.Words;
    public string LetterPath => Url.Content($"~/letters/{Published.Letter.Slug}");

    private async Task<bool> ShowAsync(PublishedLetter letter, string? from, int? after, CancellationToken cancellation)
    {
        var start = from is { Length: 1 } && char.IsAsciiLetter(from[0]) ? from.ToLowerInvariant() : "";
        var page = after is { } number
            ? await list.PageAfterAsync(letter, number, PageSize + 1, cancellation)
            : await list.PageAsync(letter, start, PageSize + 1, cancellation);
        if (page is null)
            return false;
        if (after is null && start.Length == 0)
            First = await list.FirstAsync(letter, FirstOnes, cancellation);
        Lines = [.. page.Take(PageSize)];
        Next = page.ElementAtOrDefault(PageSize);
        return true;
    }

    // What is asked for is nobody's business, and how many wait changes without the list: not kept.
    private async Task<IActionResult> SearchAsync(PublishedLetter letter, CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        Query = Query.Length > LongestQuery ? Query[..LongestQuery] : Query;
        Found = await search.FindAsync(letter, Query, cancellation);
        Lines = Found.Lines;
        if (Found.Lines.Count == 0)
            Waiting = await search.WaitingAsync(letter, cancellation);
        return Page();
    }
}
