namespace Undersigned.Linkage.Tests.Fields;

public class ValueLevelTests
{
    [Theory]
    [InlineData("Date", "1970-01-31", "19700131", "Same")]
    [InlineData("Date", "1970-01-31", "1970-01-30", "OneLetter")]
    [InlineData("Date", "1970-01-31", "1970-10-31", "OneLetter")]
    [InlineData("Date", "1970-02-03", "1970-03-02", "OneLetter")]
    [InlineData("Date", "1970-02-03", "1984-02-03", "Alike")]
    [InlineData("Date", "1970-02-03", "1970", "Alike")]
    [InlineData("Date", "1970-02-03", "1970-11-28", "Partly")]
    [InlineData("Date", "1970-02-03", "1984-11-28", "None")]
    [InlineData("Code", "ab1 2cd", "AB12CD", "Same")]
    [InlineData("Code", "ab12cd", "ab12ce", "OneLetter")]
    [InlineData("Code", "ab12cd", "ab12xx", "Alike")]
    [InlineData("Code", "ab12cd", "ab1xyz", "Partly")]
    [InlineData("Code", "ab12cd", "zz99zz", "None")]
    [InlineData("Words", "12 Heron Street", "12 heron street", "Same")]
    [InlineData("Words", "12 Heron Street", "12 Heronstreet", "OneLetter")]
    [InlineData("Words", "Painter of glass", "Glass painter", "Alike")]
    [InlineData("Words", "Painter", "Surgeon", "None")]
    [InlineData("Place", "Łódź", "Lodz", "Same")]
    [InlineData("Place", "Liverpool", "Livrepool", "OneLetter")]
    [InlineData("Organization", "The University of Fenwick", "University Fenwick", "Same")]
    [InlineData("Organization", "DOJ", "Department of Justice", "Same")]
    [InlineData("Organization", "FRL", "Fenwick River League", "Acronym")]
    [InlineData("Organization", "University of Fenwick", "University of Holmgate", "None")]
    [InlineData("Position", "AUSA", "Assistant US Attorney", "Same")]
    [InlineData("Position", "Asst. Professor", "Assistant Professor", "Same")]
    [InlineData("Position", "Professor of Law", "Law professor", "Alike")]
    [InlineData("Position", "Clerk", "Curator", "None")]
    [InlineData("Domain", "Fenwick.example", "fenwick.example", "Same")]
    [InlineData("Domain", "fenwick.example", "fenwik.example", "None")]
    public void Two_values_reach_a_level(string kind, string a, string b, string level)
    {
        var table = new ValueTable();
        int x = table.Number(Enum.Parse<ValueKind>(kind), a), y = table.Number(Enum.Parse<ValueKind>(kind), b);
        Assert.Equal(level, table.Compare(x, y).ToString());
        Assert.Equal(level, table.Compare(y, x).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("—")]
    public void What_holds_nothing_is_missing(string text) => Assert.Equal(-1, new ValueTable().Number(ValueKind.Words, text));

    [Fact]
    public void A_stronger_level_never_weighs_less()
    {
        foreach (var kind in Enum.GetValues<ValueKind>())
            for (var bits = 1.0; bits < 16; bits += .5)
            {
                double Weight(ValueLevel level) => Math.Clamp(bits + Weights.ValueShift(kind, level), Weights.ValueBounds(kind, level).Least, Weights.ValueBounds(kind, level).Most);
                var used = new[] { ValueLevel.None, ValueLevel.Partly, ValueLevel.Alike, ValueLevel.OneLetter, ValueLevel.Same }.Where(level => kind != ValueKind.Domain || level is ValueLevel.None or ValueLevel.Same);
                Assert.Equal(used.Select(Weight).Order(), used.Select(Weight));
            }
    }

    [Theory]
    [InlineData(2001, 2010, 2001, 2010, "years-same")]
    [InlineData(2001, 2010, 2001, 2005, "years-near")]
    [InlineData(2001, 2010, 2002, 2011, "years-near")]
    [InlineData(2001, 2010, 1990, 2000, "years-apart")]
    [InlineData(2001, null, 2001, null, "years-same")]
    public void Years_of_one_position_count(int fromA, int? toA, int fromB, int? toB, string code)
    {
        var index = Some.Index(Some.Line(1, "Mira Quill", "Clerk", "Fenwick Court", fromA, toA), Some.Line(2, "Mira Quill", "Clerk", "Fenwick Court", fromB, toB));
        Assert.Contains(index.Explain(1, 2)!.Reasons, reason => reason.Code == code && reason.For == (code != "years-apart"));
    }

    [Fact]
    public void Of_several_posts_the_pair_that_fits_best_counts()
    {
        var one = new Signatory(1, "Mira Quill") { Posts = [new("Clerk", "Holmgate Court", 1990, 1995), new("Judge", "Fenwick Court", 1996, 2010)] };
        var other = new Signatory(2, "Mira Quill") { Posts = [new("Judge", "Fenwick Court", 1996, 2010)] };
        var index = Some.Index(one, other, other with { Id = 3, Posts = [new("Surgeon", "Abbey Hospital", 1960, 1961)] });
        Assert.True(index.Explain(1, 2)!.Bits > index.Explain(1, 3)!.Bits + 10);
    }

    [Fact]
    public void Addresses_that_anybody_can_have_say_nothing()
    {
        Signatory Line(long id, string domain) => new(id, "Mira Quill") { EmailDomain = domain };
        var index = Some.Index(Line(1, "gmail.com"), Line(2, "gmail.com"), Line(3, "fenwick.example"), Line(4, "fenwick.example"));
        Assert.DoesNotContain(index.Explain(1, 2)!.Reasons, reason => reason.Code.StartsWith("domain", StringComparison.Ordinal));
        Assert.DoesNotContain(index.Explain(1, 3)!.Reasons, reason => reason.Code.StartsWith("domain", StringComparison.Ordinal));
        Assert.Contains(index.Explain(3, 4)!.Reasons, reason => reason.Code == "domain-same");
    }
}
