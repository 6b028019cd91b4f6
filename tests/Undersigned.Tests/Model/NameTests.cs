using CsCheck;
using Undersigned.Model;

namespace Undersigned.Tests.Model;

public sealed class NameTests
{
    [Theory]
    [InlineData("Łukasz Müller-Straße", "lukasz muller strasse")]
    [InlineData("NGUYỄN Văn", "nguyen van")]
    [InlineData("O’Neil, J. R.", "oneil j r")]
    [InlineData("Михаил Øst", "mikhail ost")]
    public void Spellings_fold_into_one(string name, string folded) => Assert.Equal(folded, NameFolding.Fold(name));

    [Fact]
    public void Folding_twice_is_folding_once() =>
        Gen.String.Sample(text => NameFolding.Fold(NameFolding.Fold(text)) == NameFolding.Fold(text), iter: 2_000);

    [Theory]
    [InlineData("Ottoline Brandt-Okonjo", "brandt okonjo ottoline brandt okonjo")]
    [InlineData("Ada Okafor Jr.", "okafor ada okafor jr")]
    [InlineData("Ada", "ada")]
    public void The_family_name_sorts_first(string name, string key) => Assert.Equal(key, NameFolding.SortKey(name));

    [Theory]
    [InlineData("Ottoline Brandt-Okonjo")]
    [InlineData("Þórhildur Æsmundardóttir")]
    [InlineData("نعوم بن شربيط")]
    [InlineData("李小龍")]
    [InlineData("田中 さくら")]
    [InlineData("Jean-Luc d’Aubigny")]
    public void Ordinary_names_of_any_script_are_not_odd(string name) => Assert.Empty(Oddity.Of(name));

    [Theory]
    [InlineData("Adа Okafor", Oddity.MixedScripts)]
    [InlineData("Ada ★ Okafor", Oddity.UnusualCharacters)]
    [InlineData("Ada 007", Oddity.UnusualCharacters)]
    [InlineData("Ada", Oddity.OneWord)]
    [InlineData("ADA OKAFOR", Oddity.AllCapitals)]
    [InlineData("President Okafor", Oddity.TitleInName)]
    public void What_a_volunteer_should_look_at_twice_says_why(string name, string reason) => Assert.Contains(reason, Oddity.Of(name));
}
