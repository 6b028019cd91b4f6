using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Undersigned.Data;

namespace Undersigned.Accounts;

/// <summary>For whoever lost a passkey or a phone: a recovery code, and the password where the account has one.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SignInRecoveryModel(UndersignedDb db, SignInManager<Account> signIn, SecondStep second, IServiceProvider services, TimeProvider time) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }
    [BindProperty]
    public string? Password { get; set; }
    [BindProperty]
    public string? Code { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var tries = services.GetRequiredService<SignInTries>();
        if (await signIn.UserManager.FindByEmailAsync(Email?.Trim() ?? "") is not { } account)
            return Refuse(tries.FailUnknown(Email ?? "", Password ?? ""));
        if (!await FitsAsync(account, tries))
        {
            await signIn.UserManager.AccessFailedAsync(account);
            return Refuse(account.LockoutEnd);
        }
        await signIn.UserManager.ResetAccessFailedCountAsync(account);
        await signIn.SignInAsync(account, isPersistent: false);
        await Landing.EnterAsync(this, db, account, "recovery-code", time);
        return LocalRedirect("~/account");
    }

    private async Task<bool> FitsAsync(Account account, SignInTries tries)
    {
        if (account.PasswordHash is null)
            tries.TakeTime(Password ?? "");
        var password = account.PasswordHash is null || await signIn.UserManager.CheckPasswordAsync(account, Password ?? "");
        return !await signIn.UserManager.IsLockedOutAsync(account) && password && await second.IsRecoveryAsync(account, Code);
    }

    private PageResult Refuse(DateTimeOffset? lockedUntil)
    {
        ModelState.AddModelError("email", lockedUntil > time.GetUtcNow()
            ? Landing.LockedUntil(lockedUntil.Value)
            : "Address, password and recovery code do not fit together. After five wrong tries in a row an address is locked for a quarter of an hour.");
        return Page();
    }
}
