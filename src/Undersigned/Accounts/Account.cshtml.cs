using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>One's own account: passkeys, password with authenticator, recovery codes, the browsers that are signed in, the letters one works on.</summary>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AccountModel(UndersignedDb db, SignInManager<Account> signIn, NewAccounts newAccounts, IUserStore<Account> store, StaffSessions sessions, TimeProvider time) : PageModel
{
    public Account Account { get; private set; } = null!;
    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];
    public int CodesLeft { get; private set; }
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }
    public Authenticator? Authenticator { get; private set; }
    public IReadOnlyList<StaffSession> Sessions { get; private set; } = [];
    public long ThisSession => StaffSessions.IdOf(User);
    public IReadOnlyList<OwnRole> Roles { get; private set; } = [];
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
        return await EndOtherSessionsAsync("passkey-added");
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string id)
    {
        var passkeys = await signIn.UserManager.GetPasskeysAsync(Account);
        if (passkeys.SingleOrDefault(p => WebEncoders.Base64UrlEncode(p.CredentialId) == id) is not { } passkey)
            return RedirectToPage();
        if (passkeys.Count == 1 && !HasPassword)
            return Wrong("passkeys", "This is your only way in. Add another passkey, or a password, first.");
        await signIn.UserManager.RemovePasskeyAsync(Account, passkey.CredentialId);
        return await EndOtherSessionsAsync("passkey-removed");
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

    /// <summary>Another phone: the password of now, then the first code of the new authenticator; the old one works until then.</summary>
    public async Task<IActionResult> OnPostAuthenticatorAsync(string? known)
    {
        if (!HasPassword)
            return RedirectToPage();
        if (!(await signIn.CheckPasswordSignInAsync(Account, known ?? "", lockoutOnFailure: true)).Succeeded)
            return Wrong("known", Account.LockoutEnd > time.GetUtcNow() ? Landing.LockedUntil(Account.LockoutEnd.Value) : "This is not your password of now.");
        Authenticator = newAccounts.Begin(Account.DisplayName, Account.Email!, known!);
        return Page();
    }

    /// <summary>
    /// The first password of an account that had passkeys only, or another authenticator: nothing is set before the authenticator is seen to work.
    /// </summary>
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
        var done = await EndOtherSessionsAsync("authenticator-set");
        await transaction.CommitAsync(HttpContext.RequestAborted);
        sessions.Forget();
        return done;
    }

    public async Task<IActionResult> OnPostSessionAsync(long session)
    {
        if (await StaffSessions.EndAsync(db, Account.Id, time.GetUtcNow(), one: session, cancellation: HttpContext.RequestAborted) == 0)
            return RedirectToPage();
        sessions.Forget();
        return await DoneAsync("session-ended");
    }

    public Task<IActionResult> OnPostOthersAsync() => EndOtherSessionsAsync("other-sessions-ended");

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        await StaffSessions.EndAsync(db, Account.Id, time.GetUtcNow(), cancellation: HttpContext.RequestAborted);
        sessions.Forget();
        await DoneAsync("signed-out-everywhere");
        await signIn.SignOutAsync();
        return LocalRedirect("~/sign-in");
    }

    /// <summary>Leaves a letter; its last owner cannot.</summary>
    public async Task<IActionResult> OnPostLeaveAsync(long letter)
    {
        if (await db.Letters.SingleOrDefaultAsync(l => l.Id == letter, HttpContext.RequestAborted) is { } left
            && await db.ChangeRoleAsync(left, Account.Id, null, Account.Id, time.GetUtcNow(), HttpContext.RequestAborted) == RollChange.LastOwner)
            return Wrong("letters", StaffRoll.KeepsAnOwner);
        return RedirectToPage();
    }

    private async Task<IActionResult> EndOtherSessionsAsync(string what)
    {
        await signIn.UserManager.UpdateSecurityStampAsync(Account);
        await StaffSessions.EndAsync(db, Account.Id, time.GetUtcNow(), except: ThisSession, cancellation: HttpContext.RequestAborted);
        var done = await DoneAsync(what);
        sessions.Forget();
        return done;
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
        var (me, since) = (Account.Id, time.GetUtcNow() - AccountsFeature.SessionLifetime);
        Sessions = await db.Sessions.AsNoTracking().Where(s => s.AccountId == me && s.EndedAt == null && s.SeenAt > since).OrderByDescending(s => s.SeenAt).ThenByDescending(s => s.Id).ToListAsync();
        Roles = await db.Staff.Where(s => s.AccountId == me).Join(db.Letters, s => s.LetterId, l => l.Id, (s, l) => new OwnRole(l.Id, l.Title, s.Role)).ToListAsync();
    }

    public sealed record OwnRole(long LetterId, string Title, StaffRole Role);
}
