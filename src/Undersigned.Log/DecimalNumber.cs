using System.Globalization;

namespace Undersigned.Log;

/// <summary>A number as every format here writes it: ASCII digits, no sign, no leading zero.</summary>
internal static class DecimalNumber
{
    public static bool TryParse(ReadOnlySpan<char> text, long max, out long value)
    {
        value = 0;
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9') || (text[0] == '0' && text.Length > 1)) return false;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= max;
    }
}
