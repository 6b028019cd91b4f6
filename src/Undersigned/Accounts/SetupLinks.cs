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
        return account is null ? null : await ResetAsync(db, account, null, StaffAct.Console, cancellation);
    }

    /// <summary>
    /// The same by another owner of a letter. Null where the account is an operator's, or works on a letter of which this owner is no
    /// owner: whoever holds the link could use it, and must not reach further by it than they do already.
    /// </summary>
    public async Task<Uri?> ResetAsync(long accountId, Letter letter, long ownerId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (!await RecoverableBy(db, letter.Id, ownerId).AnyAsync(a => a.Id == accountId, cancellation))
            return null;
        var account = await db.Users.SingleAsync(a => a.Id == accountId, cancellation);
        return await ResetAsync(db, account, letter.Id, ownerId, cancellation);
    }

    internal static IQueryable<Account> RecoverableBy(UndersignedDb db, long letterId, long ownerId) => db.Users.Where(a =>
        a.Id != ownerId && !a.IsOperator && db.Staff.Any(s => s.LetterId == letterId && s.AccountId == a.Id)
        && !db.Staff.Any(s => s.AccountId == a.Id && !db.Staff.Any(o => o.LetterId == s.LetterId && o.AccountId == ownerId && o.Role == StaffRole.Owner)));

    private async Task<Uri> ResetAsync(UndersignedDb db, Account account, long? letterId, long by, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await StaffSessions.EndAsync(db, account.Id, time.GetUtcNow(), cancellation: cancellation);
        await db.SetupLinks.Where(l => l.AccountId == account.Id && l.UsedAt == null).ExecuteDeleteAsync(cancellation);
        await db.UserTokens.Where(t => t.UserId == account.Id).ExecuteDeleteAsync(cancellation);
        await db.UserPasskeys.Where(p => p.UserId == account.Id).ExecuteDeleteAsync(cancellation);
        (account.PasswordHash, account.TwoFactorEnabled, account.SecurityStamp) = (null, false, Guid.NewGuid().ToString());
        (account.LockoutEnd, account.AccessFailedCount) = (null, 0);
        db.Acts.Add(new StaffAct
        {
            LetterId = letterId,
            AccountId = by,
            At = time.GetUtcNow(),
            What = letterId is null ? "account-reset" : "recovery-link",
            Detail = account.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
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
