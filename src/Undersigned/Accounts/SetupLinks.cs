using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

/// <summary>The one-time link of a first start, with which the operator makes the first account.</summary>
public sealed class SetupLinks(IDbContextFactory<UndersignedDb> databases, Instance instance, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>A new link while there is no account, null from then on. Links of earlier starts die with it.</summary>
    public async Task<Uri?> EnsureAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Users.AnyAsync(cancellation))
            return null;
        var now = time.GetUtcNow();
        var token = OneTimeToken.New();
        await db.SetupLinks.ExecuteDeleteAsync(cancellation);
        db.SetupLinks.Add(new SetupLink { TokenHash = OneTimeToken.HashOf(token), At = now, ExpiresAt = now + Lifetime });
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
