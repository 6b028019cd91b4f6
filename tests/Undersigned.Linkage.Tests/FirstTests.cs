namespace Undersigned.Linkage.Tests;

public class FirstTests
{
    [Fact]
    public void A_name_turned_round_with_a_short_form_at_one_court_is_found()
    {
        var index = Some.Index([.. Some.Strangers(500), Some.Line(1, "Katarzyna Nowak", "Judge", "Regional Court in Łódź", 2010, 2020)]);
        var match = Assert.Single(index.Find(Some.Line(2, "Nowak, Kasia", "Clerk", "Regional Court in Lodz", 2012)));
        Assert.Equal((1, 2), (match.First, match.Second));
        Assert.Contains("the same person", match.Text(), StringComparison.Ordinal);
    }
}
