using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Undersigned.Log;

/// <summary>Ed25519 as in RFC 8032, 5.1.7.</summary>
internal static class Ed25519Verification
{
    public static bool Verify(ReadOnlySpan<byte> publicKey, byte[] message, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature.ToArray(), 0, publicKey.ToArray(), 0, message, 0, message.Length);
}
