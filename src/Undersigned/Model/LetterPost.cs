using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Undersigned.Model;

/// <summary>Something published under a letter: the document that a `post` of the log commits to.</summary>
public sealed class LetterPost
{
    /// <summary>How every kind is written as JSON.</summary>
    public static JsonSerializerOptions Format { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public long Id { get; set; }
    public long LetterId { get; set; }
    public PostKind Kind { get; set; }
    /// <summary>JSON text of section 3 of the signatory log (kind, title, body, time, language, and what its kind needs), UTF-8.</summary>
    public required byte[] Text { get; set; }
    /// <summary>SHA-256 of <see cref="Text"/>.</summary>
    public required byte[] TextHash { get; set; }
    public DateTimeOffset At { get; set; }
    /// <summary>Its entry in the log, once written.</summary>
    public long? LeafIndex { get; set; }
    /// <summary>The post that this one stands in the place of: what was published is never changed, only followed by another.</summary>
    public long? ReplacesId { get; set; }
}

/// <summary>Kinds of posts that this program writes. An event of the timeline is, in the log, an `update` with a day and a source; the announcement of a draw is an entry of its own.</summary>
public enum PostKind { Edition, Channels, Update, Response, Event, Delivery, Draw, Audit, Translation }

/// <summary>
/// What a post says; its text in the log is exactly this as JSON, such as
/// <c>{"kind":"response","title":"The Minister responds","body":"","time":"2026-02-27T10:00:00Z","language":"en","date":"2026-02-27","quotation":"…","source":"https://…"}</c>
/// </summary>
public sealed record PostWords
{
    private static readonly JsonSerializerOptions Format = new(LetterPost.Format) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Of the log's entry.</summary>
    public required string Kind { get; init; }
    public required string Title { get; init; }
    /// <summary>CommonMark with footnotes.</summary>
    public required string Body { get; init; }
    public required string Time { get; init; }
    public required string Language { get; init; }
    /// <summary>The day that a response, an event or a delivery is of: 2026-02-27.</summary>
    public string? Date { get; init; }
    public string? Quotation { get; init; }
    /// <summary>An address, or in words where it can be seen.</summary>
    public string? Source { get; init; }
    /// <summary>Base64 of the SHA-256 of the text that this one stands in the place of.</summary>
    public string? Replaces { get; init; }
    /// <summary>Of an edition.</summary>
    public int? Number { get; init; }
    /// <summary>Of a delivery.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>Of a draw, whose <see cref="Source"/> is the public value that decides: how many lines, when it is known, how it is written down.</summary>
    public int? Count { get; init; }
    public string? Moment { get; init; }
    public string? Reading { get; init; }

    /// <summary>Of an auditor's statement: the entry of its draw, and what was found, or why the draw was given up.</summary>
    public long? Draw { get; init; }
    public string? Auditor { get; init; }
    public string? Abandoned { get; init; }
    public string? Value { get; init; }
    public int? Drawn { get; init; }
    public int? Reached { get; init; }
    public int? Confirmed { get; init; }
    public int? False { get; init; }
    public int? Unreached { get; init; }
    public string? Bound { get; init; }

    [JsonIgnore]
    public DateTimeOffset? KnownAt => DateTimeOffset.TryParseExact(Moment, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    // Of a translation: the rest of the letter's words, what they translate, and the language whose text was signed.
    public string? Addressees { get; init; }
    public IReadOnlyList<string>? Demands { get; init; }
    public int? Revision { get; init; }
    public string? Authoritative { get; init; }
    /// <summary>Who made it, if that is to be told.</summary>
    public string? Translator { get; init; }

    [JsonIgnore]
    public DateOnly? Day => DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The source, where it is an address.</summary>
    [JsonIgnore]
    public Uri? SourceLink => Uri.TryCreate(Source, UriKind.Absolute, out var link) && link.Scheme is "https" or "http" ? link : null;

    public byte[] ToText() => JsonSerializer.SerializeToUtf8Bytes(this, Format);

    public static PostWords Parse(byte[] text) => JsonSerializer.Deserialize<PostWords>(text, Format)!;

    /// <summary>The same but for when it was written.</summary>
    public bool SaysTheSame(PostWords other) => (this with { Time = other.Time, Replaces = other.Replaces }).ToText().AsSpan().SequenceEqual(other.ToText());
}

/// <summary>
/// To whom, how and what was handed over. Beside the post's <c>date</c> it stands as
/// <c>"delivery":{"to":"The Minister","how":"in-person","at":"14:30","standing":604,"treeSize":702,"edition":2,"sha256":"9f86…","bytes":1203311}</c>
/// </summary>
public sealed record Delivery
{
    /// <summary>Ways with words of their own in every language; any other is in the maintainers' words.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["in-person", "post", "email"];

    public required string To { get; init; }
    public required string How { get; init; }
    public string? By { get; init; }
    /// <summary>Time of day, UTC.</summary>
    public string? At { get; init; }
    /// <summary>How many stood on the list that was handed over.</summary>
    public required int Standing { get; init; }
    /// <summary>The size of the record at which they stood.</summary>
    public required long TreeSize { get; init; }
    public int? Edition { get; init; }
    /// <summary>Of the very file, in hex; null where it was none of ours.</summary>
    public string? Sha256 { get; init; }
    public long? Bytes { get; init; }

    [JsonIgnore]
    public TimeOnly? Clock => TimeOnly.TryParseExact(At, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock) ? clock : null;
}

/// <summary>A post as every public answer sees it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Entry">Its entry in the log; also its address.</param>
/// <param name="TextHash">SHA-256 of its text, under which the log serves it.</param>
/// <param name="Words">What it says.</param>
/// <param name="At">When it was published.</param>
public sealed record PublishedPost(PostKind Kind, long Entry, byte[] TextHash, PostWords Words, DateTimeOffset At);
