namespace Undersigned.Log.Letters;

// The strict reading of a record: of a public one a name and what goes with it, of a withheld one a group at most.
public sealed partial class Record
{
    /// <summary>Parses the exact text that was committed to.</summary>
    /// <param name="text">The text's bytes.</param>
    /// <param name="withheld">Whether the entry says that the name is withheld, which decides what members there can be.</param>
    /// <exception cref="LogFormatException">Anything that section 4 of the specification refuses.</exception>
    public static Record Parse(ReadOnlyMemory<byte> text, bool withheld)
    {
        var json = new StrictJson(text.Span, Controls.LineFeedAndTab);
        json.BeginObject();
        var record = withheld ? ParseWithheld(ref json) : ParsePublic(ref json);
        json.End();
        return record;
    }

    private static Record ParseWithheld(ref StrictJson json)
    {
        string? group = null;
        while (json.NextMember(out var name))
        {
            if (!name.SequenceEqual("group"u8)) throw new LogFormatException("an unknown member of a withheld record");
            if (group is not null) throw Twice();
            group = ReadFilled(ref json);
        }
        return new Record { Group = group };
    }

    private static Record ParsePublic(ref StrictJson json)
    {
        string? name = null, position = null, organization = null, location = null, comment = null;
        List<YearSpan>? years = null;
        List<RecordField>? fields = null;
        while (json.NextMember(out var member))
        {
            if (member.SequenceEqual("name"u8)) Once(ref name, ref json);
            else if (member.SequenceEqual("position"u8)) Once(ref position, ref json);
            else if (member.SequenceEqual("organization"u8)) Once(ref organization, ref json);
            else if (member.SequenceEqual("location"u8)) Once(ref location, ref json);
            else if (member.SequenceEqual("comment"u8)) Once(ref comment, ref json);
            else if (member.SequenceEqual("years"u8)) years = years is null ? ReadYears(ref json) : throw Twice();
            else if (member.SequenceEqual("fields"u8)) fields = fields is null ? ReadFields(ref json) : throw Twice();
            else throw new LogFormatException("an unknown member of a record");
        }
        return new Record
        {
            Name = name ?? throw new LogFormatException("a record without name"),
            Position = position,
            Organization = organization,
            Years = years ?? [],
            Location = location,
            Comment = comment,
            Fields = fields ?? [],
        };
    }

    private static void Once(ref string? member, ref StrictJson json) => member = member is null ? ReadFilled(ref json) : throw Twice();

    private static string ReadFilled(ref StrictJson json) => json.ReadText() is { Length: > 0 } text ? text : throw new LogFormatException("an empty value in a record");

    private static List<YearSpan> ReadYears(ref StrictJson json)
    {
        var years = new List<YearSpan>();
        json.BeginArray();
        while (json.NextElement()) years.Add(ReadYearSpan(ref json));
        return years.Count > 0 ? years : throw new LogFormatException("an empty value in a record");
    }

    private static YearSpan ReadYearSpan(ref StrictJson json)
    {
        int? from = null, to = null;
        json.BeginObject();
        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("from"u8)) from = from is null ? ReadYear(ref json) : throw Twice();
            else if (name.SequenceEqual("to"u8)) to = to is null ? ReadYear(ref json) : throw Twice();
            else throw new LogFormatException("an unknown member of years");
        }
        if (from is not { } first || to < first) throw new LogFormatException("years that do not begin, or end before they begin");
        return new YearSpan(first, to);
    }

    private static int ReadYear(ref StrictJson json) =>
        json.ReadInteger() is >= 1000 and <= 9999 and var year ? (int)year : throw new LogFormatException("a year that is not 1000 to 9999");

    private static List<RecordField> ReadFields(ref StrictJson json)
    {
        var fields = new List<RecordField>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        json.BeginObject();
        while (json.NextMember(out var name))
        {
            var key = System.Text.Encoding.UTF8.GetString(name);
            if (key.Length == 0) throw new LogFormatException("an empty key in fields");
            if (!keys.Add(key)) throw Twice();
            fields.Add(new RecordField(key, ReadFilled(ref json)));
        }
        return fields.Count > 0 ? fields : throw new LogFormatException("an empty value in a record");
    }

    private static LogFormatException Twice() => new("a member stands twice");
}
