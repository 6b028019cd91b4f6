using System.Text;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier.Tests;

public sealed class CsvPageTests
{
    private const string Head = "signatory,name,level,time,treeSize,root,standing,withheld,edition,complete\r\n";
    private const string Of = "2026-03-01T09:00:00Z,6,ab455bee6671d614,5,1,,true\r\n";

    private static PageAnswer Read(string text) => PageAnswer.Parse("list.csv", Encoding.UTF8.GetBytes("\uFEFF" + text));

    [Fact]
    public void An_export_says_of_which_list_it_is_and_names_are_read_as_they_were()
    {
        var page = Read(Head + "1,\"'=HYPERLINK(\"\"x\"\", 1)\",email," + Of + "2,'quoted,email," + Of + "3,''=1,email," + Of + "4,\"Lock\nwood\",email," + Of + ",Name withheld,withheld," + Of);
        Assert.Equal([new(1, "=HYPERLINK(\"x\", 1)"), new(2, "'quoted"), new(3, "'=1"), new(4, "Lock\nwood")], page.Lines);
        Assert.Equal((6L, "ab455bee6671d614", 5L, 1L, 1, true), (page.TreeSize, page.Root, page.Standing, page.Withheld, page.Nameless, page.IsComplete));
    }

    [Theory]
    [InlineData(Head)]
    [InlineData("signatory,name,level\r\n1,Ada,email\r\n")]
    [InlineData(Head + "1,Ada,email," + Of + "2,Bo,email,2026-03-01T09:00:00Z,7,ab455bee6671d614,5,1,,true\r\n")]
    [InlineData(Head + "1,Ada,email\r\n")]
    [InlineData(Head + "1,\"Ada,email," + Of)]
    [InlineData(Head + ",Ada,email," + Of)]
    [InlineData(Head + "one,Ada,email," + Of)]
    [InlineData(Head + "1,Ada,email,yesterday,6,ab455bee6671d614,5,1,,true\r\n")]
    public void What_is_no_export_is_refused(string text) => Assert.Throws<LogFormatException>(() => Read(text));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("'=1+1", "''=1+1")]
    [InlineData(" \u00a0@SUM(A1)", "' \u00a0@SUM(A1)")]
    [InlineData("＋1", "'＋1")]
    [InlineData("'Ada", "'Ada")]
    [InlineData("Ada = Bo", "Ada = Bo")]
    [InlineData("", "")]
    public void A_formula_is_written_as_text_and_read_as_it_was(string text, string cell)
    {
        Assert.Equal(cell, CsvCell.Put(text));
        Assert.Equal(text, CsvCell.Take(cell));
    }

    [Fact]
    public void Whatever_is_put_is_taken_again() => Assert.All(Texts(""), text => Assert.Equal(text, CsvCell.Take(CsvCell.Put(text))));

    // Every text of at most four of these characters.
    private static IEnumerable<string> Texts(string begun) =>
        begun.Length == 4 ? [begun] : "='\" \u00a0a\t＝".SelectMany(c => Texts(begun + c)).Prepend(begun);
}
