using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>One-time links: of a first start, with which the operator makes the first account, and of a reset, with which somebody gets in again.</summary>
public sealed class SetupLinks(IDbContextFactory<UndersignedDb> databases, Instance instance, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>A new link while there is no account, null from then on. Links of earlier starts die with it.</summary>
    public async Task<Uri?> EnsureAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Users.AnyAsync(cancellation))
            return null;
        await db.SetupLinks.ExecuteDeleteAsync(cancellation);
        return await MakeAsync(db, null, cancellation);
    }

    /// <summary>
    /// Takes every way in from an account (password, passkeys, authenticator, recovery codes, open sessions) and returns a link that
    /// makes a new one. Its letters and roles stay. Null where no account has this address.
    /// </summary>
    public async Task<Uri?> ResetAsync(string email, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var normalised = email.Trim().ToUpperInvariant();
        var account = await db.Users.SingleOrDefaultAsync(a => a.NormalizedEmail == normalised, cancellation);
        if (account is null)
            return null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.UserTokens.Where(t => t.UserId == account.Id).ExecuteDeleteAsync(cancellation);
        await db.UserPasskeys.Where(p => p.UserId == account.Id).ExecuteDeleteAsync(cancellation);
        (account.PasswordHash, account.TwoFactorEnabled, account.SecurityStamp) = (null, false, Guid.NewGuid().ToString());
        (account.LockoutEnd, account.AccessFailedCount) = (null, 0);
        db.Acts.Add(new StaffAct { AccountId = account.Id, At = time.GetUtcNow(), What = "account-reset", Detail = "at the console" });
        var link = await MakeAsync(db, account.Id, cancellation);
        await transaction.CommitAsync(cancellation);
        return link;
    }

    private async Task<Uri> MakeAsync(UndersignedDb db, long? accountId, CancellationToken cancellation)
    {
        var (token, now) = (OneTimeToken.New(), time.GetUtcNow());
        db.SetupLinks.Add(new SetupLink { AccountId = accountId, TokenHash = OneTimeToken.HashOf(token), At = now, ExpiresAt = now + Lifetime });
        await db.SaveChangesAsync(cancellation);
        return new Uri(instance.UrlOf("/setup/" + token));
    }
}

/// <summary>Tokens of set-up links and invitations: 130 random bits, of which the database keeps the SHA-256.</summary>
internal static class OneTimeToken
{
    public static string New() => RandomNumberGenerator.GetString("0123456789abcdefghjkmnpqrstvwxyz", 26);

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
