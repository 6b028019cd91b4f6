namespace Undersigned.Linkage.Tests.Lists;

public class ReasonTests
{
    [Theory]
    [InlineData("Mira Quill", "Quill Mira", "the same name turned round, which is rare (strong)")]
    [InlineData("Mira Quill", "Mira Quill", "the same name, which is rare (strong)")]
    [InlineData("John Smith", "John Smith", "the same name, which is common (strong)")]
    [InlineData("Mira Quill", "Mira Quilt", "family name one letter off, “Quill” and “Quilt” (clear)")]
    [InlineData("Katarzyna Quill", "Kasia Quill", "a short form: “Katarzyna” and “Kasia” (clear)")]
    [InlineData("Mira Quill", "M. Quill", "the same family name, Quill, which is rare (strong)")]
    [InlineData("Catherine Quill", "Kathryn Quill", "“Catherine” and “Kathryn”")]
    [InlineData("Марина Лисова", "Marina Lisova", "the same family name in another alphabet, Lisova (strong)")]
    [InlineData("Mira Quill", "Anna Quill", "“Mira” against “Anna” (clear)")]
    [InlineData("Jan Daniel Quill", "Jandaniel Quill", "the same letters, with other spaces")]
    [InlineData("Qu\u0456ll Mira", "Quill Mira", "look-alike letters")]
    public void Names_give_these_words(string a, string b, string text)
    {
        var index = Some.Index([.. Some.Strangers(200), Some.Line(1, a), Some.Line(2, b)]);
        Assert.Contains(text, index.Explain(1, 2)!.Text(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Fields_give_these_words()
    {
        var one = new Signatory(1, "Mira Quill") { Posts = [new("Judge", "Regional Court in Łódź", 2010, 2020)], Location = "Fenwick", LocalPartToken = "x1", EmailDomain = "a.example", Facts = [new("born", FactKind.Date, "1970-01-31")] };
        var index = Some.Index([.. Some.Strangers(200), one, one with { Id = 2, Posts = [new("Clerk", "Regional Court in Lodz", 2012, 2019)], EmailDomain = "b.example" }, one with { Id = 3, Name = "Anna Lis", Posts = [new("Judge", "Abbey Hospital", 1950, 1951)], Location = "Holmgate", LocalPartToken = "x2", Facts = [new("born", FactKind.Date, "1944-12-12")] }]);
        var trail = string.Join('\n', index.Explain(1, 2)!.Reasons.Concat(index.Explain(1, 3)!.Reasons).Concat(Some.Index(one, one with { Id = 2, Name = "M. Stone", Facts = [] }).Explain(1, 2)!.Reasons).Select(reason => reason.Text()));
        Assert.Contains("both Regional Court in Łódź", trail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("the same name before the @ of another address (clear)", trail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("born: the same", trail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("“Mira” against “Anna” (strong)", trail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void There_are_at_most_four_those_for_it_first_and_then_one_line_of_the_sum()
    {
        var index = Some.Index([.. Some.Strangers(500), Some.Line(1, "Katarzyna Nowak", "Judge", "Regional Court in Łódź", 2010, 2020), Some.Line(2, "Nowak, Kasia", "Curator", "Regional Court in Lodz", 2012, 2021)]);
        var match = index.Explain(1, 2)!;
        Assert.InRange(match.Reasons.Count, 2, 4);
        Assert.Equal(match.Reasons.OrderByDescending(reason => reason.For).Select(reason => reason.For), match.Reasons.Select(reason => reason.For));
        Assert.Matches("the same person \\([^)]+\\)\\.", match.Sum());
        Assert.DoesNotContain("0.", match.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("%", match.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(.995, "Almost certainly the same person (more than 99 in 100).")]
    [InlineData(.95, "Probably the same person (19 in 20).")]
    [InlineData(.90, "Probably the same person (9 in 10).")]
    [InlineData(.5, "Perhaps the same person (1 in 2).")]
    [InlineData(.1, "Perhaps the same person (1 in 10).")]
    public void The_sum_is_said_as_people_say_chances(double probability, string text) =>
        Assert.Equal(text, new Match(1, 2, 0, probability) { Standing = Standing.Review }.Sum());

    [Fact]
    public void A_worse_proven_line_from_another_address_may_be_using_a_name()
    {
        var proven = Some.Line(1, "Mira Quill", "Surgeon", "Abbey Hospital") with { Assurance = 3, EmailDomain = "abbey.example" };
        var index = Some.Index([.. Some.Strangers(200), proven]);
        var match = Assert.Single(index.Find(proven with { Id = 2, Assurance = 1, EmailDomain = "gmail.com" }));
        Assert.True(match.MayBeImpersonation);
        Assert.StartsWith("Somebody may be using this name", match.Text(), StringComparison.Ordinal);
        Assert.Contains("less well proven", match.Text(), StringComparison.Ordinal);
        Assert.False(Assert.Single(index.Find(proven with { Id = 2 })).MayBeImpersonation);
    }

    [Fact]
    public void Every_code_of_a_name_has_its_text()
    {
        var texts = new System.Resources.ResourceManager("Undersigned.Linkage.ReasonTexts", typeof(LinkageIndex).Assembly);
        foreach (var part in new[] { "family", "given", "part" })
            foreach (var level in new[] { "same", "scripts", "letter", "scripts-alike", "short", "sound", "alike", "beginning", "initial" })
                Assert.NotNull(texts.GetString($"{part}-{level}", System.Globalization.CultureInfo.InvariantCulture));
        foreach (var field in new[] { "organization", "position", "place", "fact", "domain" })
            foreach (var level in new[] { "same", "alike", "differs" })
                Assert.NotNull(texts.GetString($"{field}-{level}", System.Globalization.CultureInfo.InvariantCulture));
    }
}
