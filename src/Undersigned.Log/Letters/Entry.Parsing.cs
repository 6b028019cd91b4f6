using System.Text.Json;

namespace Undersigned.Log.Letters;

// The strict reading of an entry: every member once, none unknown, none missing, each in its form.
public sealed partial class Entry
{
    /// <summary>Parses an entry's bytes as they were served.</summary>
    /// <exception cref="LogFormatException">Anything that section 2 of the specification refuses in an entry taken alone.</exception>
    public static Entry Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length is < 1 or > MaxBytes) throw new LogFormatException("an entry is 1 to 4,096 bytes");
        var json = new StrictJson(bytes.Span, Controls.None);
        var read = default(Draft);
        json.BeginObject();
        while (json.NextMember(out var name)) read.Take(name, ref json);
        json.End();
        return read.ToEntry();
    }

    /// <summary>As <see cref="Parse"/>, but false instead of an exception.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        try
        {
            entry = Parse(bytes);
            return true;
        }
        catch (LogFormatException)
        {
            return false;
        }
    }

    /// <summary>The version that an <c>open</c> entry names, if it is a later one than this library knows (such a log may be right, and cannot be judged); else null.</summary>
    public static long? LaterVersion(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            if (!json.RootElement.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() != "open") return null;
            if (!json.RootElement.TryGetProperty("v", out var v) || v.ValueKind != JsonValueKind.Number) return null;
            return v.TryGetInt64(out var version) && version > Version ? version : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [Flags]
    private enum Member
    {
        None = 0,
        V = 1 << 0,
        Type = 1 << 1,
        Time = 1 << 2,
        Standing = 1 << 3,
        Withheld = 1 << 4,
        Letter = 1 << 5,
        Revision = 1 << 6,
        Text = 1 << 7,
        Rules = 1 << 8,
        WithheldBatch = 1 << 9,
        Signatory = 1 << 10,
        Record = 1 << 11,
        Shown = 1 << 12,
        Level = 1 << 13,
        Identity = 1 << 14,
        Reason = 1 << 15,
        Index = 1 << 16,
        What = 1 << 17,
        Kind = 1 << 18,
        Size = 1 << 19,
        Root = 1 << 20,
        Count = 1 << 21,
        Always = V | Type | Time | Standing | Withheld,
    }

    private static Member Demanded(EntryType type, bool withheld, bool withBatch) => Member.Always | type switch
    {
        EntryType.Open => Member.Letter | Member.Revision | Member.Text | Member.Rules | (withBatch ? Member.WithheldBatch : Member.None),
        EntryType.Revise => Member.Revision | Member.Text | Member.Rules | Member.Reason,
        EntryType.Sign => Member.Signatory | Member.Revision | Member.Record | Member.Shown | Member.Level | (withheld ? Member.Identity : Member.None),
        EntryType.Amend => Member.Signatory | Member.Record | Member.Shown | Member.Level | Member.Reason,
        EntryType.Withdraw => Member.Signatory,
        EntryType.Remove or EntryType.Reinstate => Member.Signatory | Member.Reason,
        EntryType.Erase => Member.Index | Member.What,
        EntryType.Post => Member.Kind | Member.Text,
        EntryType.Draw => Member.Size | Member.Root | Member.Count | Member.Text,
        _ => Member.None,
    };

    private Member Members() => Member.Always
        | If(Letter, Member.Letter) | If(Revision, Member.Revision) | If(Text, Member.Text) | If(Rules, Member.Rules)
        | If(WithheldBatch, Member.WithheldBatch) | If(Signatory, Member.Signatory) | If(Record, Member.Record)
        | If(Level, Member.Shown | Member.Level) | If(Identity, Member.Identity) | If(Reason, Member.Reason)
        | If(Index, Member.Index) | If(What, Member.What) | If(Kind, Member.Kind)
        | If(Size, Member.Size) | If(Root, Member.Root) | If(Count, Member.Count);

    private static Member If<T>(T value, Member member) => value is null ? Member.None : member;

    /// <summary>What has been read of an entry so far.</summary>
    private struct Draft
    {
        private Member seen;
        private EntryType type;
        private DateTimeOffset time;
        private bool withheldName;
        private Level level;
        private Reason reason;
        private PostKind kind;
        private Erased what;
        private string? letter;
        private long standing, withheld, revision, withheldBatch, signatory, index, size, count;
        private Hash text, rules, record, identity, root;

        internal void Take(ReadOnlySpan<byte> name, ref StrictJson json)
        {
            var member = Name(name);
            if ((seen & member) != 0) throw new LogFormatException("a member stands twice");
            seen |= member;
            switch (member)
            {
                case Member.V: if (json.ReadInteger() != Version) throw new LogFormatException("v is not 1"); break;
                case Member.Type: type = Codes.ReadType(json.ReadString()); break;
                case Member.Time: time = EntryTime.Parse(json.ReadString()); break;
                case Member.Standing: standing = json.ReadInteger(); break;
                case Member.Withheld: withheld = json.ReadInteger(); break;
                case Member.Letter: letter = json.ReadText(); break;
                case Member.Revision: revision = json.ReadInteger(); break;
                case Member.Text: text = Base64Hash.Parse(json.ReadString()); break;
                case Member.Rules: rules = Base64Hash.Parse(json.ReadString()); break;
                case Member.WithheldBatch: withheldBatch = json.ReadInteger(); break;
                case Member.Signatory: signatory = json.ReadInteger(); break;
                case Member.Record: record = Base64Hash.Parse(json.ReadString()); break;
                case Member.Shown: withheldName = ReadShown(json.ReadString()); break;
                case Member.Level: level = Codes.ReadLevel(json.ReadString()); break;
                case Member.Identity: identity = Base64Hash.Parse(json.ReadString()); break;
                case Member.Reason: reason = Codes.ReadReason(json.ReadString()); break;
                case Member.Index: index = json.ReadInteger(); break;
                case Member.What: what = Codes.ReadErased(json.ReadString()); break;
                case Member.Kind: kind = Codes.ReadKind(json.ReadString()); break;
                case Member.Size: size = json.ReadInteger(); break;
                case Member.Root: root = Base64Hash.Parse(json.ReadString()); break;
                case Member.Count: count = json.ReadInteger(); break;
            }
        }

        internal readonly Entry ToEntry()
        {
            if ((seen & Member.Type) == 0 || seen != Demanded(type, withheldName, Has(Member.WithheldBatch)))
                throw new LogFormatException("a member is missing, or one is not of this type");
            if (Has(Member.Shown) && withheldName != (level == Letters.Level.Withheld)) throw new LogFormatException("level is not of shown");
            if (Has(Member.WithheldBatch) && withheldBatch is < 5 or > 1000) throw new LogFormatException("withheldBatch is not 5 to 1,000");
            return new Entry
            {
                Type = type,
                Time = time,
                Standing = standing,
                Withheld = withheld,
                Letter = letter,
                Revision = Has(Member.Revision) ? revision : null,
                Text = Has(Member.Text) ? text : null,
                Rules = Has(Member.Rules) ? rules : null,
                WithheldBatch = Has(Member.WithheldBatch) ? withheldBatch : null,
                Signatory = Has(Member.Signatory) ? signatory : null,
                Record = Has(Member.Record) ? record : null,
                Level = Has(Member.Level) ? level : null,
                Identity = Has(Member.Identity) ? identity : null,
                Reason = Has(Member.Reason) ? reason : null,
                Index = Has(Member.Index) ? index : null,
                What = Has(Member.What) ? what : null,
                Kind = Has(Member.Kind) ? kind : null,
                Size = Has(Member.Size) ? size : null,
                Root = Has(Member.Root) ? root : null,
                Count = Has(Member.Count) ? count : null,
            };
        }

        private readonly bool Has(Member member) => (seen & member) != 0;

        private static bool ReadShown(ReadOnlySpan<byte> code) =>
            code.SequenceEqual("withheld"u8) || (code.SequenceEqual("public"u8) ? false : throw new LogFormatException("an unknown shown"));
    }

    private static Member Name(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("v"u8) => Member.V,
        _ when name.SequenceEqual("type"u8) => Member.Type,
        _ when name.SequenceEqual("time"u8) => Member.Time,
        _ when name.SequenceEqual("standing"u8) => Member.Standing,
        _ when name.SequenceEqual("withheld"u8) => Member.Withheld,
        _ when name.SequenceEqual("signatory"u8) => Member.Signatory,
        _ when name.SequenceEqual("revision"u8) => Member.Revision,
        _ when name.SequenceEqual("record"u8) => Member.Record,
        _ when name.SequenceEqual("shown"u8) => Member.Shown,
        _ when name.SequenceEqual("level"u8) => Member.Level,
        _ when name.SequenceEqual("identity"u8) => Member.Identity,
        _ when name.SequenceEqual("reason"u8) => Member.Reason,
        _ when name.SequenceEqual("index"u8) => Member.Index,
        _ when name.SequenceEqual("what"u8) => Member.What,
        _ when name.SequenceEqual("kind"u8) => Member.Kind,
        _ when name.SequenceEqual("text"u8) => Member.Text,
        _ when name.SequenceEqual("rules"u8) => Member.Rules,
        _ when name.SequenceEqual("letter"u8) => Member.Letter,
        _ when name.SequenceEqual("withheldBatch"u8) => Member.WithheldBatch,
        _ when name.SequenceEqual("size"u8) => Member.Size,
        _ when name.SequenceEqual("root"u8) => Member.Root,
        _ when name.SequenceEqual("count"u8) => Member.Count,
        _ => throw new LogFormatException("an unknown member"),
    };
}
