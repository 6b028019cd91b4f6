using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Undersigned.Tests.Guards;

public sealed class LayerTests
{
    private static readonly Architecture Ours = new ArchLoader()
        .LoadAssemblies(typeof(App).Assembly, System.Reflection.Assembly.Load("Undersigned.Log"))
        .Build();

    [Fact]
    public void No_feature_names_another_and_nobody_names_what_lies_above()
    {
        var broken = Ours.Types
            .SelectMany(t => t.Dependencies.Select(d => (From: t.Namespace.FullName, To: d.Target.Namespace?.FullName ?? "", Who: t.FullName)))
            .Where(d => Layers.IsOurs(d.From) && Layers.IsOurs(d.To) && d.From != d.To)
            .Where(d => !Layers.MayName(d.From, d.To))
            .Select(d => $"{d.Who} names {d.To}")
            .Distinct();
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_namespace_of_ours_has_its_height() =>
        Assert.DoesNotContain(Ours.Types.Select(t => t.Namespace.FullName), ns => Layers.IsOurs(ns) && !Layers.IsKnown(ns));

    [Theory]
    [InlineData("Undersigned.Glance", "Undersigned.Review")]
    [InlineData("Undersigned.Model", "Undersigned.Data")]
    [InlineData("Undersigned.Model", "Undersigned.Log")]
    [InlineData("Undersigned.Letters", "Undersigned.Signing")]
    [InlineData("Undersigned.Log", "Undersigned.Model")]
    [InlineData("Undersigned.Data", "Undersigned.Mail")]
    [InlineData("Undersigned.Signing", "Undersigned.Operation")]
    public void The_guard_refuses(string from, string to) => Assert.False(Layers.MayName(from, to));
}
