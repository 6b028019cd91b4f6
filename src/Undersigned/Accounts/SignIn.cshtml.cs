using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>By passkey without a name; or by address and password, with the authenticator's code on the next page.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SignInModel(UndersignedDb db, SignInManager<Account> signIn, IServiceProvider services, TimeProvider time) : PageModel
{
    public const string DoNotFit = "Address and password do not fit together. After five wrong tries in a row an address is locked for a quarter of an hour.";

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }
    [BindProperty]
    public string? Email { get; set; }
    [BindProperty]
    public string? Password { get; set; }
    [BindProperty]
    public string? Credential { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var account = await signIn.UserManager.FindByEmailAsync(Email?.Trim() ?? "");
        var tries = services.GetRequiredService<SignInTries>();
        if (account is null)
            return Refuse(tries.FailUnknown(Email ?? "", Password ?? ""));
        if (account.PasswordHash is null)
            tries.TakeTime(Password ?? "");
        var result = await signIn.PasswordSignInAsync(account, Password ?? "", isPersistent: false, lockoutOnFailure: true);
        if (result.RequiresTwoFactor)
            return Redirect(Url.Content("~/sign-in/code" + QueryString.Create("from", From ?? "")));
        return result.Succeeded ? await Landing.EnterAsync(this, db, account, "password", time) : Refuse(account.LockoutEnd);
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync() =>
        Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    /// <summary>A passkey opens an account whose password is locked: strangers who guess passwords must not shut its owner out.</summary>
    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        var given = await signIn.PerformPasskeyAssertionAsync(Credential ?? "");
        if (!given.Succeeded)
        {
            ModelState.AddModelError("passkey", "This passkey opens no account here.");
            return Page();
        }
        await signIn.UserManager.AddOrUpdatePasskeyAsync(given.User, given.Passkey);
        await signIn.SignInAsync(given.User, isPersistent: false);
        return await Landing.EnterAsync(this, db, given.User, "passkey", time);
    }

    private PageResult Refuse(DateTimeOffset? lockedUntil)
    {
        ModelState.AddModelError("email", lockedUntil > time.GetUtcNow() ? Landing.LockedUntil(lockedUntil.Value) : DoNotFit);
        return Page();
    }
}

internal static class Landing
{
    public static string LockedUntil(DateTimeOffset until) =>
        $"Five wrong tries: this address is locked until {until.UtcDateTime:HH:mm} UTC. A passkey still opens its account.";

    public static async Task<IActionResult> EnterAsync(PageModel page, UndersignedDb db, Account account, string how, TimeProvider time)
    {
        db.Acts.Add(new StaffAct { AccountId = account.Id, At = time.GetUtcNow(), What = "sign-in", Detail = how });
        await db.SaveChangesAsync();
        var from = page.Request.HasFormContentType ? page.Request.Form["from"].ToString() : "";
        return page.Url.IsLocalUrl(from) ? page.LocalRedirect(from) : page.LocalRedirect("~/desk");
    }
}
