using System.Text;

namespace Undersigned.Log.Letters;

/// <summary>Years in an office: <c>{"from":1994,"to":2003}</c>, without <c>to</c> if it goes on.</summary>
/// <param name="From">The first year, 1000 to 9999.</param>
/// <param name="To">The last year, not before the first, or null.</param>
public readonly record struct YearSpan(int From, int? To);

/// <summary>One more thing that the letter asks for, by its key.</summary>
/// <param name="Key">Not empty, and once in a record.</param>
/// <param name="Value">Not empty.</param>
public readonly record struct RecordField(string Key, string Value);

/// <summary>
/// What is shown of a signatory (signatory log, section 4): personal data, which stands outside the log and is committed to in it. A public one looks like this:
/// <code>{"name":"Ada Okafor","position":"Professor","years":[{"from":1994,"to":2003}],"fields":{"field":"hydrology"}}</code>
/// and a withheld one like this: <code>{"group":"staff"}</code>
/// </summary>
public sealed partial class Record
{
    private Record()
    {
    }

    /// <summary>Whether this is the record of a withheld name, which has a <see cref="Group"/> at most.</summary>
    public bool IsWithheld => Name is null;

    /// <summary>The name; null if and only if it is withheld.</summary>
    public string? Name { get; private init; }

    /// <summary>The position or office.</summary>
    public string? Position { get; private init; }

    /// <summary>The organization.</summary>
    public string? Organization { get; private init; }

    /// <summary>The years in it, in the order given; empty where none were given.</summary>
    public IReadOnlyList<YearSpan> Years { get; private init; } = [];

    /// <summary>The place.</summary>
    public string? Location { get; private init; }

    /// <summary>What the signatory said beside their name.</summary>
    public string? Comment { get; private init; }

    /// <summary>What else the letter asks, in the order given; empty where nothing.</summary>
    public IReadOnlyList<RecordField> Fields { get; private init; } = [];

    /// <summary>Of a withheld name, the id of one of the groups that the rules name, or null.</summary>
    public string? Group { get; private init; }

    /// <summary>The record of a named signatory.</summary>
    /// <exception cref="LogFormatException">A string is empty (not null), holds a control character or is not well-formed, a year is out of range, or a key stands twice.</exception>
    public static Record Public(
        string name, string? position = null, string? organization = null, IReadOnlyList<YearSpan>? years = null,
        string? location = null, string? comment = null, IReadOnlyList<RecordField>? fields = null)
    {
        var record = new Record
        {
            Name = name,
            Position = position,
            Organization = organization,
            Years = years ?? [],
            Location = location,
            Comment = comment,
            Fields = fields ?? [],
        };
        return Parse(record.Encode(), withheld: false);
    }

    /// <summary>The record of a signatory whose name is withheld.</summary>
    /// <param name="group">The id of a group of the rules, or null.</param>
    /// <exception cref="LogFormatException">The group is empty, or holds a control character.</exception>
    public static Record OfWithheld(string? group) => Parse(new Record { Group = group }.Encode(), withheld: true);

    /// <summary>The text that is committed to and published: compact JSON, UTF-8, members in the order above, nothing escaped that need not be.</summary>
    public byte[] Encode()
    {
        var json = new StringBuilder("{");
        Append(json, "name", Name);
        Append(json, "position", Position);
        Append(json, "organization", Organization);
        if (Years.Count > 0) AppendYears(json);
        Append(json, "location", Location);
        Append(json, "comment", Comment);
        if (Fields.Count > 0) AppendFields(json);
        Append(json, "group", Group);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(json.Append('}').ToString());
        }
        catch (EncoderFallbackException)
        {
            throw new LogFormatException("a string with an unpaired surrogate");
        }
    }

    private static void Append(StringBuilder json, string name, string? value)
    {
        if (value is null) return;
        Comma(json).Append('"').Append(name).Append("\":");
        JsonText.Quote(json, value);
    }

    private void AppendYears(StringBuilder json)
    {
        Comma(json).Append("\"years\":[");
        foreach (var (from, to) in Years)
        {
            if (json[^1] == '}') json.Append(',');
            json.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"from\":{from}");
            if (to is not null) json.Append(System.Globalization.CultureInfo.InvariantCulture, $",\"to\":{to}");
            json.Append('}');
        }
        json.Append(']');
    }

    private void AppendFields(StringBuilder json)
    {
        Comma(json).Append("\"fields\":{");
        foreach (var (key, value) in Fields)
        {
            Comma(json);
            JsonText.Quote(json, key);
            json.Append(':');
            JsonText.Quote(json, value);
        }
        json.Append('}');
    }

    private static StringBuilder Comma(StringBuilder json) => json[^1] == '{' ? json : json.Append(',');
}
