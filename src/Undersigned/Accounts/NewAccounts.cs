using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>What was typed on the first page of a new account with password, before its first code is seen.</summary>
public sealed record AccountDraft(string Name, string Email, string PasswordHash, string Key);

/// <summary>Makes accounts, each whole or not at all: with its way to sign in, its recovery codes, and the link that allowed it used up.</summary>
public sealed class NewAccounts(
    UndersignedDb db, UserManager<Account> accounts, IUserStore<Account> store, Instance instance, IDataProtectionProvider protection, TimeProvider time)
{
    public const int RecoveryCodes = 10;
    private readonly ITimeLimitedDataProtector drafts = protection.CreateProtector("undersigned/account-draft/v1").ToTimeLimitedDataProtector();

    /// <summary>The second page of an account with password. The draft travels sealed in the form; the database knows nothing yet.</summary>
    public Authenticator Begin(string name, string email, string password)
    {
        var hash = accounts.PasswordHasher.HashPassword(new Account(), password);
        return Show(new AccountDraft(name, email, hash, accounts.GenerateNewAuthenticatorKey()));
    }

    public Authenticator Show(AccountDraft draft) => Authenticator.Of(
        draft.Key, instance.PublicUrl.Host, draft.Email, drafts.Protect(JsonSerializer.Serialize(draft), TimeSpan.FromHours(1)));

    /// <summary>Null for a draft that is older than an hour or not ours.</summary>
    public AccountDraft? Open(string? draft)
    {
        try
        {
            return JsonSerializer.Deserialize<AccountDraft>(drafts.Unprotect(draft ?? ""));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Ids are random: a passkey holds the id of an account that does not exist yet.</summary>
    public static long NewId() => RandomNumberGenerator.GetInt32(1, int.MaxValue) * (1L << 16) + RandomNumberGenerator.GetInt32(1 << 16);

    /// <summary>Null where the code is not this authenticator's.</summary>
    public async Task<IReadOnlyList<string>?> WithPasswordAsync(Account account, AccountDraft draft, string code, Func<Account, Task> useLink, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        account.PasswordHash = draft.PasswordHash;
        account.TwoFactorEnabled = true;
        await CreateAsync(account);
        await ((AccountStore)store).SetAuthenticatorKeyAsync(account, draft.Key, cancellation);
        await accounts.UpdateAsync(account);
        if (!await accounts.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, code))
            return null;
        return await FinishAsync();

        async Task<IReadOnlyList<string>> FinishAsync()
        {
            var codes = await CodesAsync(account);
            await useLink(account);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return codes;
        }
    }

    public async Task<IReadOnlyList<string>> WithPasskeyAsync(Account account, UserPasskeyInfo passkey, Func<Account, Task> useLink, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await CreateAsync(account);
        passkey.Name = "Passkey of " + time.GetUtcNow().ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
        Expect(await accounts.AddOrUpdatePasskeyAsync(account, passkey));
        var codes = await CodesAsync(account);
        await useLink(account);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return codes;
    }

    private async Task<IReadOnlyList<string>> CodesAsync(Account account) =>
        [.. (await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes))!];

    private async Task CreateAsync(Account account)
    {
        account.UserName = account.Email;
        // One that was reset is there already, with its letters and its roles.
        if (account.CreatedAt != default)
        {
            Expect(await accounts.UpdateAsync(account));
            return;
        }
        account.CreatedAt = time.GetUtcNow();
        Expect(await accounts.CreateAsync(account));
    }

    private static void Expect(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException("The account was refused: " + string.Join(", ", result.Errors.Select(e => e.Code)));
    }
}

/// <summary>The link of a set-up or an invitation was used by somebody else in the meantime.</summary>
public sealed class LinkUsedException : Exception;
