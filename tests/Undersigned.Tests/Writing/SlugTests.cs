using Undersigned.Model;
using Undersigned.Writing;

namespace Undersigned.Tests.Writing;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Let the inspectors publish what they find", "let-the-inspectors-publish-what-they-find")]
    [InlineData("Für die Schleusen — jetzt!", "fur-die-schleusen-jetzt")]
    [InlineData("It's the dams' turn", "its-the-dams-turn")]
    [InlineData("log", "letter")]
    [InlineData("…", "letter")]
    public void It_is_made_of_the_title(string title, string slug) => Assert.Equal(slug, Slugs.From(title));

    [Theory]
    [InlineData("開かれた手紙")]
    [InlineData("Открытое письмо о плотинах, которое длиннее, чем нужно для адреса письма")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void It_fits_an_address_whatever_the_script_and_length(string title) => Assert.True(Letter.IsSlug(Slugs.From(title)));
}
