using Undersigned.Letters;

namespace Undersigned.Tests.Letters;

public sealed class WordDifferenceTests
{
    [Theory]
    [InlineData("the same", "the same", "", 0)]
    [InlineData("It fell in 1981.", "It fell in 1982.", "It fell in -1981-+1982+.", 2)]
    [InlineData("One.\n\nTwo is red.\n\nThree.", "One.\n\nTwo is green.\n\nThree.", "Two is -red-+green+.", 2)]
    [InlineData("We saw, and said.", "We saw and said.", "We saw-,- and said.", 0)]
    [InlineData("", "New", "+New+", 1)]
    [InlineData("Gone", "", "-Gone-", 1)]
    [InlineData("One paragraph. Another.", "One paragraph.\nAnother.", "One paragraph.- -+¶ +Another.", 0)]
    [InlineData("عام 1981 سقط", "عام 1982 سقط", "عام -1981-+1982+ سقط", 2)]
    public void Words_that_went_and_came_are_marked_in_their_paragraph(string before, string after, string marked, int changed)
    {
        var difference = WordDifference.Of(before, after);
        Assert.Equal(marked, string.Join('|', difference.Paragraphs.Select(p => string.Concat(p.Select(Mark)))));
        Assert.Equal(changed, difference.Changed);
    }

    [Fact]
    public void Both_texts_can_be_read_from_the_parts()
    {
        const string before = "Minister,\nthe weir at Lindenmoor fell in 1981. We were *there*.";
        const string after = "Minister,\nthe weir at Lindenmoor fell in the spring of 1982. We were there, all of us.";
        var parts = WordDifference.Of(before, after).Paragraphs.Single();
        Assert.Equal(before.Split('\n')[1], string.Concat(parts.Where(p => p.Kind != DifferenceKind.Inserted).Select(p => p.Text)));
        Assert.Equal(after.Split('\n')[1], string.Concat(parts.Where(p => p.Kind != DifferenceKind.Deleted).Select(p => p.Text)));
    }

    private static string Mark(DifferencePart part) => part.Kind switch { DifferenceKind.Deleted => $"-{part.Text}-", DifferenceKind.Inserted => $"+{part.Text}+", _ => part.Text };
}
