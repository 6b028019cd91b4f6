using System.Globalization;
using System.Text;

namespace Undersigned.Log;

/// <summary>
/// The number of a tile or bundle in a path: groups of three digits, all but the last with an x before it, then the width
/// where it is not 256. 5 is <c>005</c>, 1000 is <c>x001/000</c>, 1234067 of width 8 is <c>x001/x234/067.p/8</c>.
/// </summary>
internal static class TilePath
{
    // Seven groups hold every number below 2^63; ".p/255" ends the longest.
    private const int MaxLength = 7 * 5 + 6;

    public static string Format(long index, int width)
    {
        var path = new StringBuilder((index % 1000).ToString("D3", CultureInfo.InvariantCulture), MaxLength);
        for (index /= 1000; index > 0; index /= 1000) path.Insert(0, string.Create(CultureInfo.InvariantCulture, $"x{index % 1000:D3}/"));
        if (width < Tile.FullWidth) path.Append(CultureInfo.InvariantCulture, $".p/{width}");
        return path.ToString();
    }

    public static bool TryParse(ReadOnlySpan<char> path, out long index, out int width)
    {
        index = 0;
        width = Tile.FullWidth;
        var number = path;
        var partial = path.IndexOf(".p/");
        if (partial >= 0)
        {
            if (!DecimalNumber.TryParse(path[(partial + 3)..], Tile.FullWidth - 1, out var parsed) || parsed == 0) return false;
            width = (int)parsed;
            number = path[..partial];
        }
        return path.Length <= MaxLength && TryParseNumber(number, out index);
    }

    private static bool TryParseNumber(ReadOnlySpan<char> groups, out long number)
    {
        number = 0;
        for (var first = true; groups.Length > 3; groups = groups[5..], first = false)
        {
            if (groups.Length < 5 || groups[0] != 'x' || groups[4] != '/' || !TryAppend(groups[1..4], ref number)) return false;
            if (first && number == 0) return false;
        }
        return groups.Length == 3 && TryAppend(groups, ref number);
    }

    private static bool TryAppend(ReadOnlySpan<char> digits, ref long number)
    {
        if (digits.ContainsAnyExceptInRange('0', '9')) return false;
        var group = int.Parse(digits, CultureInfo.InvariantCulture);
        if (number > (long.MaxValue - group) / 1000) return false;
        number = number * 1000 + group;
        return true;
    }
}
