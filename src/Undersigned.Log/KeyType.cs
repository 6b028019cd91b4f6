namespace Undersigned.Log;

/// <summary>The signature types of c2sp.org/signed-note that this library knows; the value is the type's byte.</summary>
public enum KeyType
{
    /// <summary>0x01: Ed25519 over the note's text. Logs sign with it.</summary>
    Ed25519 = 0x01,

    /// <summary>0x04: a timestamped Ed25519 cosignature, as in c2sp.org/tlog-cosignature.</summary>
    Ed25519Cosignature = 0x04,

    /// <summary>0x06: a timestamped ML-DSA-44 cosignature, as in c2sp.org/tlog-cosignature. Verified here, not made.</summary>
    MLDsa44Cosignature = 0x06,
}
