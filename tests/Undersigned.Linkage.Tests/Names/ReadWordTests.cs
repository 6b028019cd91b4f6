namespace Undersigned.Linkage.Tests.Names;

public sealed class ReadWordTests
{
    [Theory]
    [InlineData("ѕсum", "scum")]
    [InlineData("ЅСUМ", "scum")]
    [InlineData("IDIОT", "idiot")]
    [InlineData("ідіот", "idiot")]
    [InlineData("скум", "scum")]
    [InlineData("сука", "suka")]
    [InlineData("شيطان", "shaytan")]
    public void A_word_in_look_alike_letters_or_another_alphabet_is_read(string written, string word)
    {
        Assert.True(new ReadWord(written).MayBe(new ReadWord(word)));
        Assert.True(new ReadWord(word).MayBe(new ReadWord(written)));
    }

    [Theory]
    [InlineData("skum", "scum")]
    [InlineData("as", "ass")]
    [InlineData("ас", "ash")]
    [InlineData("حسن", "hussy")]
    [InlineData("", "scum")]
    [InlineData("😀", "scum")]
    [InlineData("́́́", "scum")]
    public void Another_word_is_not(string written, string word) => Assert.False(new ReadWord(written).MayBe(new ReadWord(word)));
}
