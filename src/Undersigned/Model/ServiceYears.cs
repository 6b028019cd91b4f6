using System.Globalization;
using System.Text.RegularExpressions;

namespace Undersigned.Model;

/// <summary>
/// Finds years of service in a text as people write them: "1994–2003", "1991/93", "'94 to '03", "since 2011",
/// "2003 – present", "June 1994–May 1996", "(1988)". Months are read over, since a line shows years alone.
/// </summary>
internal static partial class ServiceYears
{
    /// <summary>Where it stands in the text, brackets around it included.</summary>
    public readonly record struct Found(int Start, int End, YearSpan Years);

    /// <param name="text">Its digits in ASCII.</param>
    /// <param name="thisYear">Tells which century two digits mean.</param>
    public static IReadOnlyList<Found> In(string text, int thisYear)
    {
        var found = new List<Found>();
        foreach (Match match in Pattern().Matches(text))
            if (Read(match, thisYear) is { } years && !IsEndOnly(text, match.Index))
                found.Add(new Found(match.Index, match.Index + match.Length, years));
        return found;
    }

    private static YearSpan? Read(Match match, int thisYear)
    {
        if (match.Groups["f"] is { Success: true } from)
        {
            var first = First(from.Value, thisYear);
            if (match.Groups["now"].Success)
                return IsYear(first) ? new YearSpan(first, null) : null;
            var last = Last(match.Groups["t"].Value, first, thisYear);
            return IsYear(first) || IsYear(last) ? new YearSpan(first, last) : null;
        }
        var year = First(match.Groups["open"] is { Success: true } open ? open.Value : match.Groups["one"].Value, thisYear);
        return IsYear(year) ? new YearSpan(year, match.Groups["open"].Success ? null : year) : null;
    }

    // A number of four digits elsewhere is a form, a room or a paragraph.
    private static bool IsYear(int number) => number is >= 1800 and < 2200;

    private static int First(string digits, int thisYear)
    {
        var number = Number(digits, out var length);
        return length > 2 ? number : number + (number > thisYear % 100 ? thisYear / 100 - 1 : thisYear / 100) * 100;
    }

    // "1991/93" is in the first year's century, "1999–03" in the next.
    private static int Last(string digits, int first, int thisYear)
    {
        var number = Number(digits, out var length);
        if (length > 2)
            return number;
        var year = first / 100 * 100 + number;
        return year < first && year + 100 <= thisYear ? year + 100 : year;
    }

    private static int Number(string digits, out int length)
    {
        var bare = digits.TrimStart('\'', '’', '‘', 'ʼ', '`', '´');
        length = bare.Length;
        return int.Parse(bare, CultureInfo.InvariantCulture);
    }

    // "until 2003" has no first year; it stays text rather than becoming a year that was not meant.
    private static bool IsEndOnly(string text, int start) => EndOnly().IsMatch(text[..start]);

    private const string Month =
        @"(?:(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?|spring|summer|autumn|fall|winter)\s+(?:\d{1,2},?\s+)?|(?:\d{1,2}[./]){1,2})?";

    private const string Full = @"(?:[12]\d{3}|['’‘ʼ`´]\d\d)";
    private const string Dash = @"[\p{Pd}−~～→/]";
    private const string Sep = @"\s*年?\s*(?:(?:[\p{Pd}−~～→/]){1,3}|to|until|till?|through|thru|and|bis|à|au|al|a|do|по|до|إلى|حتى|至)\s*";
    private const string Now = @"(?<now>(?:the\s+)?(?:present|now|today|current|currently|date|ongoing|still|heute|présent|aujourd['’]hui|hoy|presente|oggi|сейчас|الآن|今日?|現在|现在))";

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}])(?:[(\[]\s*)?(?:(?:from|between|in|von|de|desde|с|من)\s+)?(?:"
        + Month + "(?<f>" + Full + ")" + Sep + Month + "(?:(?<t>" + Full + @"|\d\d)\s*年?|" + Now + ")"
        + "|" + Month + "(?<f>" + Full + @")年?(?<now>至今)"
        + @"|(?<![^\s,(\[])(?<f>[4-9]\d)\s*" + Dash + @"\s*(?<t>\d\d)(?=\s*(?:[,)\]]|$))"
        + @"|(?:since|seit|depuis|desde|from|as\s+of|منذ|с)\s+" + Month + "(?<open>" + Full + ")"
        + "|" + Month + "(?<open>" + Full + @")\s*年?\s*(?:" + Dash + @"{1,3}(?=\s*(?:[,)\]]|$))|onwards?|forward)"
        + @"|(?<=(?:^|[,(\[\s])\s*)" + Month + "(?<one>" + Full + @")年?(?=\s*(?:[,:)\]]|$))"
        + @"|(?<=^\s*)(?<one>" + Full + @")(?=\s)"
        + @")(?![\p{L}\p{N}])(?:\s*[)\]])?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"(?:until|till?|before|through|bis|jusqu['’]en|hasta|до|حتى|class of|§)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EndOnly();
}
