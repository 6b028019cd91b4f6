using System.Text;
using Undersigned.Writing;

namespace Undersigned.Tests.Writing;

public sealed class PastedDocumentTests
{
    private const string Expected = """
        # Let the inspectors publish what they find

        To the Minister. We served *under seven governments*, and **none** of them [hid a report](<https://waterways.example/act?section=4>) before.[^1]

        ## What happened

        - Three dams were closed in spring.
          - Two of them by night.
          - One without a reason.
        - Nobody was told.[^2]

        1. Publish the reports.
        2. Name who stopped them.

        [^1]: Act on Waterways, section 4.

        [^2]: See the *Register* of 2025.

        """;

    [Theory]
    [InlineData("word")]
    [InlineData("google-docs")]
    [InlineData("libreoffice")]
    public void Headings_links_emphasis_lists_and_footnotes_stay(string program)
    {
        var html = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Writing", "Pasted", program + ".html"));
        Assert.Equal(Expected.ReplaceLineEndings("\n"), PastedDocument.ToCommonMark(html));
    }

    [Theory]
    [InlineData("<p><a href='javascript:alert(1)'>Read</a> <a href='file:///etc/passwd'>this</a> <a href='/here'>too</a>", "Read this too\n")]
    [InlineData("<p>a<script>alert(1)</script>b<style>p{}</style>c<img src=x onerror=alert(1)>", "abc\n")]
    [InlineData("<p>1. May 1987</p><p># 5 * 3 < 20 [sic] snake_case _so_ &amp;amp;</p>", "1\\. May 1987\n\n\\# 5 \\* 3 \\< 20 \\[sic\\] snake_case \\_so\\_ \\&amp;\n")]
    [InlineData("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "\\<script>alert(1)\\</script>\n")]
    [InlineData("<p>one<br>two<br><br>three</p>", "one\\\ntwo\n\nthree\n")]
    [InlineData("<table><tr><th>Year<th>Dams<tr><td>2024<td>3</table>", "Year · Dams\\\n2024 · 3\n")]
    [InlineData("<table><tr><td><p>a</p><ul><li>b</ul></table>", "a\n\n- b\n")]
    [InlineData("<p><b> bold </b>words<b>.</b>x <i><b>both</b></i></p>", "**bold** words.x ***both***\n")]
    [InlineData("<blockquote><p>a<p>b</blockquote><hr>c", "> a\n>\n> b\n\n---\n\nc\n")]
    [InlineData("<p>a <a href='https://www.google.com/url?q=https://waterways.example/x&amp;sa=D'>b</a>", "a [b](<https://waterways.example/x>)\n")]
    [InlineData("<p style='display:none'>hidden</p><p>shown", "shown\n")]
    [InlineData("<ol start=4><li>d<li>e</ol>", "4. d\n5. e\n")]
    [InlineData("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n- c\n")]
    [InlineData("<h2><b>Bold heading</b><br>on two lines</h2>", "## Bold heading on two lines\n")]
    [InlineData("<p>see<a href='#_ftn1' name='_ftnref1'>[1]</a></p>", "see\\[1\\]\n")]
    [InlineData("   <p>&nbsp;</p> <div><br></div>", "")]
    [InlineData("", "")]
    [InlineData("just words", "just words\n")]
    public void Everything_else_becomes_text(string html, string expected) =>
        Assert.Equal(expected, PastedDocument.ToCommonMark(html));

    [Fact]
    public void However_deep_or_long_it_is_the_words_come_out()
    {
        var deep = new StringBuilder();
        for (var i = 0; i < 2_000; i++)
            deep.Append("<ul><li><b>");
        Assert.Contains("words", PastedDocument.ToCommonMark(deep + "words"), StringComparison.Ordinal);
        var long_ = PastedDocument.ToCommonMark(string.Concat(Enumerable.Repeat("<p>words of a letter</p>", 100_000)));
        Assert.True(long_.Length < PastedDocument.Longest);
    }
}
