namespace Undersigned.Linkage.Tests.Lists;

public class GroupTests
{
    [Fact]
    public void Lines_that_hang_together_are_a_group_with_its_weakest_link_and_its_bridge()
    {
        ScoredPair[] pairs = [new(1, 2, 9, .99), new(1, 3, 8, .99), new(2, 3, 7, .99), new(3, 4, 1, .67), new(4, 5, 6, .98), new(8, 9, 5, .97)];
        var groups = Group.Of(pairs);
        Assert.Equal([[1, 2, 3, 4, 5], [8, 9]], groups.Select(group => group.Ids));
        Assert.Equal(pairs[3], groups[0].Weakest);
        Assert.Equal([pairs[3], pairs[4]], groups[0].Bridges.OrderBy(pair => pair.First));
        Assert.Equal(pairs[5], groups[1].Weakest);
    }

    [Fact]
    public void Three_who_all_agree_have_no_bridge()
    {
        ScoredPair[] pairs = [new(1, 2, 9, .99), new(1, 3, 8, .99), new(2, 3, 7, .99)];
        var group = Assert.Single(Group.Of(pairs));
        Assert.Empty(group.Bridges);
        Assert.Equal(8, group.Weakest.Bits);
    }

    [Theory]
    [InlineData("Ottoline Quill-Stonecrop", "Casimir Quill-Stonecrop")]
    [InlineData("Ottoline Quillstonecrop", "Casimir Quillstonecrop")]
    public void A_family_at_the_employer_of_all_is_no_likely_duplicate_also_with_a_name_in_two_words(string one, string other)
    {
        Signatory At(Signatory person) => person with { Posts = [new("Inspector", "Inspectorate of Dams", 1985, 2010)] };
        var index = Some.Index([.. Some.Strangers(40).Select(At), At(Some.Line(1, one)), At(Some.Line(2, other))]);
        Assert.DoesNotContain(index.MatchesOf(1), match => match.Bits > 0);
        Assert.DoesNotContain(index.Explain(1, 2)!.Reasons, reason => reason.Code.StartsWith("given-", StringComparison.Ordinal));
    }
}
