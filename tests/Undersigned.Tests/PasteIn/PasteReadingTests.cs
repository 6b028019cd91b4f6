using Undersigned.Model;
using Undersigned.PasteIn;

namespace Undersigned.Tests.PasteIn;

public sealed class PasteReadingTests
{
    /// <summary>What people send, and how it is read: name | title | office | years | address.</summary>
    public static TheoryData<string, string> Forms => new()
    {
        { "Ada Lockwood", "Ada Lockwood||||" },
        { "Ada Lockwood, Inspector", "Ada Lockwood|Inspector|||" },
        { "Ada Lockwood, Inspector, Inspectorate of Dams", "Ada Lockwood|Inspector|Inspectorate of Dams||" },
        { "Ada Lockwood, Inspector, Inspectorate of Dams, 1985–2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "Ada Lockwood, Inspector, Inspectorate of Dams 1985-2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "Ada Lockwood, Inspector, Inspectorate of Dams (1985-2010)", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "Ada Lockwood, Inspector, Inspectorate of Dams, 1985 to 2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "Ada Lockwood, Inspector, Inspectorate of Dams, since 2011", "Ada Lockwood|Inspector|Inspectorate of Dams|2011–|" },
        { "Ada Lockwood, Inspector, Inspectorate of Dams, 1988", "Ada Lockwood|Inspector|Inspectorate of Dams|1988|" },
        { "Ada Lockwood, AUSA, SDNY 1994–2003; Civil Div. 2003–11", "Ada Lockwood|AUSA, SDNY; Civil Div.||1994–2003, 2003–2011|" },
        { "Ada Lockwood, Inspector, Inspectorate of Dams, 1985–2010, ada@post.example", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|ada@post.example" },
        { "ada@post.example, Ada Lockwood, Inspector, Inspectorate of Dams, 1985–2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|ada@post.example" },
        { "Ada Lockwood <ada@post.example>, Inspector, Inspectorate of Dams, 1985–2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|ada@post.example" },
        { "Ada Lockwood (ada@post.example), Inspector", "Ada Lockwood|Inspector|||ada@post.example" },
        { "Ada Lockwood, ada@post.example, Inspector, Inspectorate of Dams", "Ada Lockwood|Inspector|Inspectorate of Dams||ada@post.example" },
        { "Ada Lockwood ada@post.example", "Ada Lockwood||||ada@post.example" },
        { "Ada Lockwood, Inspector, mailto:ada@post.example", "Ada Lockwood|Inspector|||ada@post.example" },
        { "<ada@post.example> Ada Lockwood", "Ada Lockwood||||ada@post.example" },
        { "1. Ada Lockwood, Inspector", "Ada Lockwood|Inspector|||" },
        { "12) Ada Lockwood, Inspector", "Ada Lockwood|Inspector|||" },
        { "(3) Ada Lockwood, Inspector", "Ada Lockwood|Inspector|||" },
        { "- Ada Lockwood, Inspector", "Ada Lockwood|Inspector|||" },
        { "• Ada Lockwood, Inspector", "Ada Lockwood|Inspector|||" },
        { "* Ada Lockwood – Inspector, Inspectorate of Dams", "Ada Lockwood|Inspector|Inspectorate of Dams||" },
        { "Ada Lockwood – Inspector, Inspectorate of Dams, 1985–2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "Ada Lockwood - Inspector - Inspectorate of Dams", "Ada Lockwood|Inspector - Inspectorate of Dams|||" },
        { "Ada Lockwood — Inspector", "Ada Lockwood|Inspector|||" },
        { "Ada Lockwood: Inspector, Inspectorate of Dams", "Ada Lockwood|Inspector|Inspectorate of Dams||" },
        { "Ada Lockwood (Inspector, Inspectorate of Dams, 1985–2010)", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "Robert (Bob) Millrace, Inspector", "Robert (Bob) Millrace|Inspector|||" },
        { "Ada Lockwood; Inspector; Inspectorate of Dams; 1985–2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "Ada Lockwood; Inspector; Inspectorate of Dams; 1985–2010; ada@post.example", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|ada@post.example" },
        { "Ada Lockwood\tInspector\tInspectorate of Dams\t1985–2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "Ada Lockwood\tInspector, northern basins\tInspectorate of Dams, Locks\t1985–2010\tada@post.example", "Ada Lockwood|Inspector, northern basins|Inspectorate of Dams, Locks|1985–2010|ada@post.example" },
        { "17\tAda Lockwood\tInspector\tInspectorate of Dams\t1985–2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "Ada Lockwood | Inspector | Inspectorate of Dams | 1985–2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "\"Ada Lockwood\",\"Inspector\",\"Inspectorate of Dams, North\",\"1985-2010\"", "Ada Lockwood|Inspector|Inspectorate of Dams, North|1985–2010|" },
        { "\"Lockwood, Ada\",Inspector,Inspectorate of Dams,1985-2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "\"Lockwood, Ada\";\"Inspector\";\"Inspectorate of Dams\";\"1985-2010\"", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "Lockwood, Ada\tInspector\tInspectorate of Dams\t1985–2010", "Ada Lockwood|Inspector|Inspectorate of Dams|1985–2010|" },
        { "John Millrace, Jr., Inspector, Inspectorate of Dams", "John Millrace, Jr.|Inspector|Inspectorate of Dams||" },
        { "John Millrace III, Inspector", "John Millrace III|Inspector|||" },
        { "Ada Lockwood, PhD, Hydrologist", "Ada Lockwood, PhD|Hydrologist|||" },
        { "Dr. Ada Lockwood, Hydrologist", "Dr. Ada Lockwood|Hydrologist|||" },
        { "Jean-Luc d'Écluse, Inspecteur", "Jean-Luc d'Écluse|Inspecteur|||" },
        { "نهلة السدراني، مفتشة، هيئة السدود", "نهلة السدراني|مفتشة|هيئة السدود||" },
        { "  Ada   Lockwood ,  Inspector  ", "Ada Lockwood|Inspector|||" },
        { "Ada Lockwood,", "Ada Lockwood||||" },
        { "Ada Lockwood,,Inspectorate of Dams,1985-2010", "Ada Lockwood||Inspectorate of Dams|1985–2010|" },
        { "Ada Lockwood, Inspector, Inspectorate of Dams, 1985–1990, 1994–2010", "Ada Lockwood|Inspector; Inspector|Inspectorate of Dams; Inspectorate of Dams|1985–1990, 1994–2010|" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_line_is_read_in_any_usual_form(string text, string expected)
    {
        var line = Assert.Single(PasteReading.Read(text, 2026));
        Assert.Null(line.Problem);
        var shown = line.Shown;
        Assert.Equal(expected, $"{line.Name}|{shown.Position}|{shown.Organization}|{(shown.Years is null ? "" : ShownLine.YearsText(shown.Years))}|{line.Address}");
    }

    [Theory]
    [InlineData(", Inspector, Inspectorate of Dams", "There is no name.")]
    [InlineData("ada@post.example", "There is no name.")]
    [InlineData("12345", "There is no name.")]
    [InlineData("Ada Lockwood Inspector 1985–2010", "A year stands in the name; is a comma missing after the name?")]
    [InlineData("Ada Lockwood, Inspector, Inspectorate of Dams, 1994–1987", "The last year, 1987, comes before the first, 1994.")]
    [InlineData("Ada Lockwood, Inspector, Inspectorate of Dams, 2019–2031", "The year 2031 is in the future.")]
    [InlineData("Ada Lockwood, Inspector, Inspectorate of Dams, 1885–1910", "The year 1885 is more than a hundred years ago.")]
    [InlineData("Ada Lockwood, Inspector, ada@post", "This address cannot receive mail as it is written.")]
    [InlineData("Ada Lockwood, Inspector, ada@", "This address cannot receive mail as it is written.")]
    [InlineData("Ada Lockwood, a@post.example, b@post.example", "There are two addresses on this line.")]
    [InlineData("www.weir.example, Inspector", "A name cannot contain a web or mail address.")]
    [InlineData("Ada Lockwood, see https://weir.example", "A title, office or place cannot contain a web address.")]
    [InlineData("Ada\u202eLockwood, Inspector", "The name contains characters that cannot be seen.")]
    [InlineData("Ada\u0301\u0302\u0303\u0304\u0306 Lockwood", "The name has too many marks on one letter.")]
    public void A_bad_line_says_why(string text, string problem) => Assert.Equal(problem, Assert.Single(PasteReading.Read(text, 2026)).Problem);

    [Fact]
    public void A_name_without_end_and_an_office_without_end_are_refused()
    {
        Assert.StartsWith("The name is longer than 100 characters", PasteReading.Read(new string('a', 101), 2026)[0].Problem, StringComparison.Ordinal);
        Assert.StartsWith("A title, office or place is longer", PasteReading.Read("Ada Lockwood, " + new string('a', 201), 2026)[0].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name,Title,Office,Years")]
    [InlineData("Name\tPosition\tOrganization\tYears\tE-mail")]
    [InlineData("Full name; Job title; Agency; Dates")]
    public void Headings_and_empty_lines_are_passed_over_and_lines_keep_their_number(string headings)
    {
        var lines = PasteReading.Read($"\ufeff{headings}\r\n\r\nAda Lockwood, Inspector\r\n   \r\nBela Weir", 2026);
        Assert.Equal([(3, "Ada Lockwood"), (5, "Bela Weir")], lines.Select(l => (l.Number, l.Name)));
    }

    [Fact]
    public void Nothing_that_is_pasted_makes_the_reading_fail()
    {
        var random = new Random(7);
        const string Alphabet = "ab ,;|\t\"'()<>@.-–:1920\u202e\u0301\ud800№،";
        for (var i = 0; i < 20_000; i++)
            Assert.All(PasteReading.Read(new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]), 2026), l => Assert.NotNull(l.Name));
    }
}
