namespace Undersigned.Linkage.Tests.Names;

public class LookAlikesTests
{
    [Theory]
    [InlineData("\u0440\u0430\u0443\u0440\u0430l", "paypal")]
    [InlineData("Qu\u0456ll", "Quill")]
    [InlineData("Αnna", "Anna")]
    [InlineData("Ｍｉｒａ", "Mira")]
    [InlineData("𝐌𝐢𝐫𝐚", "Mira")]
    [InlineData("ꓟira", "Mira")]
    [InlineData("Օtto", "Otto")]
    [InlineData("0tto", "Otto")]
    [InlineData("I1l", "lll")]
    [InlineData("Mira\u200b", "Mira")]
    public void What_looks_alike_has_one_skeleton(string a, string b) => Assert.Equal(LookAlikes.Skeleton(b), LookAlikes.Skeleton(a));

    [Theory]
    [InlineData("Quill", "Quilt")]
    [InlineData("Лисова", "Lisova")]
    public void What_does_not_look_alike_has_two(string a, string b) => Assert.NotEqual(LookAlikes.Skeleton(b), LookAlikes.Skeleton(a));

    [Theory]
    [InlineData("Qu\u0456ll", true)]
    [InlineData("Марина Lisova", false)]
    [InlineData("Étoile", false)]
    [InlineData("Αnna Λίμνη", true)]
    public void A_word_of_two_alphabets_is_mixed_and_a_name_of_two_is_not(string name, bool mixed) => Assert.Equal(mixed, LookAlikes.IsMixedScript(name));
}
