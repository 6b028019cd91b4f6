using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Undersigned.Data;

namespace Undersigned.Accounts;

/// <summary>
/// Identity's store, but what opens an account is not in the database: the authenticator's key is encrypted with the key ring,
/// recovery codes are hashed, and the hashes encrypted besides. A copy of the database signs nobody in.
/// </summary>
internal sealed class AccountStore(UndersignedDb db, IDataProtectionProvider protection, IdentityErrorDescriber describer)
    : UserOnlyStore<Account, UndersignedDb, long, IdentityUserClaim<long>, IdentityUserLogin<long>, IdentityUserToken<long>, IdentityUserPasskey<long>>(db, describer)
{
    private const string Provider = "[AspNetUserStore]";
    private const string Codes = "RecoveryCodes";
    private const string LastCode = "LastCode";
    private const int Rounds = 10_000;
    private readonly IDataProtector protector = protection.CreateProtector("undersigned/account-secrets/v1");

    public override Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, protector.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) =>
        await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } key ? protector.Unprotect(key) : null;

    public override Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        WriteAsync(user, recoveryCodes.Select(c => HashOf(user, c)), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var hashes = await ReadAsync(user, cancellationToken);
        // Identity saves the account right after: its concurrency stamp lets one of two at once win.
        if (!hashes.Remove(HashOf(user, code)))
            return false;
        await WriteAsync(user, hashes, cancellationToken);
        return true;
    }

    public override async Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) =>
        (await ReadAsync(user, cancellationToken)).Count;

    /// <summary>False for a code that opened a session before: it stays valid for a minute on the authenticator, but works once.</summary>
    public async Task<bool> SpendAsync(Account user, string code, CancellationToken cancellation)
    {
        if (await GetTokenAsync(user, Provider, LastCode, cancellation) == code)
            return false;
        await SetTokenAsync(user, Provider, LastCode, code, cancellation);
        return true;
    }

    private async Task<List<string>> ReadAsync(Account user, CancellationToken cancellation) =>
        await GetTokenAsync(user, Provider, Codes, cancellation) is { } text
            ? [.. protector.Unprotect(text).Split(';', StringSplitOptions.RemoveEmptyEntries)]
            : [];

    private Task WriteAsync(Account user, IEnumerable<string> hashes, CancellationToken cancellation) =>
        SetTokenAsync(user, Provider, Codes, protector.Protect(string.Join(';', hashes)), cancellation);

    private static string HashOf(Account user, string code)
    {
        var typed = new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        var salt = Encoding.ASCII.GetBytes("undersigned/recovery/" + user.Id.ToString(CultureInfo.InvariantCulture));
        return Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(typed, salt, Rounds, HashAlgorithmName.SHA256, 32));
    }
}
