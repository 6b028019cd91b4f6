using System.Globalization;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Updates;

/// <summary>What an editor typed of an update, a response or an event.</summary>
public sealed class PostForm
{
    private const int LongestTitle = 200;
    private const int LongestBody = 20_000;
    private const int LongestQuotation = 5_000;
    private const int LongestSource = 500;

    public PostKind Kind { get; set; } = PostKind.Update;
    public string? Title { get; set; }
    public string? Body { get; set; }
    public string? Date { get; set; }
    public string? Quotation { get; set; }
    public string? Source { get; set; }
    /// <summary>The post that this one corrects.</summary>
    public long? Replaces { get; set; }
    /// <summary>Also to those who asked to be kept informed.</summary>
    public bool Mail { get; set; }

    public bool HasDay => Kind != PostKind.Update;

    public static PostForm Of(LetterPost post)
    {
        var words = PostWords.Parse(post.Text);
        return new PostForm { Kind = post.Kind, Title = words.Title, Body = words.Body, Date = words.Date, Quotation = words.Quotation, Source = words.Source, Replaces = post.Id };
    }

    /// <summary>What needs another look: ids of fields, and why.</summary>
    public IEnumerable<(string Field, string Problem)> Problems(DateTimeOffset now)
    {
        foreach (var (name, text, longest) in new[] { ("title", Title, LongestTitle), ("body", Body, LongestBody), ("quotation", Quotation, LongestQuotation), ("source", Source, LongestSource) })
            if (text?.Length > longest)
                yield return (name, $"At most {Printed.Number(longest)} characters; these are {Printed.Number(text.Length)}.");
        if (Tidy(Title) is null)
            yield return ("title", Kind == PostKind.Event ? "What happened, in one line?" : "It needs a title.");
        if (Kind == PostKind.Update && Tidy(Body) is null)
            yield return ("body", "There is no text yet.");
        if (Kind == PostKind.Response && Tidy(Quotation) is null)
            yield return ("quotation", "What was said, word for word?");
        if (HasDay && Tidy(Source) is null)
            yield return ("source", "Where can it be read? An address, or in words.");
        if (HasDay && DayProblem(now) is { } wrong)
            yield return ("date", wrong);
    }

    private string? DayProblem(DateTimeOffset now)
    {
        if (!DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return "We need a day, written 2026-03-01.";
        // Somewhere it is tomorrow already.
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return day > today.AddDays(1) ? $"{Printed.Day(day)} has not come yet." : day.Year < today.Year - 200 ? "That is too long ago." : null;
    }

    public PostWords ToWords(Letter letter, DateTimeOffset now, LetterPost? replaces = null) => new()
    {
        Kind = Kind == PostKind.Event ? "update" : Kind.ToString().ToLowerInvariant(),
        Title = Tidy(Title) ?? "",
        Body = (Body ?? "").ReplaceLineEndings("\n").Trim(),
        Time = Printed.Machine(now),
        Language = letter.Language,
        Date = HasDay ? Tidy(Date) : null,
        Quotation = Kind == PostKind.Response ? Quotation?.ReplaceLineEndings("\n").Trim().Trim('“', '”', '"') : null,
        Source = HasDay ? Tidy(Source) : null,
        Replaces = replaces is null ? null : Convert.ToBase64String(replaces.TextHash),
    };

    private static string? Tidy(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } tidy ? tidy : null;
}
