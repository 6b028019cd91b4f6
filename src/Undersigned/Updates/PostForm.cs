using System.Globalization;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Updates;

/// <summary>What an editor typed of an update, a response, an event or a delivery.</summary>
public sealed class PostForm
{
    private const int LongestTitle = 200;
    private const int LongestBody = 20_000;
    private const int LongestQuotation = 5_000;
    private const int LongestSource = 500;
    private const int LongestName = 300;

    /// <summary>A way of delivery that needs words of its own.</summary>
    public const string OtherWay = "other";

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

    // Of a delivery.
    public string? To { get; set; }
    public string? How { get; set; }
    public string? HowWords { get; set; }
    public string? By { get; set; }
    public string? Clock { get; set; }
    /// <summary>SHA-256 of the file that was handed over, in hex; empty for none of ours.</summary>
    public string? Document { get; set; }

    private DeliveredDocument? delivered;

    public bool HasDay => Kind != PostKind.Update;
    public bool IsTyped => (Title ?? Body ?? Source ?? Quotation ?? To) is not null;
    /// <summary>What was handed over, as the record has it; looked up before anything is asked of the form.</summary>
    public void Take(DeliveredDocument? document) => delivered = document;

    public static PostForm Of(LetterPost post)
    {
        var words = PostWords.Parse(post.Text);
        var form = new PostForm { Kind = post.Kind, Title = words.Title, Body = words.Body, Date = words.Date, Quotation = words.Quotation, Source = words.Source, Replaces = post.Id };
        if (words.Delivery is { } delivery)
        {
            (form.To, form.By, form.Clock, form.Document) = (delivery.To, delivery.By, delivery.At, delivery.Sha256);
            (form.How, form.HowWords) = Delivery.Ways.Contains(delivery.How) ? (delivery.How, null) : (OtherWay, delivery.How);
        }
        return form;
    }

    /// <summary>What needs another look: ids of fields, and why.</summary>
    public IEnumerable<(string Field, string Problem)> Problems(DateTimeOffset now)
    {
        foreach (var (name, text, longest) in new[] { ("title", Title, LongestTitle), ("body", Body, LongestBody), ("quotation", Quotation, LongestQuotation), ("source", Source, LongestSource), ("to", To, LongestName), ("howwords", HowWords, LongestName), ("by", By, LongestName) })
            if (text?.Length > longest)
                yield return (name, $"At most {Printed.Number(longest)} characters; these are {Printed.Number(text.Length)}.");
        if (Kind != PostKind.Delivery && Tidy(Title) is null)
            yield return ("title", Kind == PostKind.Event ? "What happened, in one line?" : "It needs a title.");
        if (Kind == PostKind.Update && Tidy(Body) is null)
            yield return ("body", "There is no text yet.");
        if (Kind == PostKind.Response && Tidy(Quotation) is null)
            yield return ("quotation", "What was said, word for word?");
        if (Kind is PostKind.Response or PostKind.Event && Tidy(Source) is null)
            yield return ("source", "Where can it be read? An address, or in words.");
        if (HasDay && DayProblem(now) is { } wrong)
            yield return ("date", wrong);
        else if (Kind == PostKind.Delivery)
            foreach (var problem in DeliveryProblems(now))
                yield return problem;
    }

    private IEnumerable<(string Field, string Problem)> DeliveryProblems(DateTimeOffset now)
    {
        if (Tidy(To) is null)
            yield return ("to", "To whom was it delivered?");
        if (How != OtherWay && !Delivery.Ways.Contains(How))
            yield return ("how", "How was it delivered?");
        if (How == OtherWay && Tidy(HowWords) is null)
            yield return ("howwords", "In which other way? A few words.");
        if (Tidy(Clock) is not null && At is null)
            yield return ("clock", "A time of day is written 14:30. It can be left empty.");
        else if (Moment > now)
            yield return ("clock", "That time has not come yet. Times are in UTC.");
        else if (delivered is null)
            yield return ("document", Tidy(Document) is null ? "There was no list here yet then, and so no number of it. Look at the day, or choose the file that was handed over." : "This file is none of this letter’s editions.");
        else if (delivered.At > Latest)
            yield return ("document", $"Edition {delivered.Edition} is of {Printed.Moment(delivered.At)}: it cannot have been handed over before.");
    }

    private TimeOnly? At => TimeOnly.TryParseExact(Tidy(Clock), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;
    private DateOnly? Day => DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    private DateTimeOffset? Moment => Day is { } day && At is { } at ? new DateTimeOffset(day.ToDateTime(at), TimeSpan.Zero) : null;
    /// <summary>The latest moment at which it can have happened; without a time of day, the end of the day.</summary>
    public DateTimeOffset? Latest => Moment ?? (Day is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero) : null);

    private string? DayProblem(DateTimeOffset now)
    {
        if (Day is not { } day)
            return "We need a day, written 2026-03-01.";
        // Somewhere it is tomorrow already.
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return day > today.AddDays(1) ? $"{Printed.Day(day)} has not come yet." : day.Year < today.Year - 200 ? "That is too long ago." : null;
    }

    public PostWords ToWords(Letter letter, DateTimeOffset now, LetterPost? replaces = null) => new()
    {
        Kind = Kind == PostKind.Event ? "update" : Kind.ToString().ToLowerInvariant(),
        Title = (Kind == PostKind.Delivery ? UpdatesTexts.In(letter.Language, "delivered-title", Tidy(To) ?? "…") : Tidy(Title)) ?? "",
        Body = (Body ?? "").ReplaceLineEndings("\n").Trim(),
        Time = Printed.Machine(now),
        Language = letter.Language,
        Date = HasDay ? Tidy(Date) : null,
        Quotation = Kind == PostKind.Response ? Quotation?.ReplaceLineEndings("\n").Trim().Trim('“', '”', '"') : null,
        Source = HasDay ? Tidy(Source) : null,
        Delivery = Kind == PostKind.Delivery ? ToDelivery() : null,
        Replaces = replaces is null ? null : Convert.ToBase64String(replaces.TextHash),
    };

    private Delivery ToDelivery() => new()
    {
        To = Tidy(To) ?? "",
        How = (How == OtherWay ? Tidy(HowWords) : How) ?? "",
        By = Tidy(By),
        At = At?.ToString("HH:mm", CultureInfo.InvariantCulture),
        Standing = delivered?.Standing ?? 0,
        TreeSize = delivered?.TreeSize ?? 0,
        Edition = delivered?.Edition,
        Sha256 = delivered?.Sha256,
        Bytes = delivered?.Bytes,
    };

    private static string? Tidy(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } tidy ? tidy : null;
}
