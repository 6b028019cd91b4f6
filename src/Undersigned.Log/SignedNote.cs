using System.Text;

namespace Undersigned.Log;

/// <summary>
/// A note as in c2sp.org/signed-note: a text, an empty line, and a line for each signature. It looks like this:
/// <code>
/// This is an example message.
///
/// — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
/// </code>
/// At most 100 signatures and 64 KiB.
/// </summary>
public sealed record SignedNote
{
    internal const int MaxBytes = 64 * 1024;
    internal const int MaxSignatures = 100;

    private readonly NoteSignature[] _signatures;

    private SignedNote(string text, NoteSignature[] signatures) => (Text, _signatures) = (text, signatures);

    /// <summary>The text that is signed, with its final line feed and without the empty line.</summary>
    public string Text { get; }

    /// <summary>The signatures in the order of their lines, of known and unknown keys.</summary>
    public IReadOnlyList<NoteSignature> Signatures => _signatures;

    /// <summary>Reads the bytes of a note.</summary>
    /// <exception cref="LogFormatException">It is no note, or beyond the limits.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes) =>
        bytes.Length > MaxBytes ? throw new LogFormatException("A note is at most 64 KiB.") : Parse(Utf8.Decode(bytes));

    /// <summary>Reads a note.</summary>
    /// <exception cref="LogFormatException">It is no note, or beyond the limits.</exception>
    public static SignedNote Parse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        // The last empty line divides; the text may have empty lines of its own.
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal) + 1;
        if (end == 0) throw new LogFormatException("A note has an empty line between its text and its signatures.");
        if (!IsText(note.AsSpan(0, end))) throw new LogFormatException("A note holds no control character and no broken UTF-8.");
        return Of(note[..end], NoteSignature.ParseLines(note[(end + 1)..]));
    }

    /// <summary>A note of this text, which ends in a line feed, with these signatures, which are not checked.</summary>
    /// <exception cref="LogFormatException">It would be no note, or beyond the limits.</exception>
    public static SignedNote Of(string text, IEnumerable<NoteSignature> signatures)
    {
        if (!IsText(text)) throw new LogFormatException("The text of a note ends in a line feed and holds no control character.");
        var note = new SignedNote(text, [.. signatures]);
        if (note._signatures.Length is 0 or > MaxSignatures) throw new LogFormatException("A note has 1 to 100 signatures.");
        if (Encoding.UTF8.GetByteCount(note.ToString()) > MaxBytes) throw new LogFormatException("A note is at most 64 KiB.");
        return note;
    }

    /// <summary>The same note with further signatures after its own, such as those of witnesses.</summary>
    /// <exception cref="LogFormatException">It would be beyond the limits.</exception>
    public SignedNote With(IEnumerable<NoteSignature> signatures) => Of(Text, [.. _signatures, .. signatures]);

    /// <summary>
    /// Checks every signature that bears the name and the key id of a known key. Those of unknown keys say nothing, and nothing
    /// is held against them.
    /// </summary>
    public NoteVerification Verify(params IEnumerable<VerifierKey> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var signers = new List<VerifierKey>();
        var failing = new List<NoteSignature>();
        foreach (var key in known.Distinct())
        {
            var claimed = Array.FindAll(_signatures, signature => signature.KeyId == key.KeyId && signature.Name == key.Name);
            var broken = Array.FindAll(claimed, signature => !key.Verifies(Text, signature));
            failing.AddRange(broken);
            if (claimed.Length > broken.Length) signers.Add(key);
        }
        return new NoteVerification(signers, failing);
    }

    /// <summary>The whole note.</summary>
    public override string ToString() => Text + "\n" + string.Concat(_signatures.Select(signature => signature.Line));

    /// <summary>The bytes of the whole note.</summary>
    public byte[] ToArray() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>Equal in text and signatures.</summary>
    public bool Equals(SignedNote? other) => other is not null && Text == other.Text && _signatures.SequenceEqual(other._signatures);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, _signatures.Length);

    internal static bool IsText(ReadOnlySpan<char> text) =>
        text.EndsWith("\n") && Utf8.IsWellFormed(text) && !HasControl(text);

    private static bool HasControl(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c < ' ' && c != '\n') return true;
        }
        return false;
    }
}

/// <summary>What came of checking a note's signatures against known keys.</summary>
/// <param name="Signers">The known keys with a signature that verifies.</param>
/// <param name="Failing">Signatures under the name and id of a known key that do not verify.</param>
public sealed record NoteVerification(IReadOnlyList<VerifierKey> Signers, IReadOnlyList<NoteSignature> Failing)
{
    /// <summary>Whether a known key signed and no signature of a known key fails: only then is the note to be believed.</summary>
    public bool Holds => Signers.Count > 0 && Failing.Count == 0;
}
