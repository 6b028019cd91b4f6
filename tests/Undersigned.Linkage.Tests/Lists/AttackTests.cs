namespace Undersigned.Linkage.Tests.Lists;

public class AttackTests
{
    [Fact]
    public void Five_hundred_lines_of_one_name_do_not_make_the_name_common()
    {
        var target = Some.Line(1, "Mira Quill", "Surgeon", "Abbey Hospital");
        var quiet = Some.Index([.. Some.Strangers(1000), target, target with { Id = 2 }]).Explain(1, 2)!;
        var flooded = Some.Index([.. Some.Strangers(1000), target, target with { Id = 2 }, .. Enumerable.Range(10, 500).Select(id => Some.Line(id, "Mira Quill", "Friend", $"Place {id}"))]).Explain(1, 2)!;
        Assert.Equal(Standing.Likely, quiet.Standing);
        Assert.Equal(Standing.Likely, flooded.Standing);
    }

    [Fact]
    public void Ten_thousand_lines_of_one_name_are_a_group_and_not_fifty_million_pairs()
    {
        var index = new LinkageIndex();
        index.AddRange(Enumerable.Range(0, 10_000).Select(id => Some.Line(id, "Mira Quill", "Surgeon", "Abbey Hospital")));
        var group = Assert.Single(index.Groups());
        Assert.Equal(10_000, group.Ids.Count);
        Assert.InRange(index.PairsCompared, 10_000, 1_000_000);
        Assert.True(index.OverfullBlocks > 0);
        Assert.Equal(Group.Shown, group.Core.Count);
        Assert.NotEmpty(index.Find(Some.Line(20_000, "Quill, Mira", "Surgeon", "Abbey Hospital")));
    }

    public static TheoryData<string> HostileNames => new(
        "", " ", "\u0000\u0001", ",", ", ,", "()", "\"\"", "'", "—", ".", "1234", "👩‍🚀", "👩‍🚀 🚀", "\ud800", "Mira \udfff Quill",
        "Mira" + new string('\u0301', 100) + " Quill", new string('a', 10_000), string.Join(' ', Enumerable.Repeat("a", 5_000)), string.Join(' ', Enumerable.Repeat("Mira", 300)),
        "Мiра Quіll", "\u202eMira Quill", "née", "geb. geb. geb.", "Dr. Prof. Mr.", "van de", "al", "((((((Mira", "Mira (Quill (Stone) Lis", "ﷺ", "ｆｕｌｌ ｗｉｄｔｈ", "İstanbul ı", "ß", "\u1100\u1161", "%s{0}{1}", "<script>");

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void No_name_breaks_anything(string name)
    {
        var index = Some.Index([.. Some.Strangers(20), new(1, name) { Location = name, Posts = [new(name, name, short.MaxValue + 1, int.MinValue)], EmailDomain = name, LocalPartToken = name, Aliases = [name], Facts = [new(name, FactKind.Date, name), new("", FactKind.Code, name), new("w", FactKind.Words, name)] }, new(2, name)]);
        foreach (var match in index.MatchesOf(1)) Assert.NotEmpty(match.Text());
        Assert.NotNull(index.Explain(1, 2)!.Text());
        index.Find(new(3, name));
        index.Remove(1);
        Assert.InRange(NameLikeness.Of(name, "Mira Quill"), 0, 1);
        Assert.InRange(NameLikeness.Of(name, name), 0, 1);
        LookAlikes.Skeleton(name);
        new WatchList([new("a", name), new("b", "Mira Quill")]).CheckAll(new(1, name) { Posts = [new(name, name)] });
    }
}
