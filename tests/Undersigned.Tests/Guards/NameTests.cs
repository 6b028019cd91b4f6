using System.Text.RegularExpressions;

namespace Undersigned.Tests.Guards;

public sealed partial class NameTests
{
    private static IEnumerable<Type> Ours => new[] { typeof(App).Assembly, System.Reflection.Assembly.Load("Undersigned.Log") }
        .SelectMany(a => a.GetTypes())
        .Where(t => t.Namespace is { } ns && Layers.IsOurs(ns) && !t.Name.Contains('<', StringComparison.Ordinal));

    [Fact]
    public void No_type_is_called_by_a_word_that_says_nothing() =>
        Assert.DoesNotContain(Ours.Select(t => t.Name), n => SaysNothing().IsMatch(n));

    [Fact]
    public void An_interface_has_two_implementations()
    {
        var lonely = Ours.Where(t => t.IsInterface)
            .Where(i => Ours.Count(t => t is { IsClass: true } or { IsValueType: true } && i.IsAssignableFrom(t)) < 2);
        Assert.Empty(lonely);
    }

    [Theory]
    [InlineData("SignatureService")]
    [InlineData("MailManager")]
    [InlineData("NameUtils")]
    [InlineData("LetterDto")]
    public void The_guard_refuses(string name) => Assert.Matches(SaysNothing(), name);

    [GeneratedRegex("(Service|Manager|Helper|Helpers|Util|Utils|Common|Repository|Dto|Handler)$")]
    private static partial Regex SaysNothing();
}
