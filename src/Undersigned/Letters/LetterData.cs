using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Letters;

/// <summary>The letter in schema.org's words, as JSON-LD for the page's head.</summary>
public static class LetterData
{
    public static IHtmlContent Of(PublishedLetter letter, string address, string description, string? card)
    {
        var keeper = letter.Words.Organiser.Length == 0 ? null : new JsonObject { ["@type"] = "Organization", ["name"] = letter.Words.Organiser };
        var data = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Article",
            ["@id"] = address,
            ["url"] = address,
            ["headline"] = letter.Words.Title,
            ["description"] = description,
            ["inLanguage"] = letter.Words.Language,
            ["datePublished"] = Printed.Machine(letter.OpenedAt),
            ["dateModified"] = Printed.Machine(letter.At.EntryAt),
            ["author"] = keeper,
            ["image"] = card,
            ["interactionStatistic"] = new JsonObject
            {
                ["@type"] = "InteractionCounter",
                ["interactionType"] = new JsonObject { ["@type"] = "EndorseAction" },
                ["userInteractionCount"] = letter.Counts.SignedHere,
            },
        };
        foreach (var empty in data.Where(m => m.Value is null).Select(m => m.Key).ToList())
            data.Remove(empty);
        // The default encoder writes <, > and & as \u003C …, so that no text ends the element.
        return new HtmlString(data.ToJsonString(JsonSerializerOptions.Default));
    }
}
