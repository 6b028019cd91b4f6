using CsCheck;

namespace Undersigned.Linkage.Tests.Lists;

public class IndexPropertyTests
{
    private static readonly Gen<Signatory> Lines =
        from id in Gen.Long[0, 60]
        from given in OneOf("Mira", "Kasia", "Katarzyna", "M.", "Марина", "Jean-Luc", "Peter", "")
        from family in OneOf("Quill", "Quil", "Lis", "Stone", "Лис", "Quill-Stone", "Lis née Quill")
        from organization in OneOf(null, "Fenwick Court", "Court of Fenwick", "Abbey Hospital")
        from place in OneOf(null, "Fenwick", "Holmgate")
        from domain in OneOf(null, "gmail.com", "fenwick.example")
        from born in OneOf("", "1970-01-31", "1970-01-30", "1984-05-06")
        from turned in Gen.Bool
        select new Signatory(id, turned ? $"{family}, {given}" : $"{given} {family}")
        {
            Posts = organization is null ? [] : [new("Clerk", organization, 2000, null)],
            Location = place,
            EmailDomain = domain,
            Facts = [new("born", FactKind.Date, born!)],
        };

    private static Gen<string?> OneOf(params string?[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    [Fact]
    public void After_any_additions_changes_and_removals_the_index_equals_one_made_anew() =>
        Gen.Select(Lines.Array[0, 60], Gen.Long[0, 60].Array[0, 30]).Sample((lines, removed) =>
        {
            var index = new LinkageIndex();
            var standing = new Dictionary<long, Signatory>();
            var step = 0;
            foreach (var line in lines)
            {
                index.Replace(line);
                standing[line.Id] = line;
                if (++step % 2 == 0 && step / 2 < removed.Length) Assert.Equal(standing.Remove(removed[step / 2]), index.Remove(removed[step / 2]));
            }
            var anew = new LinkageIndex();
            anew.AddRange(standing.Values.OrderByDescending(line => line.Id));
            Assert.Equal(Rounded(anew.AllPairs()), Rounded(index.AllPairs()));
            foreach (var id in standing.Keys)
                Assert.Equal(Rounded(index.AllPairs()).Where(pair => pair.First == id || pair.Second == id), Rounded(index.MatchesOf(id).Select(One)).Order());
        }, iter: 60, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Finding_one_more_line_equals_adding_it_and_leaves_nothing_behind() =>
        Gen.Select(Lines.Array[1, 40], Lines).Sample((lines, extra) =>
        {
            var index = new LinkageIndex();
            foreach (var line in lines) index.Replace(line);
            var before = Rounded(index.AllPairs());
            var found = Rounded(index.Find(extra).Select(One)).Order();
            Assert.Equal(before, Rounded(index.AllPairs()));
            index.Replace(extra);
            Assert.Equal(Rounded(index.MatchesOf(extra.Id).Select(One)).Order(), found);
        }, iter: 100, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Thousands_of_changes_later_too()
    {
        var index = new LinkageIndex();
        index.AddRange(Some.Strangers(3000));
        for (var i = 0; i < 2500; i++) index.Remove(1_000_000 + i);
        index.AddRange([Some.Line(1, "Mira Quill", "Judge", "Fenwick Court"), Some.Line(2, "Quill, Mira", "Judge", "Fenwick Court")]);
        for (var i = 0; i < 2500; i++) index.Add(Some.Strangers(1, 2_000_000 + i).Single() with { Name = $"Stranger Number{(char)('a' + i % 26)}{(char)('a' + i / 26 % 26)}" });
        var anew = new LinkageIndex();
        anew.AddRange(Some.Strangers(3000).Skip(2500));
        anew.AddRange([Some.Line(1, "Mira Quill", "Judge", "Fenwick Court"), Some.Line(2, "Quill, Mira", "Judge", "Fenwick Court")]);
        for (var i = 0; i < 2500; i++) anew.Add(Some.Strangers(1, 2_000_000 + i).Single() with { Name = $"Stranger Number{(char)('a' + i % 26)}{(char)('a' + i / 26 % 26)}" });
        Assert.Equal(Rounded(anew.AllPairs()), Rounded(index.AllPairs()));
        Assert.Equal(2, Assert.Single(index.MatchesOf(1)).Second);
    }

    [Fact]
    public void A_number_stands_once()
    {
        var index = Some.Index(Some.Line(1, "Mira Quill"));
        Assert.Throws<ArgumentException>(() => index.Add(Some.Line(1, "Anna Lis")));
        Assert.False(index.Remove(2));
        Assert.True(index.Contains(1));
        Assert.Null(index.Explain(1, 2));
        Assert.Empty(index.MatchesOf(2));
    }

    private static (long First, long Second, double Bits) One(Match match) => (match.First, match.Second, match.Bits);

    private static List<(long First, long Second, double Bits)> Rounded(IEnumerable<ScoredPair> pairs) => [.. pairs.Select(pair => (pair.First, pair.Second, Math.Round(pair.Bits, 6)))];

    private static IEnumerable<(long First, long Second, double Bits)> Rounded(IEnumerable<(long First, long Second, double Bits)> pairs) => pairs.Select(pair => pair with { Bits = Math.Round(pair.Bits, 6) });
}
