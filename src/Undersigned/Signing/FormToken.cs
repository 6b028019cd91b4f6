using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Undersigned.Signing;

/// <summary>
/// Proves without a cookie that a form came from our page: letter, time and a one-time number, sealed with the key ring and carried in
/// the form itself. The one-time number makes a form that is posted twice one signature.
/// </summary>
public sealed class FormToken(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly IDataProtector protector = protection.CreateProtector("undersigned/sign-form/v1");

    public string For(long letterId)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{letterId} {time.GetUtcNow().ToUnixTimeSeconds()} {nonce}"));
    }

    /// <summary>The one-time number; null where the token is missing, older than a day, another letter's or not ours.</summary>
    public string? NonceOf(string? token, long letterId)
    {
        try
        {
            var parts = protector.Unprotect(token ?? "").Split(' ');
            var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture));
            return parts[0] == letterId.ToString(CultureInfo.InvariantCulture) && age <= Lifetime ? parts[2] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
