using System.Text;
using System.Text.RegularExpressions;
using Undersigned.Access;
using Undersigned.Model;

namespace Undersigned.PasteIn;

/// <summary>One line as it was pasted and as it was read; <see cref="Problem"/> says in words why it cannot be taken.</summary>
public sealed record PastedLine(
    int Number, string Text, string Name, IReadOnlyList<Post> Posts, EmailAddress? Address, string? Problem, string? Location = null, string? Note = null)
{
    public bool IsGood => Problem is null;

    public ShownLine Shown { get; } = ShownLine.Of(Name, Posts, Location);
}

/// <summary>
/// Reads "Name, title, office, years" in any usual form: commas, tabs, semicolons, bars, dashes, a colon, brackets, quotes;
/// numbered or with bullets; an address anywhere on the line. What it guesses is shown before anything is taken.
/// </summary>
public static partial class PasteReading
{
    /// <summary>Empty lines and a line of headings are passed over; every other line comes back, good or bad.</summary>
    public static IReadOnlyList<PastedLine> Read(string text, int thisYear)
    {
        var lines = new List<PastedLine>();
        var number = 0;
        foreach (var raw in text.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (raw.Trim().Length > 0 && !(lines.Count == 0 && Headings().IsMatch(raw)))
                lines.Add(ReadLine(number, raw.Trim(), thisYear));
        }
        return lines;
    }

    internal static PastedLine ReadLine(int number, string text, int thisYear)
    {
        var (rest, addresses) = CutAddresses(text);
        var (name, posts) = Split(Marker().Replace(rest, ""), thisYear);
        name = Tidy(name);
        EmailAddress? address = null;
        var problem = addresses.Count switch
        {
            0 => null,
            1 => AddressProblem(addresses[0], out address),
            _ => "There are two addresses on this line.",
        };
        var line = new PastedLine(number, text, name, posts, address, null);
        return line with { Problem = problem ?? LineFaults.OfLine(line.Shown, posts, thisYear) };
    }

    private static (string Left, List<string> Addresses) CutAddresses(string text)
    {
        var addresses = Address().Matches(text).Select(m => m.Groups[1].Value.TrimEnd('.')).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (addresses.Count == 0)
            return (text, addresses);
        var rest = Address().Replace(text, " ");
        // A column that held nothing but the address leaves two separators behind.
        return (EmptyColumn().Replace(rest, "$1").Trim().Trim(',', ';', '|').Trim(' '), addresses);
    }

    private static (string Name, IReadOnlyList<Post> Posts) Split(string text, int thisYear)
    {
        if (text.Contains('\t', StringComparison.Ordinal))
            return OfColumns([.. text.Split('\t').Select(Unquote)], thisYear);
        if (text.Contains('|', StringComparison.Ordinal))
            return OfColumns([.. text.Split('|').Select(c => c.Trim())], thisYear);
        if (text.StartsWith('"') && text.IndexOf('"', 1) > 0)
            return OfColumns(QuotedColumns(text), thisYear);
        if (Bracketed().Match(text) is { Success: true } bracketed)
            return (bracketed.Groups[1].Value, ServiceLine.Read(bracketed.Groups[2].Value, thisYear));
        if (Separator().Match(text) is not { Success: true } separator)
            return (text, []);
        var (name, rest) = (text[..separator.Index], text[(separator.Index + separator.Length)..]);
        if (separator.Value.Trim() == ";" && !rest.Contains(',', StringComparison.Ordinal))
            rest = rest.Replace(';', ',');
        while (separator.Value.Trim() == "," && Suffix().Match(rest) is { Success: true } suffix)
            (name, rest) = ($"{name}, {suffix.Groups[1].Value}", rest[suffix.Length..]);
        return (name, ServiceLine.Read(rest, thisYear));
    }

