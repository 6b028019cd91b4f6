using System.Text;
using System.Text.Json;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>One line of a page's list.</summary>
internal readonly record struct PageLine(long Signatory, string? Name);

/// <summary>What a page, an answer or an export says of the list (signatory log, section 5, check 7): time, size and root, and as much more as it has.</summary>
internal sealed record PageAnswer(string Where)
{
    /// <summary>What an export says in the place of a name that is withheld.</summary>
    internal const string NameWithheld = "Name withheld";

    internal string? Origin { get; init; }

    internal long TreeSize { get; init; }

    internal string Root { get; init; } = "";

    internal long? Standing { get; init; }

    internal long? Withheld { get; init; }

    internal IReadOnlyDictionary<string, long>? ByLevel { get; init; }

    internal IReadOnlyList<PageLine> Lines { get; init; } = [];

    /// <summary>Lines that say only that a name is withheld, without the signatory's number.</summary>
    internal int Nameless { get; init; }

    /// <summary>Whether it says that every signatory who stands is in it.</summary>
    internal bool IsComplete { get; init; }

    /// <summary>Where the next page of a list is, as the answer has it.</summary>
    internal string? Next { get; init; }

    /// <summary>The registry that the answer names.</summary>
    internal string? Registry { get; init; }

    /// <summary>Reads a page by what it looks like: JSON begins with a brace, an export as CSV with the names of its columns.</summary>
    /// <exception cref="LogFormatException">It does not say what a page must; the message is what was expected.</exception>
    internal static PageAnswer Parse(string where, byte[] bytes)
    {
        var text = Decode(bytes);
        if (CsvPage.Is(text)) return CsvPage.Parse(where, text);
        return text.AsSpan().TrimStart().StartsWith("{") ? ParseJson(where, text) : ParseHtml(where, text);
    }

    /// <summary>Whether the page claims anything of a list; one that does not is nothing to check.</summary>
    internal static bool IsMarked(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.AsSpan().TrimStart().StartsWith("{") || text.Contains(HtmlMarks.Prefix, StringComparison.OrdinalIgnoreCase);
    }

    private static string Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new LogFormatException("UTF-8");
        }
    }

    private static PageAnswer ParseJson(string where, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return ReadJson(where, json.RootElement);
        }
        // The second is for names and strings with an unpaired surrogate.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new LogFormatException("JSON without duplicate members");
        }
    }

    private static PageAnswer ReadJson(string where, JsonElement json)
    {
        var isList = json.TryGetProperty("signatories", out var signatories);
        RequireTime(Text(json, "time"));
        var nameless = 0;
        return new PageAnswer(where)
        {
            Origin = isList ? OptionalText(json, "origin") : Text(json, "origin"),
            TreeSize = Number(json, "treeSize"),
            Root = Text(json, "root"),
            Standing = isList ? OptionalNumber(json, "standing") : Number(json, "standing"),
            Withheld = isList ? OptionalNumber(json, "withheld") : Number(json, "withheld"),
            ByLevel = !isList || json.TryGetProperty("byLevel", out _) ? ReadLevels(json) : null,
            Lines = isList ? ReadLines(signatories, out nameless) : [],
            Nameless = nameless,
            IsComplete = json.TryGetProperty("complete", out var complete) && complete.ValueKind == JsonValueKind.True,
            Next = OptionalText(json, "next"),
            Registry = OptionalText(json, "registry"),
        };
    }

    private static SortedDictionary<string, long> ReadLevels(JsonElement json)
    {
        if (!json.TryGetProperty("byLevel", out var levels) || levels.ValueKind != JsonValueKind.Object) throw new LogFormatException("byLevel, an object");
        var read = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var level in levels.EnumerateObject()) read[level.Name] = Number(levels, level.Name);
        return read;
    }

    private static List<PageLine> ReadLines(JsonElement signatories, out int nameless)
    {
        nameless = 0;
        if (signatories.ValueKind != JsonValueKind.Array) throw new LogFormatException("signatories, a list");
        var lines = new List<PageLine>(signatories.GetArrayLength());
        foreach (var line in signatories.EnumerateArray())
        {
            if (line.ValueKind != JsonValueKind.Object) throw new LogFormatException("signatories, a list of objects");
            if (OptionalNumber(line, "signatory") is null && OptionalText(line, "name") == NameWithheld) nameless++;
            else lines.Add(new PageLine(Number(line, "signatory"), OptionalText(line, "name")));
        }
        return lines;
    }

    private static string Text(JsonElement json, string name) => OptionalText(json, name) ?? throw new LogFormatException($"{name}, a string");

    private static string? OptionalText(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new LogFormatException($"{name}, a string");
    }

    private static long Number(JsonElement json, string name) => OptionalNumber(json, name) ?? throw new LogFormatException($"{name}, a number");

    private static long? OptionalNumber(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 ? number : throw new LogFormatException($"{name}, a number");
    }

    private static PageAnswer ParseHtml(string where, string text)
    {
        PageAnswer? page = null;
        var lines = new List<PageLine>();
        var complete = false;
        foreach (var marks in HtmlMarks.Of(text))
        {
            if (marks.ContainsKey("tree-size")) page = Same(page, ReadMarks(where, marks));
            // An empty mark is what a template makes of none: no line, or no name, since a name is never empty.
            if (marks.GetValueOrDefault("signatory") is { Length: > 0 } signatory)
                lines.Add(new PageLine(Digits(signatory, "signatory"), marks.GetValueOrDefault("name") is { Length: > 0 } name ? name : null));
            complete |= marks.TryGetValue("list", out var list) && list == "complete";
        }
        if (page is null) throw new LogFormatException($"an element with {HtmlMarks.Prefix}tree-size");
        return page with { Lines = lines, IsComplete = complete };
    }

    private static PageAnswer ReadMarks(string where, IReadOnlyDictionary<string, string> marks)
    {
        RequireTime(Mark(marks, "time"));
        return new PageAnswer(where)
        {
            Origin = marks.GetValueOrDefault("origin"),
            TreeSize = Digits(Mark(marks, "tree-size"), "tree-size"),
            Root = Mark(marks, "root"),
            Standing = Digits(Mark(marks, "standing"), "standing"),
            Withheld = Digits(Mark(marks, "withheld"), "withheld"),
        };
    }

    // A page that says it in two places must say the same.
    private static PageAnswer Same(PageAnswer? before, PageAnswer now) =>
        before is null || before == now ? now : throw new LogFormatException("one statement of size, root and counts");

    private static string Mark(IReadOnlyDictionary<string, string> marks, string name) =>
        marks.TryGetValue(name, out var value) ? value : throw new LogFormatException(HtmlMarks.Prefix + name);

    private static long Digits(string text, string name) =>
        text.Length is > 0 and < 16 && text.All(char.IsAsciiDigit) ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : throw new LogFormatException($"{HtmlMarks.Prefix}{name}, a number");

    internal static void RequireTime(string time)
    {
        try
        {
            EntryTime.Parse(time);
        }
        catch (LogFormatException)
        {
            throw new LogFormatException("time, as YYYY-MM-DDTHH:MM:SSZ");
        }
    }
}
