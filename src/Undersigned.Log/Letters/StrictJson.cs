using System.Buffers;
using System.Text;

namespace Undersigned.Log.Letters;

/// <summary>Which control characters (U+0000 to U+001F) a string may hold, always escaped.</summary>
internal enum Controls
{
    None,
    LineFeedAndTab,
    Any,
}

/// <summary>
/// The strict subset of RFC 8259 that entries and records are written in (signatory log, sections 2 and 4), read member by member without a tree.
/// Names and strings come unescaped; whoever reads decides which members there are, so that nothing unknown is ever skipped.
/// </summary>
internal ref struct StrictJson
{
    internal const int MaxDepth = 8;
    internal const long MaxInteger = (1L << 53) - 1;

    private readonly ReadOnlySpan<byte> text;
    private readonly Controls controls;
    private int at;
    private int depth;
    private bool atFirst;

    internal StrictJson(ReadOnlySpan<byte> text, Controls controls)
    {
        if (!System.Text.Unicode.Utf8.IsValid(text)) throw Malformed("invalid UTF-8");
        if (text.IndexOfAny((byte)'\n', (byte)'\r') >= 0) throw Malformed("a line break");
        this.text = text;
        this.controls = controls;
    }

    /// <summary>The kind of the value that comes next: <c>{</c>, <c>[</c>, <c>"</c>, <c>0</c> for a number; anything else is refused.</summary>
    internal char Peek()
    {
        SkipBlanks();
        var c = at < text.Length ? text[at] : (byte)0;
        return c is (byte)'{' or (byte)'[' or (byte)'"' ? (char)c : char.IsAsciiDigit((char)c) ? '0' : throw Malformed("an unexpected value");
    }

    internal void BeginObject() => Begin((byte)'{');

    internal void BeginArray() => Begin((byte)'[');

    /// <summary>The next member's name; false at the end of the object.</summary>
    internal bool NextMember(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!Next((byte)'}')) return false;
        name = ReadString();
        Expect((byte)':');
        return true;
    }

    /// <summary>Whether another element follows; false at the end of the array.</summary>
    internal bool NextElement() => Next((byte)']');

    internal void End()
    {
        SkipBlanks();
        if (at != text.Length || depth != 0) throw Malformed("something after the end");
    }

    internal long ReadInteger()
    {
        SkipBlanks();
        var start = at;
        long value = 0;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            value = value * 10 + (text[at++] - '0');
            if (value > MaxInteger) throw Malformed("a number of 2^53 or more");
        }
        var digits = at - start;
        if (digits == 0 || (digits > 1 && text[start] == '0')) throw Malformed("a number that is not a plain integer");
        if (at < text.Length && text[at] is (byte)'.' or (byte)'e' or (byte)'E' or (byte)'-' or (byte)'+') throw Malformed("a number that is not a plain integer");
        return value;
    }

    internal ReadOnlySpan<byte> ReadString()
    {
        Expect((byte)'"');
        var rest = text[at..];
        var end = rest.IndexOfAny(StringEnds);
        if (end < 0) throw Malformed("a string without end");
        if (rest[end] != '"') return ReadEscaped(end);
        at += end + 1;
        return rest[..end];
    }

    internal string ReadText() => Encoding.UTF8.GetString(ReadString());

    private static readonly SearchValues<byte> StringEnds = SearchValues.Create([.. Enumerable.Range(0, 32).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    private ReadOnlySpan<byte> ReadEscaped(int plain)
    {
        var unescaped = new ArrayBufferWriter<byte>(text.Length - at);
        while (true)
        {
            unescaped.Write(text.Slice(at, plain));
            at += plain;
            var c = text[at++];
            if (c == '"') return unescaped.WrittenSpan;
            if (c != '\\') throw Malformed("a control character in a string");
            var rune = ReadEscape();
            if (rune.Value < 0x20 && !Allows(rune.Value)) throw Malformed("an escaped control character");
            var length = rune.EncodeToUtf8(unescaped.GetSpan(4));
            unescaped.Advance(length);
            plain = text[at..].IndexOfAny(StringEnds);
            if (plain < 0) throw Malformed("a string without end");
        }
    }

    private readonly bool Allows(int control) =>
        controls == Controls.Any || (controls == Controls.LineFeedAndTab && control is '\n' or '\t');

    private Rune ReadEscape()
    {
        if (at >= text.Length) throw Malformed("a string without end");
        switch (text[at++])
        {
            case (byte)'"': return new Rune('"');
            case (byte)'\\': return new Rune('\\');
            case (byte)'/': return new Rune('/');
            case (byte)'b': return new Rune('\b');
            case (byte)'f': return new Rune('\f');
            case (byte)'n': return new Rune('\n');
            case (byte)'r': return new Rune('\r');
            case (byte)'t': return new Rune('\t');
            case (byte)'u': return ReadCodePoint();
            default: throw Malformed("an unknown escape");
        }
    }

    private Rune ReadCodePoint()
    {
        var first = ReadFourHex();
        if (!char.IsSurrogate(first)) return new Rune(first);
        if (!char.IsHighSurrogate(first) || !text[at..].StartsWith("\\u"u8)) throw Malformed("an unpaired surrogate");
        at += 2;
        return Rune.TryCreate(first, ReadFourHex(), out var rune) ? rune : throw Malformed("an unpaired surrogate");
    }

    private char ReadFourHex()
    {
        if (text.Length - at < 4) throw Malformed("a string without end");
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var c = (char)text[at++];
            if (!char.IsAsciiHexDigit(c)) throw Malformed("an escape without four hex digits");
            value = value * 16 + Convert.ToInt32(char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        return (char)value;
    }

    private void Begin(byte bracket)
    {
        Expect(bracket);
        if (++depth > MaxDepth) throw Malformed("nesting deeper than 8");
        atFirst = true;
    }

    private bool Next(byte end)
    {
        SkipBlanks();
        var first = atFirst;
        atFirst = false;
        if (at < text.Length && text[at] == end)
        {
            at++;
            depth--;
            return false;
        }
        if (!first) Expect((byte)',');
        return true;
    }

    private void Expect(byte c)
    {
        SkipBlanks();
        if (at >= text.Length || text[at] != c) throw Malformed($"no '{(char)c}' where one is due");
        at++;
    }

    private void SkipBlanks()
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t') at++;
    }

    internal static LogFormatException Malformed(string what) => new($"not strict JSON: {what}");
}
