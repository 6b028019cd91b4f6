using System.Text.RegularExpressions;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Undersigned.Letters;

public enum DifferenceKind { Same, Deleted, Inserted }

/// <summary>Words one after the other that stayed, went or came.</summary>
public sealed record DifferencePart(DifferenceKind Kind, string Text);

/// <summary>Two texts word by word, for readers: the paragraphs in which something differs, the others left out.</summary>
/// <param name="Paragraphs">Each paragraph that differs, as parts.</param>
/// <param name="Changed">Words that went or came.</param>
public sealed partial record WordDifference(IReadOnlyList<IReadOnlyList<DifferencePart>> Paragraphs, int Changed)
{
    private static readonly CustomFunctionChunker Words = new(text => [.. Word().Matches(text).Select(m => m.Value)]);

    public static WordDifference Of(string before, string after)
    {
        var paragraphs = new List<IReadOnlyList<DifferencePart>>();
        var paragraph = new List<DifferencePart>();
        var changed = 0;
        foreach (var piece in InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false, ignoreCase: false, Words).Lines)
        {
            var kind = piece.Type switch { ChangeType.Deleted => DifferenceKind.Deleted, ChangeType.Inserted => DifferenceKind.Inserted, _ => DifferenceKind.Same };
            if (kind != DifferenceKind.Same && piece.Text.Any(char.IsLetterOrDigit))
                changed++;
            if (piece.Text != "\n")
                paragraph.Add(new(kind, piece.Text));
            else if (kind == DifferenceKind.Same)
                End();
            else
                paragraph.Add(new(kind, "¶ "));
        }
        End();
        return new WordDifference(paragraphs, changed);

        void End()
        {
            if (paragraph.Any(p => p.Kind != DifferenceKind.Same))
                paragraphs.Add(Joined(paragraph));
            paragraph.Clear();
        }
    }

    // Each mark of punctuation stands apart from its word, so that a comma is no other word; nothing of the text is left out.
    [GeneratedRegex(@"\n|[^\S\n]+|[\w'’-]+|[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\w\s]")]
    private static partial Regex Word();

    private static List<DifferencePart> Joined(List<DifferencePart> pieces)
    {
        var joined = new List<DifferencePart>();
        foreach (var piece in pieces)
        {
            if (joined.Count > 0 && joined[^1].Kind == piece.Kind)
                joined[^1] = new(piece.Kind, joined[^1].Text + piece.Text);
            else
                joined.Add(piece);
        }
        return joined;
    }
}
