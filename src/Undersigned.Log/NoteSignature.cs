using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Undersigned.Log;

/// <summary>
/// One signature of a note, as in c2sp.org/signed-note: <c>— NAME BASE64</c>, BASE64 being the four bytes of the key id and
/// the signature's bytes.
/// </summary>
/// <param name="Name">The name of the key.</param>
/// <param name="KeyId">The id of the key.</param>
/// <param name="Bytes">The signature; of a cosignature, eight bytes of big-endian Unix time and then the signature.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    private const string Prefix = "\u2014 ";

    /// <summary>The line with its final line feed, as it stands in a note or in a witness's answer.</summary>
    public string Line
    {
        get
        {
            var blob = new byte[sizeof(uint) + Bytes.Length];
            BinaryPrimitives.WriteUInt32BigEndian(blob, KeyId);
            Bytes.Span.CopyTo(blob.AsSpan(sizeof(uint)));
            return $"{Prefix}{Name} {Convert.ToBase64String(blob)}\n";
        }
    }

    /// <summary>The signatures in one or more lines, such as a witness answers with.</summary>
    /// <exception cref="LogFormatException">There is none, or there are more than 100 or 64 KiB, or a line is malformed.</exception>
    public static IReadOnlyList<NoteSignature> ParseLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > SignedNote.MaxBytes || !text.EndsWith('\n')) throw new LogFormatException("Signature lines are too long, or end without a line feed.");
        var lines = text[..^1].Split('\n', SignedNote.MaxSignatures + 1);
        if (lines.Length > SignedNote.MaxSignatures) throw new LogFormatException("There are more than 100 signature lines.");
        return [.. lines.Select(line => TryParse(line, out var signature) ? signature : throw new LogFormatException("A signature line is malformed."))];
    }

    // Of a line without its line feed.
    private static bool TryParse(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var space = line.IndexOf(' ', Prefix.Length);
        if (space < 0 || line[Prefix.Length..space] is var name && !VerifierKey.IsName(name)) return false;
        if (!Base64.TryDecode(line.AsSpan(space + 1), out var blob) || blob.Length <= sizeof(uint)) return false;
        signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(blob), blob.AsMemory(sizeof(uint)));
        return true;
    }

    /// <summary>Equal in name, key id and bytes.</summary>
    public bool Equals(NoteSignature? other) =>
        other is not null && KeyId == other.KeyId && Name == other.Name && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)KeyId;

    /// <summary>The line without its line feed.</summary>
    public override string ToString() => Line[..^1];
}
