using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Undersigned.Log;

/// <summary>
/// The head of a tree, as in c2sp.org/tlog-checkpoint, without extension lines. Its text looks like this:
/// <code>
/// petition.example/letters/waterways/log
/// 5
/// NBUVmC1lDiNSDb1U1/zwr6G3DMOhakEdRk3JwayWwwE=
/// </code>
/// </summary>
/// <param name="Origin">The name of the log.</param>
/// <param name="Size">The number of entries.</param>
/// <param name="Root">The root over them.</param>
public sealed record Checkpoint(string Origin, long Size, Hash Root)
{
    /// <summary>The three lines, each ended by a line feed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n");

    /// <summary>Reads the text of a checkpoint's note, exactly three lines.</summary>
    /// <exception cref="LogFormatException">It is malformed, or has extension lines.</exception>
    public static Checkpoint Parse(string text) =>
        TryParse(text, out var checkpoint) ? checkpoint : throw new LogFormatException("This is not the text of a checkpoint: three lines with origin, size and root.");

    /// <summary>Reads the text of a checkpoint's note, exactly three lines.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (text?.Split('\n', 5) is not [{ Length: > 0 } origin, var size, var root, ""] || !SignedNote.IsText(text)) return false;
        if (!DecimalNumber.TryParse(size, long.MaxValue, out var count) || !Hash.TryParseBase64(root, out var hash)) return false;
        checkpoint = new Checkpoint(origin, count, hash);
        return true;
    }

    /// <summary>The checkpoint in a note, if the log signed it: its origin is the key's name, and the key's signature verifies.</summary>
    /// <exception cref="LogFormatException">The note's text is no checkpoint.</exception>
    /// <exception cref="LogVerificationException">It is of another origin, is not signed by the key, or a signature of the key fails.</exception>
    public static Checkpoint Open(SignedNote note, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(key);
        var checkpoint = Parse(note.Text);
        if (checkpoint.Origin != key.Name) throw new LogVerificationException("checkpoint", $"origin {key.Name}", $"origin {checkpoint.Origin}");
        var verification = note.Verify(key);
        if (verification.Failing.Count > 0) throw new LogVerificationException("checkpoint", $"a valid signature by {key}", "a signature that does not verify");
        if (!verification.Holds) throw new LogVerificationException("checkpoint", $"a signature by {key}", "none");
        return checkpoint;
    }

    /// <summary>Reads a note and opens it.</summary>
    /// <exception cref="LogFormatException">It is no note, or its text is no checkpoint.</exception>
    /// <exception cref="LogVerificationException">It is of another origin, is not signed by the key, or a signature of the key fails.</exception>
    public static Checkpoint Open(string note, VerifierKey key) => Open(SignedNote.Parse(note), key);
}
