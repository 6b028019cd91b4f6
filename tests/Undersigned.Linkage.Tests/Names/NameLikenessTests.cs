namespace Undersigned.Linkage.Tests.Names;

public class NameLikenessTests
{
    [Theory]
    [InlineData("Mira Quill", "Quill, Mira")]
    [InlineData("Mira Quill", "Mira Quil")]
    [InlineData("Mira Anneliese Quill", "Mira Quill")]
    [InlineData("MiraQuill", "Mira Quill")]
    [InlineData("M. Quill", "Mira Quill")]
    [InlineData("Kasia Lis", "Katarzyna Lis")]
    [InlineData("Марина Лисова", "Marina Lisova")]
    [InlineData("Dr. Mira Quill", "Mira Quill")]
    public void These_are_one_name(string a, string b)
    {
        Assert.True(NameLikeness.AreSame(a, b), $"{NameLikeness.Of(a, b)}");
        Assert.Equal(NameLikeness.Of(a, b), NameLikeness.Of(b, a), 9);
    }

    [Theory]
    [InlineData("Mira Quill", "Mira Stone")]
    [InlineData("Mira Quill", "Peter Quill")]
    [InlineData("Anna Maria Lis", "Anna Josefa Stone")]
    [InlineData("", "Mira Quill")]
    [InlineData("习近朋", "习近平")]
    public void These_are_two(string a, string b) => Assert.False(NameLikeness.AreSame(a, b), $"{NameLikeness.Of(a, b)}");
}
