using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>What set-up and invitation have in common: name and address, then a passkey, or a password with an authenticator; then recovery codes, once.</summary>
public abstract class NewAccountPage(NewAccounts accounts, SignInManager<Account> signIn) : PageModel
{
    protected NewAccounts Accounts => accounts;

    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";
    [BindProperty]
    public string? Name { get; set; }
    [BindProperty]
    public string? Email { get; set; }
    [BindProperty]
    public string? Password { get; set; }
    [BindProperty]
    public string? Draft { get; set; }
    [BindProperty]
    public string? Code { get; set; }
    [BindProperty]
    public string? Credential { get; set; }

    /// <summary>Set on the second page of an account with password.</summary>
    public Authenticator? Authenticator { get; private set; }
    /// <summary>Set once the account is made; shown this once.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }
    public bool LinkIsDead { get; private set; }
    /// <summary>The account that was reset and gets a new way in; null where a new account is made.</summary>
    public Account? Again { get; protected set; }
    public abstract string Next { get; }

    /// <summary>Whether the link in the address still opens.</summary>
    protected abstract Task<bool> OpensAsync();

    /// <summary>Uses the link up for this account, inside its transaction.</summary>
    /// <exception cref="LinkUsedException">Somebody was faster.</exception>
    protected abstract Task UseLinkAsync(Account account);

    protected abstract bool MakesOperator { get; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpensAsync())
            return Dead();
        (Name, Email) = (Again?.DisplayName, Again?.Email);
        return Page();
    }

    public async Task<IActionResult> OnPostPasswordAsync()
    {
        if (!await OpensAsync())
            return Dead();
        await CheckWhoAsync();
        await CheckPasswordAsync();
        if (ModelState.IsValid)
            Authenticator = Accounts.Begin(Name!.Trim(), Email!.Trim(), Password!);
        return Page();
    }

    public async Task<IActionResult> OnPostCodeAsync()
    {
        if (!await OpensAsync())
            return Dead();
        if (Accounts.Open(Draft) is not { } draft)
            return RedirectToPage();
        (Name, Email) = (draft.Name, draft.Email);
        await CheckWhoAsync();
        if (!ModelState.IsValid)
            return Page();
        return await MakeAsync(async account =>
        {
            var codes = await Accounts.WithPasswordAsync(account, draft, DigitsOf(Code), UseLinkAsync, HttpContext.RequestAborted);
            if (codes is null)
            {
                ModelState.AddModelError("code", "This is not the code that the app shows for this key. Codes change every 30 seconds; is the clock of your phone right?");
                Authenticator = Accounts.Show(draft);
            }
            return codes;
        }, Again?.Id ?? NewAccounts.NewId());
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync()
    {
        if (!await OpensAsync())
            return NotFound();
        await CheckWhoAsync();
        if (!ModelState.IsValid)
            return BadRequest(new { problems = ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage) });
        var id = (Again?.Id ?? NewAccounts.NewId()).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Content(await signIn.MakePasskeyCreationOptionsAsync(new() { Id = id, Name = Email!.Trim(), DisplayName = Name!.Trim() }), "application/json");
    }

    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        if (!await OpensAsync())
            return Dead();
        var made = await signIn.PerformPasskeyAttestationAsync(Credential ?? "");
        if (!made.Succeeded)
        {
            ModelState.AddModelError("passkey", "The passkey did not arrive whole. Try again, or choose a password.");
            return Page();
        }
        (Name, Email) = (made.UserEntity.DisplayName, made.UserEntity.Name);
        await CheckWhoAsync();
        if (!ModelState.IsValid)
            return Page();
        return await MakeAsync(
            async account => await Accounts.WithPasskeyAsync(account, made.Passkey, UseLinkAsync, HttpContext.RequestAborted),
            long.Parse(made.UserEntity.Id, System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task<IActionResult> MakeAsync(Func<Account, Task<IReadOnlyList<string>?>> make, long id)
    {
        var account = Again ?? new Account { Id = id, IsOperator = MakesOperator };
        (account.DisplayName, account.Email) = (Name!.Trim(), Email!.Trim());
        try
        {
            RecoveryCodes = await make(account);
        }
        catch (LinkUsedException)
        {
            return Dead();
        }
        if (RecoveryCodes is not null)
            await signIn.SignInAsync(account, isPersistent: false);
        return Page();
    }

    private async Task CheckWhoAsync()
    {
        if (string.IsNullOrWhiteSpace(Name))
            ModelState.AddModelError("name", "Your colleagues need a name to know you by.");
        else if (Name.Trim().Length > 120 || Name.Any(char.IsControl))
            ModelState.AddModelError("name", "A name has at most 120 characters, all on one line.");
        if (!EmailAddress.TryParse(Email, out _, out _))
            ModelState.AddModelError("email", "We need an address like name@example.org to know you by when you sign in.");
        else if (await signIn.UserManager.FindByEmailAsync(Email!.Trim()) is { } other && other.Id != Again?.Id)
            ModelState.AddModelError("email", "There is an account with this address already. Sign in with it, then open this link again.");
    }

    private async Task CheckPasswordAsync()
    {
        foreach (var validator in signIn.UserManager.PasswordValidators)
            if (!(await validator.ValidateAsync(signIn.UserManager, new Account(), Password)).Succeeded)
                ModelState.AddModelError("password", "A password has at least 12 characters, five of them different. Four random words do well.");
    }

    private PageResult Dead()
    {
        LinkIsDead = true;
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    internal static string DigitsOf(string? code) => new([.. (code ?? "").Where(char.IsAsciiDigit)]);
}
