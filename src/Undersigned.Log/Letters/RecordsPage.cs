using System.Globalization;
using System.Text;

namespace Undersigned.Log.Letters;

/// <summary>The opening of one commitment: what makes a record checkable.</summary>
/// <param name="Index">The entry, a <c>sign</c> or an <c>amend</c>.</param>
/// <param name="Salt">The 32 random bytes.</param>
/// <param name="Record">The exact text that was committed to.</param>
public sealed record Opening(long Index, ReadOnlyMemory<byte> Salt, string Record);

/// <summary>
/// <c>records/N</c>: the openings of one entry bundle, as they are to be shown at one tree size (signatory log, section 4). JSON Lines:
/// <code>
/// {"size":1210}
/// {"index":1207,"salt":"q83v…=","record":"{\"name\":\"Ada Okafor\"}"}
/// </code>
/// </summary>
/// <param name="Size">The published tree size at which this is to be shown.</param>
/// <param name="Openings">The openings, by rising index; each of the bundle.</param>
public sealed record RecordsPage(long Size, IReadOnlyList<Opening> Openings)
{
    /// <summary>The largest line, without its line feed, in bytes.</summary>
    public const int MaxLineBytes = 16384;

    /// <summary>The largest page, in bytes: a first line and one for each of the 256 entries of a bundle.</summary>
    public const int MaxBytes = (1 + EntriesInBundle) * (MaxLineBytes + 1);

    private const int EntriesInBundle = 256;

    /// <summary>The path relative to the log, numbered like the bundle's own: <c>records/000</c>, <c>records/x001/234</c>.</summary>
    public static string PathOf(long bundle) => $"records/{TilePath.Format(bundle, Tile.FullWidth)}";

    /// <summary>The page's bytes.</summary>
    /// <exception cref="LogFormatException">Indices do not rise, or an opening is too large for a line.</exception>
    public byte[] Encode()
    {
        var lines = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{{\"size\":{Size}}}\n");
        long before = -1;
        foreach (var opening in Openings)
        {
            if (opening.Index <= before) throw new LogFormatException("indices that do not rise");
            before = opening.Index;
            lines.Append(Line(opening)).Append('\n');
        }
        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    /// <summary>One opening's line, without its line feed; what a server may keep ready.</summary>
    /// <exception cref="LogFormatException">The opening is too large for a line.</exception>
    public static string Line(Opening opening)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"index\":{opening.Index},\"salt\":\"{Convert.ToBase64String(opening.Salt.Span)}\",\"record\":{JsonText.Quote(opening.Record)}}}");
        return Encoding.UTF8.GetByteCount(line) <= MaxLineBytes ? line : throw new LogFormatException("an opening of more than 16,384 bytes");
    }

    /// <summary>Parses a page.</summary>
    /// <param name="bundle">The number N of the bundle, whose entries are 256·N to 256·N + 255.</param>
    /// <param name="bytes">The page as it was served.</param>
    /// <exception cref="LogFormatException">Anything that is not of the form; the records themselves are not looked into.</exception>
    public static RecordsPage Parse(long bundle, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxBytes) throw new LogFormatException("a page that is too large");
        var at = 0;
        var size = ParseSize(NextLine(bytes, ref at).Span);
        var openings = new List<Opening>();
        var least = bundle * EntriesInBundle;
        while (at < bytes.Length)
        {
            var opening = ParseLine(NextLine(bytes, ref at).Span);
            if (opening.Index < least || opening.Index >= (bundle + 1) * EntriesInBundle) throw new LogFormatException("an index that does not rise, or is of another bundle");
            least = opening.Index + 1;
            openings.Add(opening);
        }
        return new RecordsPage(size, openings);
    }

    private static ReadOnlyMemory<byte> NextLine(ReadOnlyMemory<byte> bytes, ref int at)
    {
        var length = bytes.Span[at..].IndexOf((byte)'\n');
        if (length is < 1 or > MaxLineBytes) throw new LogFormatException("a line that is empty, too long or without its end");
        var line = bytes.Slice(at, length);
        at += length + 1;
        return line;
    }

    private static long ParseSize(ReadOnlySpan<byte> line)
    {
        var json = new StrictJson(line, Controls.None);
        long? size = null;
        json.BeginObject();
        while (json.NextMember(out var name))
            size = name.SequenceEqual("size"u8) && size is null ? json.ReadInteger() : throw new LogFormatException("a first line that is not the size alone");
        json.End();
        return size ?? throw new LogFormatException("a first line without size");
    }

    private static Opening ParseLine(ReadOnlySpan<byte> line)
    {
        var json = new StrictJson(line, Controls.Any);
        long? index = null;
        byte[]? salt = null;
        string? record = null;
        json.BeginObject();
        while (json.NextMember(out var name))
        {
            if (name.SequenceEqual("index"u8) && index is null) index = json.ReadInteger();
            else if (name.SequenceEqual("salt"u8) && salt is null) Base64Hash.Decode(json.ReadString(), salt = new byte[Commitment.SaltBytes]);
            else if (name.SequenceEqual("record"u8) && record is null) record = json.ReadText();
            else throw new LogFormatException("an unknown member of an opening, or one that stands twice");
        }
        json.End();
        if (index is null || salt is null || record is null) throw new LogFormatException("an opening without index, salt or record");
        return new Opening(index.Value, salt, record);
    }
}
