namespace Undersigned.Linkage.Tests.Lists;

public class MetamorphicTests
{
    private static readonly Signatory[] Letter =
    [
        .. Some.Strangers(300),
        Some.Line(1, "Katarzyna Nowak", "Judge", "Regional Court in Łódź", 2010, 2020), Some.Line(2, "Nowak, Kasia", "Judge", "Regional Court in Lodz", 2010),
        Some.Line(3, "Mira Quill", "Surgeon", "Abbey Hospital"), Some.Line(4, "Mira Quil", "Surgeon", "Abbey Hospital"),
        Some.Line(5, "Peter Stone", "Clerk", "Fenwick Court"), Some.Line(6, "Peter Stone", "Gardener", "Holmgate Park"),
        new(7, "Jean-Luc Étoile") { Facts = [new("born", FactKind.Date, "1970-01-31"), new("phone", FactKind.Code, "5550123")], Posts = [new("Editor", "The Heron", 1999, null), new("Critic", "The Kite", 1980, 1990)] },
        new(8, "Étoile, J.") { Facts = [new("born", FactKind.Date, "1970-01-31"), new("phone", FactKind.Code, "5550123")] },
    ];

    [Fact]
    public void The_order_of_lines_does_not_matter()
    {
        var shuffled = Letter.ToArray();
        new Random(5).Shuffle(shuffled);
        var one = Some.Index(shuffled);
        var other = new LinkageIndex();
        foreach (var line in Letter) other.Add(line);
        Assert.Equal(Some.Index(Letter).AllPairs(), one.AllPairs());
        Assert.Equal(Some.Index(Letter).AllPairs(), other.AllPairs());
    }

    [Fact]
    public void The_order_of_facts_and_of_posts_does_not_matter()
    {
        var turned = Letter.Select(line => line with { Facts = [.. line.Facts.Reverse()], Posts = [.. line.Posts.Reverse()] }).ToArray();
        Assert.Equal(Some.Index(Letter).AllPairs().Select(pair => (pair.First, pair.Second, Math.Round(pair.Bits, 9))), Some.Index(turned).AllPairs().Select(pair => (pair.First, pair.Second, Math.Round(pair.Bits, 9))));
    }

    [Fact]
    public void An_unrelated_line_more_changes_no_verdict()
    {
        var index = Some.Index(Letter);
        var before = Verdicts(index);
        index.Add(Some.Line(99, "Xaver Zwölfkirchen", "Alpinist", "Bergwacht"));
        Assert.Equal(before, Verdicts(index));
        static List<(long, long, Standing)> Verdicts(LinkageIndex index) => [.. index.AllPairs().Select(pair => (pair.First, pair.Second, index.Explain(pair.First, pair.Second)!.Standing))];
    }

    [Fact]
    public void A_pair_is_the_same_whichever_line_is_asked_first()
    {
        var index = Some.Index(Letter);
        foreach (var pair in index.AllPairs())
        {
            var (one, other) = (index.Explain(pair.First, pair.Second)!, index.Explain(pair.Second, pair.First)!);
            Assert.Equal((one.First, one.Second, one.Bits, one.Text()), (other.First, other.Second, other.Bits, other.Text()));
            Assert.Equal(pair.Bits, one.Bits, 9);
        }
        // The same two lines with their numbers exchanged.
        var exchanged = Letter.Select(line => line.Id switch { 3 => line with { Id = 4 }, 4 => line with { Id = 3 }, _ => line }).ToArray();
        Assert.Equal(index.Explain(3, 4)!.Bits, Some.Index(exchanged).Explain(3, 4)!.Bits, 9);
    }

    [Fact]
    public void A_longer_list_asks_for_more()
    {
        Signatory[] two = [Some.Line(1, "Mira Quill"), Some.Line(2, "Mira Quill")];
        var small = Some.Index([.. Some.Strangers(100), .. two]).Explain(1, 2)!;
        var large = Some.Index([.. Some.Strangers(4000), .. two]).Explain(1, 2)!;
        Assert.True(large.Probability < small.Probability);
    }

    [Fact]
    public void Two_looked_at_and_found_different_stay_away_and_only_they()
    {
        var index = Some.Index(Letter);
        var different = new HashSet<IdPair> { IdPair.Of(2, 1) };
        Assert.Contains(index.AllPairs(), pair => (pair.First, pair.Second) == (1, 2));
        Assert.Equal(index.AllPairs().Where(pair => (pair.First, pair.Second) != (1, 2)), index.AllPairs(different));
        Assert.Empty(index.MatchesOf(1, different));
        Assert.Empty(index.Find(Letter.Single(line => line.Id == 1), different));
        Assert.NotEmpty(index.MatchesOf(3, different));
    }
}
