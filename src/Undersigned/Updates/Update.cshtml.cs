using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Updates;

/// <summary>One update, response, event or delivery at the address it keeps: as it was published, and where it was corrected since, the way to that.</summary>
[PublicPage]
public sealed class UpdateModel(PublishedLetters letters, PastLists past, UndersignedDb db, Instance instance) : PageModel
{
    public PublishedLetter Published { get; private set; } = null!;
    public PostView View { get; private set; } = null!;
    /// <summary>What stands in its place; null where this is the latest wording.</summary>
    public PostView? Later { get; private set; }
    /// <summary>The file that was handed over, while nobody who is named in it has left.</summary>
    public LetterPdf? Document { get; private set; }
    public string LetterAddress => instance.UrlOf("/letters/" + Published.Letter.Slug);
    public string TextPath => $"~/letters/{Published.Letter.Slug}/log/texts/{Convert.ToHexStringLower(View.Post!.TextHash)}";

    public async Task<IActionResult> OnGetAsync(string slug, long entry, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter || UnderLetter.Find(letter, entry) is not { } found)
            return NotFound();
        var (post, latest) = found;
        Published = letter;
        View = post == latest.Post ? latest : new PostView(post.Kind, post.Words, post.At) { Post = post };
        Later = post == latest.Post ? null : latest;
        Document = post.Words.Delivery is { } delivery ? await db.DeliveredFileAsync(past, letter, delivery, cancellation) : null;
        ViewData.Frame(LayoutModel.Of(letter, $"{post.Words.Title}: {letter.Words.Title}", "letter") with { IsForSearchEngines = Later is null, Description = LetterText.Opening(post.Words.Body, 1) });
        return Page();
    }
}
