using Undersigned.Model;

namespace Undersigned.Tests.Model;

public sealed class ShownLineTests
{
    [Fact]
    public void Several_posts_stand_in_one_record_and_come_out_as_they_went_in()
    {
        var line = ShownLine.Of("Marguerite Óladóttir-Vance",
            [new Post("Senior inspector", "Inspectorate", new YearSpan(1994, 2017)), new Post("Legal trainee", "Ministry", new YearSpan(1991, 1993))], null);
        Assert.Equal("""{"name":"Marguerite Óladóttir-Vance","position":"Senior inspector; Legal trainee","organization":"Inspectorate; Ministry","years":[{"from":1994,"to":2017},{"from":1991,"to":1993}]}""", line.ToRecord());
        Assert.Equal(["Senior inspector, Inspectorate, 1994–2017", "Legal trainee, Ministry, 1991–1993"], ShownLine.FromRecord(line.ToRecord()).Posts);
    }

    [Fact]
    public void Posts_whose_parts_do_not_pair_up_lose_nothing()
    {
        var line = ShownLine.Of("Ada Okafor", [new Post("Clerk", null, new YearSpan(1990, null)), new Post("Judge", "High Court", null)], "Lindenmoor");
        var shown = string.Join('|', ShownLine.FromRecord(line.ToRecord()).Posts);
        foreach (var part in new[] { "Clerk", "Judge", "High Court", "1990–" })
            Assert.Contains(part, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_gives_a_name_alone_has_a_record_of_it_alone() =>
        Assert.Equal("""{"name":"Ada Okafor"}""", ShownLine.Of("Ada Okafor", [], " ").ToRecord());

    [Theory]
    [InlineData("https://letters.example.org", "letters.example.org/letters/x/log")]
    [InlineData("https://letters.example.org/unterschrift/", "letters.example.org/unterschrift/letters/x/log")]
    [InlineData("http://127.0.0.1:5080", "127.0.0.1:5080/letters/x/log")]
    [InlineData("https://Briefe.Bücher.example", "briefe.xn--bcher-kva.example/letters/x/log")]
    public void A_letters_record_is_named_after_the_public_address(string url, string origin) =>
        Assert.Equal(origin, new Instance { DataFolder = "d", PublicUrl = new Uri(url) }.OriginOf("x"));

    [Theory]
    [InlineData("waterways", true)]
    [InlineData("a", true)]
    [InlineData("2026-letter", true)]
    [InlineData("log", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("Über", false)]
    [InlineData("", false)]
    public void A_slug_is_what_the_records_name_allows(string text, bool good) => Assert.Equal(good, Letter.IsSlug(text));
}