    /// <summary>Name, title, office and years each in a column of their own; other numbers of columns are read as one text.</summary>
    private static (string, IReadOnlyList<Post>) OfColumns(IReadOnlyList<string> columns, int thisYear)
    {
        var filled = columns.SkipWhile(c => c.Trim().Length == 0 || RowNumber().IsMatch(c)).ToList();
        while (filled is [.., var last] && last.Trim().Length == 0)
            filled.RemoveAt(filled.Count - 1);
        if (filled.Count == 0)
            return ("", []);
        var name = Turned(filled[0]);
        var isPlain = filled.Count is 3 or 4 && !filled.Skip(1).Take(2).Any(c => c.Contains(';', StringComparison.Ordinal) || c.Any(char.IsDigit));
        if (!isPlain)
            return (name, ServiceLine.Read(string.Join(", ", filled.Skip(1).Where(c => c.Trim().Length > 0)), thisYear));
        var years = filled.Count == 4 ? ServiceLine.Read(filled[3], thisYear).Select(p => p.Years).Where(y => y is not null).ToList() : [];
        var post = new Post(NullIfEmpty(filled[1]), NullIfEmpty(filled[2]), null);
        if (filled.Count == 4 && years.Count == 0 && filled[3].Trim().Length > 0)
            return (name, ServiceLine.Read(string.Join(", ", filled.Skip(1)), thisYear));
        return (name, years.Count == 0 ? [post] : [.. years.Select(y => post with { Years = y })]);
    }

    // "Lockwood, Ada" in a column of its own is the family name first.
    internal static string Turned(string column) =>
        column.Split(',') is [var family, var given] && !Suffix().IsMatch(given) ? $"{given.Trim()} {family.Trim()}" : column;

    private static string Unquote(string column) =>
        column.Trim() is ['"', .. var inner, '"'] ? inner.Replace("\"\"", "\"", StringComparison.Ordinal) : column.Trim();

    private static List<string> QuotedColumns(string text)
    {
        var columns = new List<string>();
        var column = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
                column.Append(text[i++]);
            else if (text[i] == '"')
                quoted = !quoted;
            else if (text[i] is ',' or ';' && !quoted)
            {
                columns.Add(column.ToString().Trim());
                column.Clear();
            }
            else
                column.Append(text[i]);
        }
        columns.Add(column.ToString().Trim());
        return columns;
    }

    internal static string? AddressProblem(string text, out EmailAddress? address) =>
        EmailAddress.TryParse(text, out address!, out _) ? null : "This address cannot receive mail as it is written.";

    private static string? NullIfEmpty(string text) => text.Trim() is { Length: > 0 } some ? some : null;

    internal static string Tidy(string name)
    {
        var text = name.Trim().Trim(',', ';', ':', '"').Trim();
        try
        {
            return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a character, as a broken copy leaves it; the rules of names refuse it.
            return text;
        }
    }

    // "<ada@post.example>", "(ada@post.example)", "mailto:ada@post.example"
    [GeneratedRegex(@"[<(\[""]*(?:mailto:)?([^\s<>()\[\],;|""]+@[^\s<>()\[\],;|""]+)[>)\]""]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"([,;|])[ \u00a0]*[,;|](?=\s|$)")]
    private static partial Regex EmptyColumn();

    // "12. ", "12) ", "12\t", "- ", "• "
    [GeneratedRegex(@"^\s*(?:\(?\d{1,5}[.)]\s*|\d{1,5}\t\s*|[-*•·▪◦–—]\s*)")]
    private static partial Regex Marker();

    [GeneratedRegex(@"^\s*№?\s*\d{1,5}\.?\s*$")]
    private static partial Regex RowNumber();

    // "Ada Lockwood (Inspector, Inspectorate of Dams, 1985–2010)"
    [GeneratedRegex(@"^([^,;:(]+)\((.+)\)\s*$")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"[,;，、،؛；]\s*|\s+[-–—]+\s+|:\s+")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\s*((?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|esq|k\.?c|q\.?c|ret)\b\.?)\s*(?:,\s*|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"^\W*(?:(?:full\s+)?name|nr|no|№|#)\W+(?:(?:[\w ]*(?:name|title|position|role|office|organi[sz]ation|agency|years?|dates?|e-?mail|address))\W*)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Headings();
}
