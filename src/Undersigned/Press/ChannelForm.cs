using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Undersigned.Model;

namespace Undersigned.Press;

/// <summary>One channel as typed. Where nothing is typed there is none.</summary>
public sealed class ChannelForm
{
    private const int LongestName = 200;
    private const int Longest = 1_000;

    public string? Name { get; set; }
    public string? Takes { get; set; }
    public string? Protects { get; set; }
    public string? Reach { get; set; }
    public string? Link { get; set; }
    public string? CheckedOn { get; set; }
    /// <summary>Take it out of the list.</summary>
    public bool Out { get; set; }

    public bool IsEmpty => new[] { Name, Takes, Protects, Reach, Link }.All(string.IsNullOrWhiteSpace);

    public static ChannelForm Of(ReportingChannel channel) => new()
    {
        Name = channel.Name,
        Takes = channel.Takes,
        Protects = channel.Protects,
        Reach = channel.Reach,
        Link = channel.Link,
        CheckedOn = channel.CheckedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>The channel, or null with what is wrong in <paramref name="wrong"/>, under the ids of the fields.</summary>
    public ReportingChannel? Read(int index, DateOnly today, ModelStateDictionary wrong)
    {
        string Text(string field, string? typed, string what, int longest)
        {
            var text = string.Join(' ', (typed ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (text.Length == 0)
                wrong.AddModelError(Id(index, field), what);
            else if (text.Length > longest)
                wrong.AddModelError(Id(index, field), $"At most {longest} characters; these are {text.Length}.");
            return text;
        }
        var before = wrong.ErrorCount;
        var name = Text(nameof(Name), Name, "What is the body called?", LongestName);
        var takes = Text(nameof(Takes), Takes, "What does it take, and from whom?", Longest);
        var protects = Text(nameof(Protects), Protects, "What protects whoever reports there? If nothing does, say so.", Longest);
        var reach = Text(nameof(Reach), Reach, "How is it reached safely?", Longest);
        var link = Link?.Trim() is { Length: > 0 } typed ? typed : null;
        if (link is not null && (link.Length > Longest || !ReportingChannel.IsLink(link)))
            wrong.AddModelError(Id(index, nameof(Link)), "This is no address that begins with https://, nor one of the Tor network (http://….onion).");
        if (!DateOnly.TryParseExact(CheckedOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            wrong.AddModelError(Id(index, nameof(CheckedOn)), "On which day did somebody last check that this is so? Written 2026-03-01.");
        else if (day > today)
            wrong.AddModelError(Id(index, nameof(CheckedOn)), $"{day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} is still to come.");
        return wrong.ErrorCount > before ? null : new ReportingChannel(name, takes, protects, reach, link, day);
    }

    public static string Id(int index, string field) => string.Create(CultureInfo.InvariantCulture, $"c{index}-{field}");
}
