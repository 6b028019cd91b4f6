using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>
/// Where a sign-in service sends the signer back. Coming back attaches nothing: the page shows the account beside the line and asks. So
/// nobody who is lured through a service finds their account at a stranger's line, and no link of theirs puts another's account at ours.
/// The page opens nothing else of the signature: whoever comes here has shown an account, and not that they read the mail.
/// </summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed class AttachModel(UndersignedDb db, AccountActs acts, IssuerDialogue dialogue) : PageModel
{
    public AccountIssuer Issuer { get; private set; } = null!;
    public Signature? Signature { get; private set; }
    public LetterWords? Words { get; private set; }
    public AccountFound? Account { get; private set; }
    public string? Offer { get; private set; }
    public AttachResult? Result { get; private set; }

    public string Language => Words?.Language ?? "en";

    public async Task<IActionResult> OnGetAsync(string issuer, string? code, string? state)
    {
        if (acts.Find(issuer) is not { } service)
            return NotFound();
        Issuer = service;
        if (acts.OpenRequest(state, service) is not { } request || !await FindAsync(request.SignatureId))
            return Failed();
        // The service knows one address to come back to; the signer's language travelled with the request.
        if (request.Language != Tongue.Current)
            return LocalRedirect($"~/{request.Language}/attach/{issuer}{Request.QueryString}");
        if (string.IsNullOrEmpty(code))
            return Failed();
        Account = await dialogue.RedeemAsync(service, request.Round, code, acts.ReturnTo(service), HttpContext.RequestAborted);
        if (Account is null)
            return Failed();
        Offer = acts.SealOffer(request, Account);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string issuer, string? offer)
    {
        if (acts.Find(issuer) is not { } service)
            return NotFound();
        Issuer = service;
        if (acts.OpenOffer(offer, service) is not { } opened || !await FindAsync(opened.SignatureId))
            return Failed();
        Account = opened.Account;
        Result = await acts.AttachAsync(service, opened, HttpContext.RequestAborted);
        if (Result != AttachResult.Done)
            Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Failed()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task<bool> FindAsync(long id)
    {
        var row = await db.Signatures.AsNoTracking().Where(s => s.Id == id)
            .Join(db.Revisions, s => new { s.LetterId, Number = s.Revision }, r => new { r.LetterId, r.Number }, (s, r) => new { Signature = s, Revision = r })
            .SingleOrDefaultAsync(HttpContext.RequestAborted);
        if (row is null || !AccountActs.MayAdd(row.Signature))
            return false;
        (Signature, Words) = (row.Signature, LetterWords.Of(row.Revision));
        return true;
    }
}
