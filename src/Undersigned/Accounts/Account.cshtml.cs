using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>One's own account: passkeys, password with authenticator, recovery codes, and the way to end all sessions.</summary>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AccountModel(UndersignedDb db, SignInManager<Account> signIn, NewAccounts newAccounts, IUserStore<Account> store, TimeProvider time) : PageModel
{
    public Account Account { get; private set; } = null!;
    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];
    public int CodesLeft { get; private set; }
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }
    public Authenticator? Authenticator { get; private set; }
    public bool HasPassword => Account.PasswordHash is not null;

    public override async Task OnPageHandlerExecutionAsync(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        Account = (await signIn.UserManager.GetUserAsync(User))!;
        await next();
        await LoadAsync();
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(
        await signIn.MakePasskeyCreationOptionsAsync(new()
        {
            Id = Account.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Name = Account.Email!,
            DisplayName = Account.DisplayName,
        }), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        var made = await signIn.PerformPasskeyAttestationAsync(credential ?? "");
        if (!made.Succeeded || made.UserEntity.Id != Account.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))
            return Wrong("passkeys", "The passkey did not arrive whole. Try again.");
        made.Passkey.Name = "Passkey of " + time.GetUtcNow().ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
        await signIn.UserManager.AddOrUpdatePasskeyAsync(Account, made.Passkey);
        return await DoneAsync("passkey-added");
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string id)
    {
        var passkeys = await signIn.UserManager.GetPasskeysAsync(Account);
        if (passkeys.SingleOrDefault(p => WebEncoders.Base64UrlEncode(p.CredentialId) == id) is not { } passkey)
            return RedirectToPage();
        if (passkeys.Count == 1 && !HasPassword)
            return Wrong("passkeys", "This is your only way in. Add another passkey, or a password, first.");
        await signIn.UserManager.RemovePasskeyAsync(Account, passkey.CredentialId);
        return await DoneAsync("passkey-removed");
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        RecoveryCodes = [.. (await signIn.UserManager.GenerateNewTwoFactorRecoveryCodesAsync(Account, NewAccounts.RecoveryCodes))!];
        await DoneAsync("recovery-codes-made");
        return Page();
    }

    public async Task<IActionResult> OnPostPasswordAsync(string? password, string? old)
    {
        if (HasPassword && (await signIn.CheckPasswordSignInAsync(Account, old ?? "", lockoutOnFailure: true)).Succeeded == false)
            return Wrong("old", Account.LockoutEnd > time.GetUtcNow() ? Landing.LockedUntil(Account.LockoutEnd.Value) : "This is not your password of now.");
        foreach (var validator in signIn.UserManager.PasswordValidators)
            if (!(await validator.ValidateAsync(signIn.UserManager, Account, password)).Succeeded)
                return Wrong("password", "A password has at least 12 characters, five of them different. Four random words do well.");
        if (!HasPassword)
        {
            Authenticator = newAccounts.Begin(Account.DisplayName, Account.Email!, password!);
            return Page();
        }
        Account.PasswordHash = signIn.UserManager.PasswordHasher.HashPassword(Account, password!);
        return await EndOtherSessionsAsync("password-changed");
    }

    /// <summary>The first password of an account that had passkeys only: nothing is set before its authenticator is seen to work.</summary>
    public async Task<IActionResult> OnPostCodeAsync(string? draft, string? code)
    {
        if (newAccounts.Open(draft) is not { } opened || opened.Email != Account.Email)
            return RedirectToPage();
        await using var transaction = await db.Database.BeginTransactionAsync(HttpContext.RequestAborted);
        await ((AccountStore)store).SetAuthenticatorKeyAsync(Account, opened.Key, HttpContext.RequestAborted);
        (Account.PasswordHash, Account.TwoFactorEnabled) = (opened.PasswordHash, true);
        await signIn.UserManager.UpdateAsync(Account);
        if (!await signIn.UserManager.VerifyTwoFactorTokenAsync(Account, TokenOptions.DefaultAuthenticatorProvider, NewAccountPage.DigitsOf(code)))
        {
            Authenticator = newAccounts.Show(opened);
            return Wrong("code", "This is not the code that the app shows for this key. Codes change every 30 seconds.");
        }
        var done = await EndOtherSessionsAsync("password-set");
        await transaction.CommitAsync(HttpContext.RequestAborted);
        return done;
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        await EndOtherSessionsAsync("signed-out-everywhere");
        await signIn.SignOutAsync();
        return LocalRedirect("~/sign-in");
    }

    private async Task<IActionResult> EndOtherSessionsAsync(string what)
    {
        await signIn.UserManager.UpdateSecurityStampAsync(Account);
        await signIn.RefreshSignInAsync(Account);
        return await DoneAsync(what);
    }

    private async Task<IActionResult> DoneAsync(string what)
    {
        db.Acts.Add(new StaffAct { AccountId = Account.Id, At = time.GetUtcNow(), What = what });
        await db.SaveChangesAsync(HttpContext.RequestAborted);
        return RedirectToPage();
    }

    private PageResult Wrong(string field, string message)
    {
        ModelState.AddModelError(field, message);
        return Page();
    }

    private async Task LoadAsync()
    {
        Passkeys = [.. await signIn.UserManager.GetPasskeysAsync(Account)];
        CodesLeft = await signIn.UserManager.CountRecoveryCodesAsync(Account);
    }
}
