using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Undersigned.Model;

/// <summary>
/// Reads "AUSA, SDNY 1994–2003; Civil Div. 2003–11" into offices with their years. It guesses, and the signer sees and mends
/// the guess; so whatever it does not understand stays in the text, and nothing that was typed is lost.
/// </summary>
public static partial class ServiceLine
{
    /// <summary>Posts in the order typed; empty for an empty text. Years are as typed, also impossible ones (<see cref="YearSpan.Problem"/>).</summary>
    public static IReadOnlyList<Post> Read(string? text, int thisYear)
    {
        var posts = new List<Post>();
        foreach (var segment in Clean(text ?? "").Split(';'))
            posts.AddRange(ReadSegment(segment, thisYear));
        return posts;
    }

    // Line ends and the semicolons of other scripts divide posts; what cannot be seen is left out.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or ';' or '；' or '؛' or 0x2028 or 0x2029)
                clean.Append(';');
            else if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
                clean.Append(' ');
            else if (rune.Value is 0x200c or 0x200d || Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
                clean.Append(rune.ToString());
        }
        return clean.ToString();
    }

    private static IEnumerable<Post> ReadSegment(string segment, int thisYear)
    {
        var years = ServiceYears.In(AsciiDigits(segment), thisYear);
        if (years.Count == 0)
            return PostOf(segment) is { } plain ? [plain] : [];
        return Group(segment, years).SelectMany(g => PostsOf(g.Text, g.Years));
    }

    // Same length, so that what is found in one is cut from the other.
    private static string AsciiDigits(string text) => string.Create(text.Length, text, (digits, source) =>
    {
        for (var i = 0; i < digits.Length; i++)
        {
            var value = CharUnicodeInfo.GetDecimalDigitValue(source[i]);
            digits[i] = value < 0 ? source[i] : (char)('0' + value);
        }
    });

    /// <summary>
    /// Several years in one segment: with no word between them they are of one post; else each has its own words, before it
    /// ("AUSA 1994–2003, Civil Div. 2003–11") or, where the segment begins with years, after it.
    /// </summary>
    private static List<(string Text, List<YearSpan> Years)> Group(string segment, IReadOnlyList<ServiceYears.Found> found)
    {
        var groups = new List<(string Text, List<YearSpan> Years)>();
        var yearsFirst = !HasWords(segment[..found[0].Start]);
        var at = 0;
        foreach (var years in found)
        {
            var between = segment[at..years.Start];
            if (groups.Count == 0)
                groups.Add((between, [years.Years]));
            else if (!HasWords(between))
                groups[^1].Years.Add(years.Years);
            else if (yearsFirst)
            {
                groups[^1] = (groups[^1].Text + Cut + between, groups[^1].Years);
                groups.Add(("", [years.Years]));
            }
            else
                groups.Add((between, [years.Years]));
            at = years.End;
        }
        groups[^1] = (groups[^1].Text + Cut + segment[at..], groups[^1].Years);
        return groups;
    }

    private const char Cut = ',';

    private static bool HasWords(string text) => Words().Matches(text).Any(w => !Joining.Contains(w.Value.ToLowerInvariant()));

    private static readonly HashSet<string> Joining = ["and", "und", "et", "y", "e", "и", "again"];

    private static IEnumerable<Post> PostsOf(string text, List<YearSpan> years)
    {
        var post = PostOf(text) ?? new Post(null, null, null);
        return years.Select(y => post with { Years = y });
    }

    /// <summary>The first part is the position, the rest the organization; a single part is what it looks like.</summary>
    private static Post? PostOf(string text)
    {
        var parts = text.Split(',', '،', '，', '、').Select(Trim).Where(p => p.Length > 0).ToList();
        if (parts.Count == 1 && At().Match(parts[0]) is { Success: true } at)
            parts = [Trim(at.Groups[1].Value), Trim(at.Groups[2].Value)];
        if (parts.Count == 0)
            return null;
        if (parts.All(IsOrganization))
            return new Post(null, string.Join(", ", parts), null);
        return new Post(parts[0], parts.Count == 1 ? null : string.Join(", ", parts.Skip(1)), null);
    }

    private static string Trim(string part)
    {
        var trimmed = part.Trim().Trim(':', '|', '•', '·', '*', '/', '\t', ' ', '–', '—', '-');
        return Words().IsMatch(trimmed) || trimmed.Any(char.IsSymbol) ? Spaces().Replace(trimmed, " ") : "";
    }

    private static bool IsOrganization(string part) => Body().IsMatch(part) && !Role().IsMatch(part);

    [GeneratedRegex(@"[\p{L}\p{N}\p{M}]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\s{2,}")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(.+?)\s+(?:at|@|bei|chez)\s+(\S.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex At();

    // "Civil Div.", "Ministry of Waterways"; but not "Office manager", "Court clerk".
    [GeneratedRegex(
        @"\b(?:div|division|dept|department|ministry|office|service|inspectorate|agency|bureau|court|commission|university|college|institute|authority|board|directorate|council|committee|parliament|ministerium|ministère|ministerio|université|universität)\b\.?(?:\s*$|\s+(?:of|for|on|de|des|du|der|für)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Body();

    [GeneratedRegex(
        @"^(?:(?:senior|deputy|acting|assistant|associate|vice|former|principal)\s+)*(?:head|chief|director|member|chair|chairman|chairwoman|secretary|clerk|judge|counsel|inspector|officer|president|lawyer|attorney|engineer|analyst|professor|lecturer|manager|adviser|advisor)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Role();
}
