using System.Buffers;
using System.Text;

namespace Undersigned.Log.Letters;

/// <summary>
/// One entry of a letter's log (signatory log, section 2): a public act with its counts, without personal data. A signature looks like this:
/// <code>{"v":1,"type":"sign","time":"2026-03-01T09:00:00Z","signatory":7,"revision":1,"record":"q83v…=","shown":"public","level":"email","standing":7,"withheld":0}</code>
/// </summary>
public sealed partial class Entry
{
    /// <summary>The largest entry, in bytes.</summary>
    public const int MaxBytes = 4096;

    /// <summary>The version of the format that this library reads and writes.</summary>
    public const int Version = 1;

    /// <summary>What the entry does; it decides which other members there are.</summary>
    public required EntryType Type { get; init; }

    /// <summary>When, as the maintainers say; whole seconds, UTC. Entries with equal time are one batch.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How many signatures stand after this entry.</summary>
    public required long Standing { get; init; }

    /// <summary>How many of those are shown without a name.</summary>
    public required long Withheld { get; init; }

    /// <summary>The letter's slug; of <c>open</c> alone.</summary>
    public string? Letter { get; init; }

    /// <summary>The least number of different withheld signatories in a batch, or null where no name can be withheld; of <c>open</c> alone.</summary>
    public long? WithheldBatch { get; init; }

    /// <summary>The revision that this entry publishes (<c>open</c>, <c>revise</c>) or that was signed (<c>sign</c>), counted from 1.</summary>
    public long? Revision { get; init; }

    /// <summary>SHA-256 of the text's bytes; of <c>open</c>, <c>revise</c>, <c>post</c> and <c>draw</c>.</summary>
    public Hash? Text { get; init; }

    /// <summary>SHA-256 of the bytes of the rules; of <c>open</c> and <c>revise</c>.</summary>
    public Hash? Rules { get; init; }

    /// <summary>The number of the signatory whom this is about, counted from 1.</summary>
    public long? Signatory { get; init; }

    /// <summary>The commitment to what is shown; of <c>sign</c> and <c>amend</c>.</summary>
    public Hash? Record { get; init; }

    /// <summary>The commitment to the identity that was verified; of a withheld <c>sign</c> alone.</summary>
    public Hash? Identity { get; init; }

    /// <summary>How the signatory was checked; <see cref="Level.Withheld"/> if and only if the name is withheld. Of <c>sign</c> and <c>amend</c>.</summary>
    public Level? Level { get; init; }

    /// <summary>Why; of <c>revise</c>, <c>amend</c>, <c>remove</c> and <c>reinstate</c>.</summary>
    public Reason? Reason { get; init; }

    /// <summary>The entry whose opening or text is destroyed; of <c>erase</c>.</summary>
    public long? Index { get; init; }

    /// <summary>What of it is destroyed; of <c>erase</c>.</summary>
    public Erased? What { get; init; }

    /// <summary>What was published; of <c>post</c>.</summary>
    public PostKind? Kind { get; init; }

    /// <summary>The published tree size from which the sample is drawn; of <c>draw</c>.</summary>
    public long? Size { get; init; }

    /// <summary>The root at <see cref="Size"/>; of <c>draw</c>.</summary>
    public Hash? Root { get; init; }

    /// <summary>How many are drawn; of <c>draw</c>.</summary>
    public long? Count { get; init; }

    /// <summary>Whether the entry itself says that the name is withheld; for <c>sign</c> and <c>amend</c>.</summary>
    public bool IsWithheld => Level == Letters.Level.Withheld;

    /// <summary>Compact JSON in the order of the specification's tables, 1 to 4,096 bytes: what the log appends. Parsing them gives this entry again.</summary>
    /// <exception cref="InvalidOperationException">A member that the type needs is missing, one it does not have is there, or a value is out of range.</exception>
    public byte[] Encode()
    {
        if (Members() != Demanded(Type, IsWithheld, WithheldBatch is not null))
            throw new InvalidOperationException($"an entry of type {Type.Code()} has other members");
        var json = new ArrayBufferWriter<byte>(512);
        json.Write("{\"v\":1"u8);
        Write(json, "type", Type.Code());
        Write(json, "time", EntryTime.Format(Time));
        WriteFurtherMembers(json);
        Write(json, "standing", Standing);
        Write(json, "withheld", Withheld);
        json.Write("}"u8);
        var bytes = json.WrittenSpan.ToArray();
        return bytes.Length <= MaxBytes ? bytes : throw new InvalidOperationException("an entry of more than 4,096 bytes");
    }

    private void WriteFurtherMembers(ArrayBufferWriter<byte> json)
    {
        if (Letter is not null && !Origin.IsSlug(Letter)) throw new InvalidOperationException("letter is not a slug");
        Write(json, "letter", Letter);
        Write(json, "signatory", Signatory);
        Write(json, "index", Index);
        Write(json, "what", What?.Code());
        Write(json, "kind", Kind?.Code());
        Write(json, "revision", Revision);
        Write(json, "size", Size);
        Write(json, "root", Root);
        Write(json, "count", Count);
        Write(json, "text", Text);
        Write(json, "rules", Rules);
        Write(json, "withheldBatch", WithheldBatch);
        Write(json, "record", Record);
        Write(json, "identity", Identity);
        if (Level is { } level) Write(json, "shown", level == Letters.Level.Withheld ? "withheld" : "public");
        Write(json, "level", Level?.Code());
        Write(json, "reason", Reason?.Code());
    }

    private static void Write(ArrayBufferWriter<byte> json, string name, string? value)
    {
        if (value is not null) json.Write(Encoding.ASCII.GetBytes($",\"{name}\":\"{value}\""));
    }

    private static void Write(ArrayBufferWriter<byte> json, string name, long? value)
    {
        if (value is null) return;
        if (value is < 0 or > StrictJson.MaxInteger) throw new InvalidOperationException($"{name} is out of range");
        json.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($",\"{name}\":{value}")));
    }

    private static void Write(ArrayBufferWriter<byte> json, string name, Hash? value) => Write(json, name, value?.ToBase64());
}
