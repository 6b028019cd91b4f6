using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>The signer's accounts elsewhere: those attached, and the services where another can be added.</summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed class AccountsModel(UndersignedDb db, PublishedLetters published, InstanceKeys keys, AccountActs acts, IssuerDialogue dialogue) : TokenPage(db, published, keys)
{
    /// <summary>The service does not answer.</summary>
    public AccountIssuer? Silent { get; private set; }

    public string Here => $"signature/{Token}/accounts";
    public IReadOnlyList<AccountIssuer> Issuers => acts.Issuers;
    public IEnumerable<Evidence> Attached => Evidence.Where(e => e.Kind == EvidenceKind.Account);

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ? Page() : NotFound();

    /// <summary>Leads to the service; nothing is kept of it here.</summary>
    public async Task<IActionResult> OnGetDepartureAsync(string? issuer)
    {
        if (!await OpenAsync() || acts.Find(issuer) is not { } service)
            return NotFound();
        var round = AccountRound.New();
        var state = acts.SealRequest(Signature.Id, service, round);
        if (await dialogue.LeaveForAsync(service, round, state, acts.ReturnTo(service), HttpContext.RequestAborted) is { } address)
            return Redirect(address.AbsoluteUri);
        Silent = service;
        Response.StatusCode = StatusCodes.Status502BadGateway;
        return Page();
    }

    public async Task<IActionResult> OnPostOffAsync(long account)
    {
        if (!await OpenAsync())
            return NotFound();
        await acts.TakeOffAsync(Signature.Id, account, HttpContext.RequestAborted);
        return LocalRedirect("~/" + Here);
    }

    private async Task<bool> OpenAsync() => await FindAsync(TokenPurpose.Own) && AccountActs.MayAdd(Signature) && (Issuers.Count > 0 || Attached.Any());
}
