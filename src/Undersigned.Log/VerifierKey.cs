using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Undersigned.Log;

/// <summary>
/// A public key with its name, in the form of c2sp.org/signed-note (a vkey):
/// <c>NAME+KEYID+BASE64</c>, KEYID being eight lower-case hexadecimal digits, and BASE64 the type's byte and the public key.
/// </summary>
/// <example><c>PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW</c></example>
public sealed record VerifierKey
{
    private readonly byte[] _publicKey;

    /// <summary>A key of this name, type and public key: 32 bytes of Ed25519 or 1,312 of ML-DSA-44.</summary>
    /// <exception cref="ArgumentException">The name or the key's length will not do.</exception>
    public VerifierKey(string name, KeyType keyType, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name)) throw new ArgumentException("A key name is not empty and has no white space, control character or +.", nameof(name));
        if (publicKey.Length != LengthOf(keyType)) throw new ArgumentException("The public key has the wrong length for its type.", nameof(publicKey));
        (Name, KeyType, _publicKey) = (name, keyType, publicKey.ToArray());
        KeyId = IdOf(name, keyType, publicKey);
    }

    /// <summary>The key's name; of a log's key, the log's origin.</summary>
    public string Name { get; }

    /// <summary>The first four bytes, big-endian, of <c>SHA-256(name || 0x0A || type || public key)</c>.</summary>
    public uint KeyId { get; }

    /// <summary>What the key signs, and how.</summary>
    public KeyType KeyType { get; }

    /// <summary>The bytes of the public key, without its type.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>Reads a vkey.</summary>
    /// <exception cref="LogFormatException">It is malformed, its key id is not its key's, or its type is unknown.</exception>
    public static VerifierKey Parse(string text) => TryParse(text, out var key) ? key : throw new LogFormatException("This is not a verifier key of a known type.");

    /// <summary>Reads a vkey.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out VerifierKey? key)
    {
        key = null;
        // The base64 may hold a + too: only the first two divide.
        if (text?.Split('+', 3) is not [var name, { Length: 8 } id, var base64] || !IsName(name)) return false;
        if (!Base64.TryDecode(base64, out var bytes) || bytes.Length == 0) return false;
        var type = (KeyType)bytes[0];
        if (bytes.Length - 1 != LengthOf(type)) return false;
        var parsed = new VerifierKey(name, type, bytes.AsSpan(1));
        if (parsed.KeyId.ToString("x8", null) != id) return false;
        key = parsed;
        return true;
    }

    /// <summary>The vkey.</summary>
    public override string ToString() => $"{Name}+{KeyId:x8}+{Convert.ToBase64String([(byte)KeyType, .. _publicKey])}";

    /// <summary>Whether this key made this signature over this note text. False too for a signature of another key.</summary>
    public bool Verifies(string text, NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        if (signature.KeyId != KeyId || signature.Name != Name) return false;
        return KeyType == KeyType.Ed25519
            ? Ed25519Verification.Verify(_publicKey, Encoding.UTF8.GetBytes(text), signature.Bytes.Span)
            : Cosignature.TryVerify(this, text, signature, out _);
    }

    /// <summary>Equal in name, type and public key.</summary>
    public bool Equals(VerifierKey? other) =>
        other is not null && KeyType == other.KeyType && Name == other.Name && _publicKey.AsSpan().SequenceEqual(other._publicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)KeyId;

    // As in c2sp.org/signed-note, and nothing that could not stand in a note.
    internal static bool IsName([NotNullWhen(true)] string? name) =>
        !string.IsNullOrEmpty(name) && !name.Any(c => c < ' ' || c == '+' || char.IsWhiteSpace(c)) && Utf8.IsWellFormed(name);

    private static int LengthOf(KeyType type) => type switch
    {
        KeyType.Ed25519 or KeyType.Ed25519Cosignature => 32,
        KeyType.MLDsa44Cosignature => 1312,
        _ => -1,
    };

    private static uint IdOf(string name, KeyType type, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. publicKey]));
}
