using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Undersigned.Model;

namespace Undersigned.Sampling;

/// <summary>What an auditor types to announce a draw.</summary>
public sealed class DrawForm
{
    public const int Most = 2000;
    public const int LongestSource = 300;
    public const int LongestReading = 600;

    /// <summary>Until the announcement is in the record and seen there.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public string? Count { get; set; }
    public string? Source { get; set; }
    /// <summary>UTC.</summary>
    public string? Moment { get; set; }
    public string? Reading { get; set; }

    /// <summary>Null where something is wrong, which stands in <paramref name="errors"/> then.</summary>
    public PostWords? Read(int standing, DateTimeOffset now, ModelStateDictionary errors)
    {
        if (!int.TryParse(Count, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            errors.AddModelError("Count", "How many lines? Write a number, such as 59.");
        else if (count > Math.Min(standing, Most))
            errors.AddModelError("Count", standing < Most ? $"Only {standing} lines stand." : $"At most {Most} lines: who could ring more?");
        if (Text(Source) is not { } source || source.Length > LongestSource)
            errors.AddModelError("Source", "Name the public value, such as “State lottery, Saturday’s six numbers”: one line, at most 300 characters.");
        if (!DateTimeOffset.TryParseExact(Moment + "Z", "yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            errors.AddModelError("Moment", "When will the value be known? A day and a time, in UTC.");
        else if (moment < now + Ahead)
            errors.AddModelError("Moment", "Choose a moment at least five minutes ahead: the announcement must stand in the record before anybody can know the value.");
        if (Text(Reading) is not { } reading || reading.Length > LongestReading)
            errors.AddModelError("Reading", "Say how the value is written down, so that everybody writes the same: at most 600 characters.");
        return !errors.IsValid ? null : new PostWords
        {
            Kind = "draw",
            Title = "",
            Body = "",
            Time = "",
            Language = "",
            Count = count,
            Source = Text(Source),
            Moment = Shared.Printed.Machine(moment),
            Reading = Text(Reading),
        };
    }

    internal static string? Text(string? typed) => typed?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } text && !text.Any(char.IsControl) ? text : null;
}
