namespace Undersigned.Linkage.Tests.Watching;

public class WatchListTests
{
    private static readonly WatchList List = new([
        new("quill", "Octavia Quillfeather") { Context = "Minister of Rivers since 2019", Offices = ["Minister of Rivers"], Organizations = ["Ministry of Rivers"], Aliases = ["Tavi Quillfeather-Lis"] },
        new("smith", "John Smith") { Offices = ["Governor of the Central Bank"], Organizations = ["Central Bank"] },
    ]);

    [Theory]
    [InlineData("Octavia Quillfeather")]
    [InlineData("Quillfeather, Octavia")]
    [InlineData("Dr. Octavia M. Quillfeather")]
    [InlineData("OCTAVIA QUILLFEATHER")]
    [InlineData("OctaviaQuillfeather")]
    [InlineData("Octavia Quilfeather")]
    [InlineData("O. Quillfeather")]
    [InlineData("Октавия Квиллфезер")]
    [InlineData("Oct\u0430via Quillfeather")]
    [InlineData("Tavi Quillfeather-Lis")]
    public void A_rare_name_is_held_in_every_form(string name)
    {
        var finding = List.Check(new Signatory(1, name));
        Assert.Equal((WatchVerdict.Hold, "quill"), (finding?.Verdict, finding?.Entry?.Key));
        Assert.Contains("Minister of Rivers", finding!.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Octavia Stone")]
    [InlineData("Mira Quillfeather")]
    [InlineData("Mira Quill")]
    [InlineData("Smith")]
    [InlineData("Peter Smith")]
    [InlineData("")]
    public void Others_are_left_alone(string name) => Assert.Null(List.Check(new Signatory(1, name)));

    [Fact]
    public void A_common_name_is_a_hint_and_with_the_office_or_the_organization_it_is_held()
    {
        Assert.Equal(WatchVerdict.Hint, List.Check(Some.Line(1, "John Smith"))!.Verdict);
        Assert.Contains("ordinary people", List.Check(Some.Line(1, "John Smith"))!.Text(), StringComparison.Ordinal);
        Assert.Equal(WatchVerdict.Hold, List.Check(Some.Line(1, "John Smith", "Governor, Central Bank"))!.Verdict);
        Assert.Equal(WatchVerdict.Hold, List.Check(Some.Line(1, "John Smith", null, "the Central Bank"))!.Verdict);
    }

    [Fact]
    public void A_namesake_that_was_checked_is_silent_for_that_entry_alone()
    {
        Assert.Null(List.Check(new Signatory(1, "Octavia Quillfeather"), isChecked: key => key == "quill"));
        Assert.NotNull(List.Check(new Signatory(1, "Octavia Quillfeather"), isChecked: key => key == "smith"));
    }

    [Fact]
    public void A_name_that_is_common_in_the_letter_is_no_alarm()
    {
        var index = Some.Index([.. Enumerable.Range(0, 200).Select(id => Some.Line(id, $"Octavia Place{(char)('a' + id % 26)}{(char)('a' + id / 26)}")), .. Enumerable.Range(200, 200).Select(id => Some.Line(id, $"Given{(char)('a' + id % 26)}{(char)('a' + id / 26)} Quillfeather"))]);
        Assert.Equal(WatchVerdict.Hint, List.Check(new Signatory(1, "Octavia Quillfeather"), index.Names)!.Verdict);
    }

    [Theory]
    [InlineData("Prime Minister", null)]
    [InlineData("Prime Minister of Ruritania", null)]
    [InlineData("Former Prime Minister", null)]
    [InlineData("President", "United States")]
    [InlineData("Bundeskanzlerin", null)]
    [InlineData("Presidente del Gobierno", null)]
    [InlineData("Prezydent Rzeczypospolitej Polskiej", null)]
    [InlineData("Премьер-министр", null)]
    [InlineData("Ministre de l’Intérieur", null)]
    public void A_title_of_office_is_held_without_a_name(string position, string? organization)
    {
        var finding = List.Check(Some.Line(1, "Mira Quill", position, organization));
        Assert.Equal(WatchVerdict.Hold, finding?.Verdict);
        Assert.Null(finding!.Entry);
        Assert.StartsWith("Claims a high office", finding.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Assistant to the Prime Minister")]
    [InlineData("President")]
    [InlineData("Assistant Attorney General")]
    [InlineData("Director")]
    [InlineData("Secretary")]
    public void Ordinary_posts_are_not(string position) => Assert.Null(List.Check(Some.Line(1, "Mira Quill", position, "Fenwick Rowing Club")));

    [Fact]
    public void The_organiser_adds_titles_and_can_do_without_the_shipped_ones()
    {
        var own = new WatchList([], withTitlesOfOffice: false, ["Mayor of Fenwick"]);
        Assert.NotNull(own.Check(Some.Line(1, "Mira Quill", "Mayor of Fenwick")));
        Assert.Null(own.Check(Some.Line(1, "Mira Quill", "Prime Minister")));
    }
}
