using System.Text;
using System.Text.RegularExpressions;
using Undersigned.Model;
using NameFault = Undersigned.Log.Letters.NameFault;
using NameRules = Undersigned.Log.Letters.NameRules;

namespace Undersigned.Access;

/// <summary>What cannot stand on a line that staff write, pasted or typed into the sheet, in words; null where nothing is wrong.</summary>
public static partial class LineFaults
{
    public const int LongestField = 200;
    public const int MostPosts = 10;
    private const int LargestRecord = 8_000;

    public static string? OfLine(ShownLine line, IReadOnlyList<Post> posts, int thisYear) =>
        OfName(line.Name) ?? OfPosts(posts, thisYear) ?? OfField(line.Location)
        ?? (Encoding.UTF8.GetByteCount(line.ToRecord()) > LargestRecord ? "The line is too long." : null);

    public static string? OfName(string name) => NameRules.FaultOf(name) switch
    {
        NameFault.Empty => "There is no name.",
        NameFault.TooLong => $"The name is longer than {NameRules.MaxCharacters} characters; is a comma missing after it?",
        NameFault.Address => "A name cannot contain a web or mail address.",
        NameFault.Stacked => "The name has too many marks on one letter.",
        not null => "The name contains characters that cannot be seen.",
        null when !name.EnumerateRunes().Any(Rune.IsLetter) => "There is no name.",
        null when Year().IsMatch(name) => "A year stands in the name; is a comma missing after the name?",
        null => null,
    };

    public static string? OfPosts(IReadOnlyList<Post> posts, int thisYear)
    {
        if (posts.Count > MostPosts)
            return $"There are more than {MostPosts} offices.";
        foreach (var post in posts)
        {
            if ((OfField(post.Position) ?? OfField(post.Organization)) is { } problem)
                return problem;
            if (post.Years is { } years && OfYears(years, thisYear) is { } wrong)
                return wrong;
        }
        return null;
    }

    public static string? OfField(string? text) =>
        text?.Length > LongestField ? $"A title, office or place is longer than {LongestField} characters."
        : text?.Contains("://", StringComparison.Ordinal) == true || text?.Contains("www.", StringComparison.OrdinalIgnoreCase) == true ? "A title, office or place cannot contain a web address."
        : text?.Contains('@', StringComparison.Ordinal) == true ? "This address cannot receive mail as it is written."
        : text?.EnumerateRunes().Any(Rune.IsControl) == true ? "There are characters that cannot be seen."
        : null;

    public static string? OfYears(YearSpan years, int thisYear) => years.Problem(thisYear) switch
    {
        YearsProblem.LastBeforeFirst => $"The last year, {years.To}, comes before the first, {years.From}.",
        YearsProblem.InTheFuture => $"The year {(years.From > thisYear ? years.From : years.To)} is in the future.",
        YearsProblem.TooLongAgo => $"The year {years.From} is more than a hundred years ago.",
        _ => null,
    };

    [GeneratedRegex(@"\b(?:1[89]|20)\d\d\b")]
    private static partial Regex Year();
}
