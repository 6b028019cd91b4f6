using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>"This was not me": needs the code too, so that nobody but the address's reader can say it.</summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed class NotMeModel(
    UndersignedDb db, PublishedLetters published, InstanceKeys keys, Confirmation confirmation, Attempts attempts) : TokenPage(db, published, keys)
{
    public ConfirmOutcome? Outcome { get; private set; }
    public int? Minutes { get; private set; }
    public bool IsWaiting => Signature.State == SignatureState.Submitted;
    public bool IsDone => Outcome?.Result is ConfirmResult.Blocked or ConfirmResult.BlockHeld;

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? code)
    {
        if (!await OpenAsync())
            return NotFound();
        Minutes = attempts.Count(Attempt.Code, Letter, HttpContext.Connection.RemoteIpAddress);
        if (Minutes is null)
            Outcome = await confirmation.NotMeAsync(Signature.Id, code, HttpContext.RequestAborted);
        if (!IsDone)
            Response.StatusCode = Minutes is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status429TooManyRequests;
        return Page();
    }

    // The page is reached from the tab and from the mail's link.
    private async Task<bool> OpenAsync() => await FindAsync(TokenPurpose.Confirm) || await FindAsync(TokenPurpose.Tab);
}
