using Undersigned.Model;

namespace Undersigned.Tests.Model;

public sealed class SixDigitsTests
{
    [Theory]
    [InlineData("012345", true)]
    [InlineData(" 012 345 ", true)]
    [InlineData("012-345.", true)]
    [InlineData("\u200f\u0660\u0661\u0662\u0663\u0664\u0665\u200e", true)]
    [InlineData("Code: 012 345", true)]
    [InlineData("12345", false)]
    [InlineData("0123456", false)]
    [InlineData("O12345", false)]
    [InlineData("012345012345012345", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void They_match_however_they_are_typed(string? typed, bool matches) => Assert.Equal(matches, SixDigits.Matches(typed, "012345"));
}
