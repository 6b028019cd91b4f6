using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Tests.Data;

public sealed class WordListTests
{
    private static readonly WordList Words = new(["scum", "hang him", "Läuse", "ass"]);

    [Theory]
    [InlineData("Scum Bucket", "scum")]
    [InlineData("total SCUM", "scum")]
    [InlineData("S.C.U.M", "scum")]
    [InlineData("s c u m", "scum")]
    [InlineData("sc-um", "scum")]
    [InlineData("5cum Bag", "scum")]
    [InlineData("$cum", "scum")]
    [InlineData("please hang him now", "hang him")]
    [InlineData("LÄUSE", "Läuse")]
    [InlineData("A.S.S. Hat", "ass")]
    [InlineData("total ѕсum", "scum")]
    [InlineData("ЅСUМ", "scum")]
    [InlineData("ѕ с u m", "scum")]
    [InlineData("𝓼𝓬𝓾𝓶 bag", "scum")]
    [InlineData("скум", "scum")]
    [InlineData("hаng hіm", "hang him")]
    [InlineData("سكم", "scum")]
    public void Found_in_any_dress(string text, string word) => Assert.Equal([word], Words.FoundIn([text]));

    [Theory]
    [InlineData("Anselm Scumberg")]
    [InlineData("Hang Himmel")]
    [InlineData("Анна Скумбергская, Отдел ас")]
    [InlineData("Ася Хан")]
    [InlineData("Håkon Åsbø, Ås")]
    [InlineData("يوسف حسن")]
    [InlineData("Cassandra Bassett")]
    [InlineData("Inspector of Masses")]
    [InlineData("J. R. Moor, 1994–2003")]
    [InlineData("")]
    public void Not_inside_other_words(string text) => Assert.Empty(Words.FoundIn([text]));

    [Fact]
    public void Looked_for_in_name_office_and_place_and_named_once() =>
        Assert.Equal(["scum"], Words.FoundIn(ShownLine.Of("Scum Moor", [new Post("chief of scum", null, null)], "Scum-on-Sea")));
}
