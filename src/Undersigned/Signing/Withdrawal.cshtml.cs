using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>Says what a withdrawal will do, before it does it.</summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed class WithdrawalModel(UndersignedDb db, PublishedLetters published, InstanceKeys keys, OwnActs acts) : TokenPage(db, published, keys)
{
    public bool Stands => Signature.State == SignatureState.Listed;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await FindAsync(TokenPurpose.Own))
            return NotFound();
        return OwnActs.MayWithdraw(Signature) ? Page() : LocalRedirect("~/signature/" + Token);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await FindAsync(TokenPurpose.Own))
            return NotFound();
        await acts.WithdrawAsync(Signature.Id, HttpContext.RequestAborted);
        return LocalRedirect("~/signature/" + Token);
    }
}
