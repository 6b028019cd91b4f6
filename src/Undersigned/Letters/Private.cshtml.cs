using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

/// <summary>The letter behind its private link: no number, no list, no trace of it elsewhere.</summary>
public sealed class PrivateModel(UndersignedDb db, InstanceKeys keys, IStringLocalizer<LettersTexts> texts) : PageModel
{
    public string Token { get; private set; } = "";

    /// <summary>Null where the link does not lead to the letter now.</summary>
    public LetterView? View { get; private set; }

    public bool IsFull { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancellation)
    {
        var letter = InstanceKeys.TryReadId(token, out var id) ? await db.Letters.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, cancellation) : null;
        if (letter is null || !WasGiven(token, letter))
            return NotFound();
        if (letter.IsPublic)
            return Redirect(Url.Content($"~/letters/{letter.Slug}"));
        Token = token;
        var isOn = letter is { State: LetterState.Private, PrivateLinkOn: true } && keys.IsToken(token, TokenPurpose.PrivateLetter, id, letter.PrivateLinkRound);
        IsFull = isOn && await db.SignedThroughLinkAsync(id, cancellation) >= letter.PrivateLinkCap;
        View = isOn && !IsFull ? LetterView.Of(letter) : null;
        ViewData.Frame(new LayoutModel { Title = texts["private-title"], Language = View?.Words.Language ?? "en", Mark = View?.Words.Organiser ?? "", BodyClass = "letterpage" });
        return Page();
    }

    // A link that was turned off by making a new one is still known for what it was.
    private bool WasGiven(string token, Letter letter) =>
        Enumerable.Range(1, letter.PrivateLinkRound).Reverse().Any(round => keys.IsToken(token, TokenPurpose.PrivateLetter, letter.Id, round));
}
