using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Undersigned.Log.Letters;

/// <summary>
/// What an entry holds instead of personal data (signatory log, section 4):
/// SHA-256(label || origin || "\n" || signatory || "\n" || salt || bytes), the label being <c>undersigned/record/v1\n</c> or <c>undersigned/identity/v1\n</c>.
/// Whoever knows bytes and salt can check it; without the salt, nobody can guess them.
/// </summary>
public static class Commitment
{
    /// <summary>The length of a salt: 32 random bytes, fresh for each commitment.</summary>
    public const int SaltBytes = 32;

    /// <summary>The commitment to a record's exact text.</summary>
    /// <param name="origin">The log's origin.</param>
    /// <param name="signatory">The signatory's number, from 1.</param>
    /// <param name="salt">32 random bytes.</param>
    /// <param name="record">The exact text of the record.</param>
    public static Hash OfRecord(string origin, long signatory, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> record) =>
        Compute("undersigned/record/v1\n", origin, signatory, salt, record);

    /// <summary>The commitment to the identity that was verified, of a withheld signatory.</summary>
    /// <param name="origin">The log's origin.</param>
    /// <param name="signatory">The signatory's number, from 1.</param>
    /// <param name="salt">32 random bytes, not those of the record.</param>
    /// <param name="identity">The exact text of the identity.</param>
    public static Hash OfIdentity(string origin, long signatory, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> identity) =>
        Compute("undersigned/identity/v1\n", origin, signatory, salt, identity);

    private static Hash Compute(string label, string origin, long signatory, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> bytes)
    {
        if (salt.Length != SaltBytes) throw new ArgumentException("a salt is 32 bytes", nameof(salt));
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{label}{origin}\n{signatory}\n"));
        var whole = new byte[head.Length + SaltBytes + bytes.Length];
        head.CopyTo(whole, 0);
        salt.CopyTo(whole.AsSpan(head.Length));
        bytes.CopyTo(whole.AsSpan(head.Length + SaltBytes));
        return new Hash(SHA256.HashData(whole));
    }
}
