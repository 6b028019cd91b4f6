using System.Globalization;
using System.Text;

namespace Undersigned.Log;

/// <summary>
/// A proof file as in c2sp.org/tlog-proof: an entry's index, the inclusion proof, and the checkpoint's note with its
/// cosignatures. It is checked offline, and looks like this:
/// <code>
/// c2sp.org/tlog-proof@v1
/// extra c2FsdCtyZWNvcmQgZ28gaGVyZQ==
/// index 3
/// qze6NNHf4pAV3nF6bVdkqPsCnDp6D1tkuTtUNRiFv3w=
/// /F9riP+FVPdbsvnm85wxsZNtRLaSdu33sSBalVuXYeM=
///
/// petition.example/letters/waterways/log
/// …
/// </code>
/// </summary>
/// <param name="Extra">What else the application put in, which nothing authenticates; null where there is no such line.</param>
/// <param name="Index">The entry's index, from 0.</param>
/// <param name="Hashes">The inclusion proof, the leaf's sibling first; at most 63.</param>
/// <param name="Checkpoint">The checkpoint's note.</param>
public sealed record TlogProof(ReadOnlyMemory<byte>? Extra, long Index, IReadOnlyList<Hash> Hashes, SignedNote Checkpoint)
{
    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const int MaxLineBytes = 64 * 1024;
    private const int MaxHashes = 63;

    // Two long lines at most, of which the second is the note.
    private const int MaxBytes = MaxLineBytes + (MaxHashes + 3) * 64 + SignedNote.MaxBytes;

    /// <summary>Reads the bytes of a proof file.</summary>
    /// <exception cref="LogFormatException">They are none, or beyond the limits: 64 KiB for a line and for the note.</exception>
    public static TlogProof Parse(ReadOnlySpan<byte> bytes) =>
        bytes.Length > MaxBytes ? throw TooLong() : Parse(Utf8.Decode(bytes));

    /// <summary>Reads a proof file.</summary>
    /// <exception cref="LogFormatException">It is none, or beyond the limits: 64 KiB for a line and for the note.</exception>
    public static TlogProof Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxBytes) throw TooLong();
        // The head has no empty line, so the first one is where the note begins.
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) throw Malformed();
        var lines = new Queue<string>(text[..end].Split('\n', MaxHashes + 4));
        if (lines.Any(line => line.Length > MaxLineBytes)) throw TooLong();
        if (!lines.TryDequeue(out var first) || first != FirstLine) throw Malformed();
        var extra = Value(lines, "extra ") is { } base64 ? ParseExtra(base64) : null;
        if (!DecimalNumber.TryParse(Value(lines, "index "), long.MaxValue, out var index)) throw Malformed();
        if (lines.Count > MaxHashes) throw TooLong();
        return new TlogProof(extra, index, [.. lines.Select(ParseHash)], SignedNote.Parse(text[(end + 2)..]));
    }

    private static string? Value(Queue<string> lines, string label) =>
        lines.TryPeek(out var line) && line.StartsWith(label, StringComparison.Ordinal) ? lines.Dequeue()[label.Length..] : null;

    private static ReadOnlyMemory<byte>? ParseExtra(string base64) => Base64.TryDecode(base64, out var bytes) ? bytes : throw Malformed();

    private static Hash ParseHash(string line) => Hash.TryParseBase64(line, out var hash) ? hash : throw Malformed();

    private static LogFormatException Malformed() => new("This is not a c2sp.org/tlog-proof@v1.");

    private static LogFormatException TooLong() => new("A tlog-proof has at most 63 hashes, and 64 KiB in a line and in its note.");

    /// <summary>Checks the log's signature and the entry's inclusion, and gives the checkpoint. Cosignatures are for a <see cref="TlogPolicy"/>.</summary>
    /// <param name="leaf">The leaf hash of the entry that is to be in the log.</param>
    /// <param name="key">The log's key.</param>
    /// <exception cref="LogFormatException">The note's text is no checkpoint.</exception>
    /// <exception cref="LogVerificationException">The signature or the inclusion proof does not verify.</exception>
    public Checkpoint Verify(Hash leaf, VerifierKey key)
    {
        var checkpoint = Undersigned.Log.Checkpoint.Open(Checkpoint, key);
        if (!Proofs.VerifyInclusion(Index, checkpoint.Size, leaf, [.. Hashes], checkpoint.Root))
            throw new LogVerificationException(string.Create(CultureInfo.InvariantCulture, $"entry {Index}"), "an entry of the tree of the checkpoint", "a proof that does not lead to its root");
        return checkpoint;
    }

    /// <summary>The whole file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        if (Extra is { } extra) text.Append("extra ").Append(Convert.ToBase64String(extra.Span)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (var hash in Hashes) text.Append(hash.ToBase64()).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }
}
