using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>
/// Where the six digits are typed: after the form, in its tab, and behind the link in the mail. Opening changes nothing. It says the
/// same whatever the address did before.
/// </summary>
[IgnoreAntiforgeryToken]
[KnownActsOnly]
[OwnOriginOnly]
public sealed class ConfirmModel(
    UndersignedDb db, PublishedLetters published, InstanceKeys keys, Confirmation confirmation, Attempts attempts) : TokenPage(db, published, keys)
{
    public ConfirmOutcome? Outcome { get; private set; }
    public bool SentAgain { get; private set; }
    public int? Minutes { get; private set; }

    /// <summary>In the tab of the form; otherwise behind the link in the mail.</summary>
    public bool IsTab => Request.Path.StartsWithSegments("/confirmation");
    public string Here => $"{(IsTab ? "confirmation/" : "confirm/")}{Token}";
    public bool IsWaiting => Signature.State == SignatureState.Submitted;
    public string Masked => EmailAddress.TryParse(Signature.Email, out var address, out _) ? address.Masked : "";

    /// <summary>What is wrong with the digits, for the field.</summary>
    public ConfirmResult? Wrong => Outcome?.Result is ConfirmResult.WrongCode or ConfirmResult.CodeDead ? Outcome.Result : null;

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? code, string? mark)
    {
        if (!await OpenAsync())
            return NotFound();
        if (!IsWaiting)
            return Page();
        Minutes = attempts.Count(Attempt.Code, Letter, HttpContext.Connection.RemoteIpAddress);
        if (Minutes is not null)
            return Again(StatusCodes.Status429TooManyRequests);
        Outcome = await confirmation.ConfirmAsync(Signature.Id, mark ?? "", code, HttpContext.RequestAborted);
        if (Outcome.Result is ConfirmResult.Done or ConfirmResult.SignedBefore)
            return LocalRedirect("~/signature/" + Keys.Token(TokenPurpose.Own, Outcome.SignatureId));
        // The line may have been changed from the other page.
        await OpenAsync();
        return Again(StatusCodes.Status422UnprocessableEntity);
    }

    public async Task<IActionResult> OnPostAgainAsync()
    {
        if (!await OpenAsync())
            return NotFound();
        Minutes = attempts.Count(Attempt.Form, Letter, HttpContext.Connection.RemoteIpAddress);
        if (Minutes is not null)
            return Again(StatusCodes.Status429TooManyRequests);
        await confirmation.SendAgainAsync(Signature.Id, HttpContext.RequestAborted);
        SentAgain = true;
        return Page();
    }

    private Task<bool> OpenAsync() => FindAsync(IsTab ? TokenPurpose.Tab : TokenPurpose.Confirm);

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
