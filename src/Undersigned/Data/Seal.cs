using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// Seals the secrets of rows (AES-256-GCM). Each seal has a data key of its own, which is sealed by the instance's key; that key lies
/// beside the database and never in it. A row that is forgotten takes its data key along.
/// <code>version 1 · nonce 12 · sealed data key 32 · tag 16 · nonce 12 · ciphertext · tag 16</code>
/// </summary>
public sealed class Seal
{
    private const byte Version = 1;
    private const int Nonce = 12, Key = 32, Tag = 16;
    private const int Head = 1 + Nonce + Key + Tag;

    private readonly byte[] instanceKey;

    public Seal(byte[] instanceKey) => this.instanceKey = instanceKey;

    public byte[] Close(byte[] plain, string context)
    {
        var dataKey = RandomNumberGenerator.GetBytes(Key);
        var about = Encoding.UTF8.GetBytes(context);
        var sealedBytes = new byte[Head + Nonce + plain.Length + Tag];
        sealedBytes[0] = Version;
        Encrypt(instanceKey, dataKey, about, sealedBytes.AsSpan(1, Nonce + Key + Tag));
        Encrypt(dataKey, plain, about, sealedBytes.AsSpan(Head));
        CryptographicOperations.ZeroMemory(dataKey);
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">Sealed by another instance, for another place, or changed.</exception>
    public byte[] Open(byte[] sealedBytes, string context)
    {
        // As a migration wrote it, before the first start of this release sealed it.
        if (sealedBytes is [(byte)'{', ..])
            return sealedBytes;
        if (sealedBytes.Length < Head + Nonce + Tag || sealedBytes[0] != Version)
            throw new CryptographicException("Not a seal of this program.");
        var about = Encoding.UTF8.GetBytes(context);
        var dataKey = Decrypt(instanceKey, sealedBytes.AsSpan(1, Nonce + Key + Tag), about);
        return Decrypt(dataKey, sealedBytes.AsSpan(Head), about);
    }

    private static void Encrypt(byte[] key, byte[] plain, byte[] about, Span<byte> to)
    {
        RandomNumberGenerator.Fill(to[..Nonce]);
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(to[..Nonce], plain, to.Slice(Nonce, plain.Length), to[(Nonce + plain.Length)..], about);
    }

    private static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> from, byte[] about)
    {
        var plain = new byte[from.Length - Nonce - Tag];
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(from[..Nonce], from[Nonce..^Tag], from[^Tag..], plain, about);
        return plain;
    }
}

/// <summary>Gives each row that is read the means to open its secrets.</summary>
internal sealed class SealedRows : IMaterializationInterceptor
{
    public static readonly SealedRows Instance = new();

    public object InitializedInstance(MaterializationInterceptionData materializationData, object entity)
    {
        if (entity is SealedRow row && materializationData.Context is UndersignedDb db)
            row.OpenWith(bytes => db.SealKey.Open(bytes, row.SealContext));
        return entity;
    }
}
