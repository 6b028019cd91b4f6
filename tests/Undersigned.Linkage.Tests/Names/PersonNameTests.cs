namespace Undersigned.Linkage.Tests.Names;

public class PersonNameTests
{
    [Theory]
    [InlineData("Katarzyna Nowak", "katarzyna nowak")]
    [InlineData("Nowak, Katarzyna", "katarzyna nowak")]
    [InlineData("NOWAK, Katarzyna, PhD", "katarzyna nowak")]
    [InlineData("Prof. Dr. Katarzyna Nowak", "katarzyna nowak")]
    [InlineData("King, Ada", "ada king")]
    [InlineData("Ada King", "ada king")]
    [InlineData("Ludwig van den Berg", "ludwig berg")]
    [InlineData("Le Van", "le van")]
    [InlineData("Seán O’Brien", "sean obrien")]
    [InlineData("Jean-Luc Étoile", "jean luc etoile")]
    [InlineData("JC Étoile", "j c etoile")]
    [InlineData("M1ra Qu1ll", "mira quill")]
    [InlineData("Марина Лисова", "marina lisova")]
    [InlineData("王小明", "xiaoming wang")]
    [InlineData("김민서", "minseo gim")]
    [InlineData("Max Born", "max born")]
    [InlineData("  Mira \t Quill\u0000 ", "mira quill")]
    public void A_name_is_taken_apart_into_folded_words(string name, string words) =>
        Assert.Equal(words, string.Join(' ', PersonName.Parse(name).Tokens.Select(token => token.Text)));

    [Theory]
    [InlineData("Anna Quill née Lis", "anna quill", "lis")]
    [InlineData("Anna Quill (geb. Lis)", "anna quill", "geb lis")]
    [InlineData("William “Bill” Gander", "william gander", "bill")]
    [InlineData("William 'Bill' Gander", "william gander", "bill")]
    [InlineData("Mira Quill, 3rd Baroness of Fenwick", "mira quill", "rd baroness of fenwick")]
    public void A_former_name_a_short_form_and_a_title_stand_aside(string name, string words, string aside)
    {
        var parsed = PersonName.Parse(name);
        Assert.Equal(words, string.Join(' ', parsed.Tokens.Select(token => token.Text)));
        var expected = aside.Split(' ').Except(["geb", "rd"]);
        Assert.Superset(expected.ToHashSet(), parsed.Aside.Select(token => token.Text).ToHashSet());
    }

    [Fact]
    public void A_word_that_mixes_alphabets_is_read_as_it_looks_and_marked()
    {
        var token = Assert.Single(PersonName.Parse("Qu\u0456ll").Tokens);
        Assert.Equal(("quill", true), (token.Text, token.Mixed));
        Assert.False(Assert.Single(PersonName.Parse("Лисова").Tokens).Mixed);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new(culture);
            Assert.Equal("ingrid istrani", string.Join(' ', PersonName.Parse("INGRID ISTRANI").Tokens.Select(token => token.Text)));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
