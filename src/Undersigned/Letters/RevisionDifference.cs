using Undersigned.Model;

namespace Undersigned.Letters;

/// <summary>What a correction changed, part by part of the letter.</summary>
/// <param name="Parts">Text key of the part (`part-title`, `part-to`, `part-text`, `part-demands`) with its difference; only those that differ.</param>
public sealed record RevisionDifference(IReadOnlyList<(string Key, WordDifference Words)> Parts)
{
    public bool IsNone => Parts.Count == 0;

    /// <summary>Words that went or came.</summary>
    public int Changed => Parts.Sum(p => p.Words.Changed);

    public static RevisionDifference Of(LetterWords before, LetterWords after) => new(
        [.. new[]
        {
            ("part-title", before.Title, after.Title),
            ("part-to", before.Addressees, after.Addressees),
            ("part-text", before.Body, after.Body),
            ("part-demands", string.Join('\n', before.Demands), string.Join('\n', after.Demands)),
        }.Where(p => p.Item2 != p.Item3).Select(p => (p.Item1, WordDifference.Of(p.Item2, p.Item3)))]);
}
