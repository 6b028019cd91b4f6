using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Undersigned.Data;

namespace Undersigned.Accounts;

/// <summary>The second step after a password: the authenticator's six digits, or a recovery code.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SignInCodeModel(UndersignedDb db, SignInManager<Account> signIn, SecondStep second, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }
    [BindProperty]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? LocalRedirect("~/sign-in") : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account)
            return LocalRedirect("~/sign-in");
        if (await second.TryAsync(account, Code, HttpContext.RequestAborted) is not { } how)
        {
            ModelState.AddModelError("code", account.LockoutEnd > time.GetUtcNow()
                ? Landing.LockedUntil(account.LockoutEnd.Value)
                : "This is not the code of your authenticator now. Each code works once.");
            return Page();
        }
        await HttpContext.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await signIn.SignInAsync(account, isPersistent: false);
        return await Landing.EnterAsync(this, db, account, how, time);
    }
}

/// <summary>Looks at a code, counts wrong ones, and spends right ones.</summary>
public sealed class SecondStep(UserManager<Account> accounts, IUserStore<Account> store)
{
    /// <returns>What it was: "authenticator" or "recovery-code"; null where the code is wrong or the account locked.</returns>
    public async Task<string?> TryAsync(Account account, string? code, CancellationToken cancellation)
    {
        if (await accounts.IsLockedOutAsync(account))
            return null;
        var how = await IsAuthenticatorsAsync(account, NewAccountPage.DigitsOf(code), cancellation) ? "authenticator"
            : await IsRecoveryAsync(account, code) ? "recovery-code" : null;
        if (how is null)
            await accounts.AccessFailedAsync(account);
        else
            await accounts.ResetAccessFailedCountAsync(account);
        return how;
    }

    public async Task<bool> IsRecoveryAsync(Account account, string? code) =>
        code is { Length: >= 10 and <= 40 } && (await accounts.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded;

    private async Task<bool> IsAuthenticatorsAsync(Account account, string digits, CancellationToken cancellation) =>
        digits.Length == 6
        && await accounts.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, digits)
        && await ((AccountStore)store).SpendAsync(account, digits, cancellation)
        && (await accounts.UpdateAsync(account)).Succeeded;
}
