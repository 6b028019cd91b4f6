using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Undersigned.Log;

/// <summary>
/// A witness's statement, as in c2sp.org/tlog-cosignature, that at a time this was the largest consistent tree it had seen of
/// an origin. Its signature is eight bytes of big-endian Unix time and then, of type 0x04, 64 bytes of Ed25519 over
/// <code>
/// cosignature/v1
/// time 1679315147
/// example.com/behind-the-sofa
/// 20852163
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
/// </code>
/// or, of type 0x06, 2,420 bytes of ML-DSA-44 with an empty context over <c>"subtree/v1\n\0"</c>, the witness's name and the
/// origin each after one byte of length and with the time as uint64 between them, start 0 and the size as uint64, and the root.
/// </summary>
/// <param name="Witness">The key that verifies it.</param>
/// <param name="Time">When it was made, in seconds since 1970.</param>
public sealed record Cosignature(VerifierKey Witness, long Time)
{
    private const int TimeLength = sizeof(ulong);

    /// <summary>Checks a witness's signature on a checkpoint's text.</summary>
    /// <param name="witness">A key of type 0x04 or 0x06.</param>
    /// <param name="text">The text of the checkpoint's note.</param>
    /// <param name="signature">The signature to check.</param>
    /// <param name="time">When it was made, in seconds since 1970, if it verifies.</param>
    public static bool TryVerify(VerifierKey witness, string text, NoteSignature signature, out long time)
    {
        ArgumentNullException.ThrowIfNull(witness);
        ArgumentNullException.ThrowIfNull(signature);
        time = 0;
        if (signature.KeyId != witness.KeyId || signature.Name != witness.Name || signature.Bytes.Length < TimeLength) return false;
        var stamp = BinaryPrimitives.ReadUInt64BigEndian(signature.Bytes.Span);
        if (stamp > long.MaxValue || !Verifies(witness, text, (long)stamp, signature.Bytes[TimeLength..])) return false;
        time = (long)stamp;
        return true;
    }

    private static bool Verifies(VerifierKey witness, string text, long time, ReadOnlyMemory<byte> signature) => witness.KeyType switch
    {
        KeyType.Ed25519Cosignature => Ed25519Verification.Verify(witness.PublicKey.Span, Ed25519Message(text, time), signature.Span),
        KeyType.MLDsa44Cosignature => MLDsa44Message(witness.Name, text, time) is { } message && VerifiesMLDsa44(witness, message, signature),
        _ => false,
    };

    private static bool VerifiesMLDsa44(VerifierKey witness, byte[] message, ReadOnlyMemory<byte> signature)
    {
        var verifier = new MLDsaSigner(MLDsaParameters.ml_dsa_44, deterministic: true);
        verifier.Init(forSigning: false, MLDsaPublicKeyParameters.FromEncoding(MLDsaParameters.ml_dsa_44, witness.PublicKey.ToArray()));
        verifier.BlockUpdate(message);
        return verifier.VerifySignature(signature.ToArray());
    }

    internal static byte[] Ed25519Message(string text, long time) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{text}"));

    // Null where the text is no checkpoint, or a name is longer than its one byte of length can say.
    private static byte[]? MLDsa44Message(string witness, string text, long time)
    {
        if (!Checkpoint.TryParse(text, out var checkpoint)) return null;
        var (name, origin) = (Encoding.UTF8.GetBytes(witness), Encoding.UTF8.GetBytes(checkpoint.Origin));
        if (name.Length > byte.MaxValue || origin.Length > byte.MaxValue) return null;
        return
        [
            .. "subtree/v1\n\0"u8, (byte)name.Length, .. name, .. BigEndian(time), (byte)origin.Length, .. origin,
            .. BigEndian(0), .. BigEndian(checkpoint.Size), .. checkpoint.Root.ToArray(),
        ];
    }

    internal static byte[] Stamp(long time, ReadOnlySpan<byte> signature) => [.. BigEndian(time), .. signature];

    private static byte[] BigEndian(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
