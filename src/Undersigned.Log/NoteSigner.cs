using System.Text;
using Org.BouncyCastle.Crypto.Parameters;

namespace Undersigned.Log;

/// <summary>Signs notes with Ed25519 (RFC 8032), which gives the same signature for the same text every time.</summary>
public sealed class NoteSigner
{
    private readonly Ed25519PrivateKeyParameters _key;

    /// <summary>A signer of this name, which is a log's origin or a witness's name, from the 32 bytes of an Ed25519 seed.</summary>
    /// <exception cref="ArgumentException">The seed is not of 32 bytes, or the name will not do.</exception>
    public NoteSigner(string name, ReadOnlySpan<byte> seed)
    {
        if (seed.Length != Ed25519PrivateKeyParameters.KeySize) throw new ArgumentException("An Ed25519 seed is 32 bytes.", nameof(seed));
        _key = new Ed25519PrivateKeyParameters(seed);
        var publicKey = _key.GeneratePublicKey().GetEncoded();
        VerifierKey = new VerifierKey(name, KeyType.Ed25519, publicKey);
        CosignerKey = new VerifierKey(name, KeyType.Ed25519Cosignature, publicKey);
    }

    /// <summary>The key that verifies <see cref="Sign"/>, of type 0x01.</summary>
    public VerifierKey VerifierKey { get; }

    /// <summary>The key that verifies <see cref="Cosign"/>, of type 0x04.</summary>
    public VerifierKey CosignerKey { get; }

    /// <summary>The whole note of this text, which ends in a line feed, with this signer's line.</summary>
    /// <exception cref="LogFormatException">The text cannot stand in a note.</exception>
    public string Sign(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var signature = new NoteSignature(VerifierKey.Name, VerifierKey.KeyId, SignBytes(Encoding.UTF8.GetBytes(text)));
        return SignedNote.Of(text, [signature]).ToString();
    }

    /// <summary>A cosignature on a checkpoint's text, as in c2sp.org/tlog-cosignature: this is the largest consistent tree of this origin I have seen.</summary>
    /// <param name="text">The text of the checkpoint's note.</param>
    /// <param name="time">The time of the statement, in seconds since 1970.</param>
    public NoteSignature Cosign(string text, long time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        var signature = SignBytes(Cosignature.Ed25519Message(text, time));
        return new NoteSignature(CosignerKey.Name, CosignerKey.KeyId, Cosignature.Stamp(time, signature));
    }

    private byte[] SignBytes(byte[] message)
    {
        var signature = new byte[Ed25519PrivateKeyParameters.SignatureSize];
        _key.Sign(Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, message, 0, message.Length, signature, 0);
        return signature;
    }
}
