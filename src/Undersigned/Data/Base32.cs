namespace Undersigned.Data;

/// <summary>Crockford's alphabet without look-alikes, lower case, no padding: tokens survive being read aloud.</summary>
internal static class Base32
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[(bytes.Length * 8 + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var bit = i * 5;
            var pair = bytes[bit / 8] << 8 | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text[i] = Alphabet[pair >> (11 - bit % 8) & 31];
        }
        return new string(text);
    }

    public static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length * 5 / 8];
        for (var i = 0; i < text.Length; i++)
        {
            var value = Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (value < 0)
                return false;
            for (var b = 0; b < 5; b++)
                if ((value >> (4 - b) & 1) != 0 && (i * 5 + b) / 8 < bytes.Length)
                    bytes[(i * 5 + b) / 8] |= (byte)(128 >> (i * 5 + b) % 8);
        }
        return true;
    }
}
