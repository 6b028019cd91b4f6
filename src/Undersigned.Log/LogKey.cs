using System.Security.Cryptography;
using System.Text;

namespace Undersigned.Log;

/// <summary>The keys of an instance's logs, each derived from the one seed that the instance keeps.</summary>
public static class LogKey
{
    private const int SeedLength = 32;

    /// <summary>
    /// The signer of the log of this origin: Ed25519 from 32 bytes of HKDF-SHA256 over the instance's seed, without salt, with
    /// info <c>"undersigned/log-key/v1\n" || origin</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The seed is not of 32 bytes, or the origin is no key name.</exception>
    public static NoteSigner LetterKey(ReadOnlySpan<byte> instanceSeed, string origin)
    {
        if (instanceSeed.Length != SeedLength) throw new ArgumentException("An instance's seed is 32 bytes.", nameof(instanceSeed));
        Span<byte> seed = stackalloc byte[SeedLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, instanceSeed, seed, salt: [], Encoding.UTF8.GetBytes("undersigned/log-key/v1\n" + origin));
        var signer = new NoteSigner(origin, seed);
        CryptographicOperations.ZeroMemory(seed);
        return signer;
    }
}
