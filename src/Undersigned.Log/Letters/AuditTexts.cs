using System.Text;
using System.Text.Json;

namespace Undersigned.Log.Letters;

/// <summary>
/// The text of a <c>draw</c> (signatory log, section 3): which public value will decide, when, and how it is read.
/// <code>{"kind":"draw","title":"…","body":"","time":"2026-02-25T09:00:00Z","language":"en","source":"State lottery, Thursday's six numbers","moment":"2026-02-26T19:00:00Z","reading":"Six numbers, rising, one space between"}</code>
/// </summary>
/// <param name="Source">What the value is.</param>
/// <param name="Moment">When it will be known, and not before.</param>
/// <param name="Reading">How it is written down, so that everybody writes the same bytes.</param>
public sealed record DrawText(string Source, DateTimeOffset Moment, string Reading)
{
    /// <summary>Reads a text; members it does not know are ignored.</summary>
    /// <exception cref="LogFormatException">It does not say what a draw must.</exception>
    public static DrawText Parse(ReadOnlySpan<byte> text)
    {
        var json = AuditJson.Parse(text, "draw");
        return new DrawText(AuditJson.Text(json, "source"), EntryTime.Parse(AuditJson.Text(json, "moment")), AuditJson.Text(json, "reading"));
    }
}

/// <summary>
/// The text of a <c>post</c> of kind <c>audit</c> (signatory log, section 3): what became of an announced draw.
/// <code>{"kind":"audit","title":"…","body":"","time":"…","language":"en","draw":1190,"auditor":"…","value":"3 11 19 24 37 41","drawn":300,"reached":291,"confirmed":290,"false":1,"unreached":9,"bound":"5.6"}</code>
/// A draw that was given up, as where the value never came, has <c>abandoned</c>, the reason, and neither value nor figures.
/// </summary>
public sealed record AuditText
{
    /// <summary>The index of the <c>draw</c> that this is about.</summary>
    public required long Draw { get; init; }

    /// <summary>Who looked.</summary>
    public required string Auditor { get; init; }

    /// <summary>Why the draw was given up; null where it was carried out.</summary>
    public string? Abandoned { get; init; }

    /// <summary>The public value, byte for byte; null where the draw was given up.</summary>
    public string? Value { get; init; }

    /// <summary>How many lines were drawn.</summary>
    public int Drawn { get; init; }

    /// <summary>How many of those people were reached.</summary>
    public int Reached { get; init; }

    /// <summary>How many of those reached confirmed that they signed what the line says.</summary>
    public int Confirmed { get; init; }

    /// <summary>How many of those reached did not.</summary>
    public int False { get; init; }

    /// <summary>How many were not reached; each counts as false in the bound.</summary>
    public int Unreached { get; init; }

    /// <summary>At most so many percent of all lines are false, as <see cref="AuditSample.BoundInPercent"/> writes it.</summary>
    public string Bound { get; init; } = "";

    /// <summary>Reads a text; members it does not know are ignored. Whether the figures add up is not looked at.</summary>
    /// <exception cref="LogFormatException">It does not say what a statement must.</exception>
    public static AuditText Parse(ReadOnlySpan<byte> text)
    {
        var json = AuditJson.Parse(text, "audit");
        var about = new AuditText { Draw = AuditJson.Number(json, "draw"), Auditor = AuditJson.Text(json, "auditor") };
        if (json.TryGetProperty("abandoned", out _))
            return !json.TryGetProperty("value", out _) ? about with { Abandoned = AuditJson.Text(json, "abandoned") } : throw new LogFormatException("both a value and a draw given up");
        return about with
        {
            Value = AuditJson.Text(json, "value") is var value && AuditSample.IsValue(value) ? value : throw new LogFormatException("no value of one line, at most 500 bytes, without white space at its ends"),
            Drawn = AuditJson.Number(json, "drawn"),
            Reached = AuditJson.Number(json, "reached"),
            Confirmed = AuditJson.Number(json, "confirmed"),
            False = AuditJson.Number(json, "false"),
            Unreached = AuditJson.Number(json, "unreached"),
            Bound = AuditJson.Text(json, "bound"),
        };
    }
}

/// <summary>What the two texts of an audit have in common.</summary>
internal static class AuditJson
{
    internal static JsonElement Parse(ReadOnlySpan<byte> text, string kind)
    {
        try
        {
            using var document = JsonDocument.Parse(new UTF8Encoding(false, true).GetString(text), new JsonDocumentOptions { AllowDuplicateProperties = false });
            var json = document.RootElement;
            return json.ValueKind == JsonValueKind.Object && Text(json, "kind") == kind ? json.Clone() : throw Missing($"kind {kind}");
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            throw new LogFormatException("a JSON object");
        }
    }

    internal static string Text(JsonElement json, string name)
    {
        try
        {
            return json.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw Missing(name);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw Missing(name);
        }
    }

    internal static int Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number) && number >= 0 ? number : throw Missing(name);

    private static LogFormatException Missing(string what) => new($"no {what}");
}
