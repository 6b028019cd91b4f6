using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Updates;

/// <summary>
/// Ends the updates to one signer, and the mails about letters that follow: by the button on the page, or by a mail program's own (RFC 8058), which posts here without a form, a cookie or an
/// origin of ours. Opening changes nothing; the token is all that is asked for, and it ends these mails and nothing else.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class UnsubscribeModel(UndersignedDb db, GroupCommit commits, InstanceKeys keys, TimeProvider time) : PageModel
{
    public LetterWords Words { get; private set; } = null!;
    public bool IsDone { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancellation) => await FindAsync(token, cancellation) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not { } id)
            return NotFound();
        await commits.RunAsync(async (d, c) =>
        {
            (await d.Signatures.SingleAsync(s => s.Id == id, c)).KeepInformed = false;
            if (!await d.MailRefusals.AnyAsync(r => r.SignatureId == id, c))
                d.MailRefusals.Add(new MailRefusal { SignatureId = id, At = time.GetUtcNow() });
            return await d.SaveChangesAsync(c);
        }, cancellation);
        IsDone = true;
        return Page();
    }

    private async Task<long?> FindAsync(string token, CancellationToken cancellation)
    {
        if (!InstanceKeys.TryReadId(token, out var id) || !keys.IsToken(token, TokenPurpose.Unsubscribe, id))
            return null;
        var found = await db.Signatures.AsNoTracking().Where(s => s.Id == id).Join(db.Letters, s => s.LetterId, l => l.Id, (s, l) => new { IsRefused = db.MailRefusals.Any(r => r.SignatureId == s.Id), Letter = l }).SingleOrDefaultAsync(cancellation);
        if (found is null)
            return null;
        (Words, IsDone) = (LetterWords.Of(found.Letter), found.IsRefused);
        return id;
    }
}
