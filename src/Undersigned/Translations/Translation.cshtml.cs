using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Letters;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Translations;

/// <summary>A translation beside the words that it translates, which are those of its revision, with which of the two is authoritative.</summary>
[PublicPage]
public sealed class TranslationModel(PublishedLetters letters, UndersignedDb db, IStringLocalizer<TranslationsTexts> texts) : PageModel
{
    public PublishedLetter Published { get; private set; } = null!;
    public LetterTranslation Shown { get; private set; } = null!;
    public LetterWords Original { get; private set; } = null!;
    public LetterWords Translated { get; private set; } = null!;
    /// <summary>Of this language, all but the one shown.</summary>
    public IReadOnlyList<LetterTranslation> Others { get; private set; } = [];

    public string Path => LetterTranslation.PathOf(Published.Letter, Shown.Language);
    public string TextPath => $"~/letters/{Published.Letter.Slug}/log/texts/{Convert.ToHexStringLower(Shown.Post.TextHash)}";

    public async Task<IActionResult> OnGetAsync(string slug, string language, long? entry, CancellationToken cancellation)
    {
        if (letters.Find(slug) is not { } letter || (entry is { } number ? LetterTranslation.Find(letter, language, number) : LetterTranslation.Find(letter, language)) is not { } found)
            return NotFound();
        (Published, Shown) = (letter, found);
        Original = found.IsOutdated
            ? LetterWords.Of(await db.Revisions.AsNoTracking().SingleAsync(r => r.LetterId == letter.Letter.Id && r.Number == found.Revision, cancellation))
            : letter.Words;
        Translated = found.AsLetter(Original.Organiser);
        Others = [.. LetterTranslation.VersionsOf(letter, language).Where(t => t.Post != found.Post)];
        ViewData.Frame(LayoutModel.Of(letter, texts["title", found.Words.Title, Tongue.NameOf(found.Language)], "letter") with { IsForSearchEngines = entry is null, Description = LetterText.Opening(found.Words.Body) });
        return Page();
    }
}
