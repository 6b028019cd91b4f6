using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Undersigned.Model;

/// <summary>The six digits of a mail, as people type or paste them.</summary>
public static class SixDigits
{
    private const int MostRead = 12;

    /// <summary>Digits of every script count, and nothing else does: spaces, dashes, and marks of direction that come along from a mail are passed over.</summary>
    public static bool Matches(string? typed, string code)
    {
        var digits = string.Concat((typed ?? "").Select(c => CharUnicodeInfo.GetDecimalDigitValue(c)).Where(d => d >= 0).Take(MostRead));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(digits), Encoding.ASCII.GetBytes(code));
    }
}
