using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Undersigned.Data;

namespace Undersigned.Signing;

/// <summary>
/// Some seconds of a browser's work for one form, asked only under suspicion; challenge and answer in ALTCHA's second format:
/// <code>{"parameters":{"algorithm":"PBKDF2/SHA-256","cost":5000,"expiresAt":…,"keyLength":32,"keyPrefix":"00","nonce":"…","salt":"…"},"signature":"…"}</code>
/// signed over the parameters in that order, and in Base64
/// <code>{"challenge":…,"solution":{"counter":173,"derivedKey":"00…"}}</code>
/// The key is derived from nonce ‖ counter (four bytes, the highest first). The nonce is the form's one-time number, so work
/// that was used is remembered where forms are: in the database, by each signature.
/// </summary>
public sealed class ProofOfWork(InstanceKeys keys, TimeProvider time)
{
    private const string Algorithm = "PBKDF2/SHA-256";
    private const int Cost = 5_000;
    private const int KeyLength = 32;
    /// <summary>One in 256 keys begins so.</summary>
    private const string KeyPrefix = "00";
    private const int LongestAnswer = 2_000;

    /// <summary>JSON of what the browser has to solve for this form.</summary>
    public string For(string nonce)
    {
        var expires = time.GetUtcNow().Add(FormToken.Lifetime).ToUnixTimeSeconds();
        var parameters = Parameters(expires, nonce, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        return $$"""{"parameters":{{parameters}},"signature":"{{Sign(parameters)}}"}""";
    }

    /// <summary>Whether <paramref name="answer"/> solves what was asked for the form with this one-time number.</summary>
    public bool IsDone(string? answer, string nonce)
    {
        if (answer is null or { Length: 0 or > LongestAnswer } || Read(answer) is not { } read || read.Nonce != nonce || read.Expires < time.GetUtcNow().ToUnixTimeSeconds())
            return false;
        var parameters = Parameters(read.Expires, read.Nonce, read.Salt);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(parameters)), Encoding.UTF8.GetBytes(read.Signature)))
            return false;
        var key = Derive(read.Nonce, read.Salt, read.Counter);
        return key.StartsWith(KeyPrefix, StringComparison.Ordinal) && key == read.DerivedKey;
    }

    private static string Parameters(long expires, string nonce, string salt) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"algorithm":"{{Algorithm}}","cost":{{Cost}},"expiresAt":{{expires}},"keyLength":{{KeyLength}},"keyPrefix":"{{KeyPrefix}}","nonce":"{{nonce}}","salt":"{{salt}}"}""");

    private string Sign(string parameters) => Convert.ToHexStringLower(keys.WorkMac(parameters));

    private static string Derive(string nonce, string salt, uint counter)
    {
        var password = new byte[nonce.Length / 2 + 4];
        Convert.FromHexString(nonce).CopyTo(password, 0);
        BinaryPrimitives.WriteUInt32BigEndian(password.AsSpan(^4..), counter);
        return Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromHexString(salt), Cost, HashAlgorithmName.SHA256, KeyLength));
    }

    private static Answer? Read(string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(answer));
            var (challenge, solution) = (document.RootElement.GetProperty("challenge"), document.RootElement.GetProperty("solution"));
            var parameters = challenge.GetProperty("parameters");
            return new Answer(parameters.GetProperty("expiresAt").GetInt64(), parameters.GetProperty("nonce").GetString()!, parameters.GetProperty("salt").GetString()!,
                challenge.GetProperty("signature").GetString()!, solution.GetProperty("counter").GetUInt32(), solution.GetProperty("derivedKey").GetString()!);
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Whatever it is, it is no work of ours.
            return null;
        }
    }

    private sealed record Answer(long Expires, string Nonce, string Salt, string Signature, uint Counter, string DerivedKey);
}
