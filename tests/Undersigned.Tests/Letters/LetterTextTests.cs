using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Undersigned.Letters;

namespace Undersigned.Tests.Letters;

public sealed class LetterTextTests
{
    private static readonly LetterText Text = new(new StringLocalizer<LettersTexts>(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance)));

    private static string Html(string body) => Text.Html(body).ToString()!.ReplaceLineEndings("\n").Trim();

    [Fact]
    public void A_note_stands_after_the_paragraph_that_names_it()
    {
        Assert.Equal(
            """
            <p>One.<sup><a href="#note-1" id="note-1-ref" aria-label="Note 1">1</a></sup></p>
            <div class="notes" role="note"><p id="note-1"><a href="#note-1-ref" aria-label="Back to the text from note 1">1</a> The <em>source</em>.</p></div>
            <p>Two.</p>
            """,
            Html("One.[^a]\n\nTwo.\n\n[^a]: The *source*."));
    }

    [Fact]
    public void A_note_named_twice_stands_once()
    {
        var html = Html("One.[^a]\n\nTwo.[^a]\n\n[^a]: Source.");
        Assert.Equal(1, html.Split("Source.").Length - 1);
        Assert.Equal(1, html.Split("id=\"note-1-ref\"").Length - 1);
    }

    [Fact]
    public void Headings_stand_below_the_title() => Assert.Equal("<h2>Why</h2>\n<h3>Now</h3>", Html("# Why\n\n## Now"));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](data:text/html,hi)")]
    [InlineData("[x](/desk/letters/1)")]
    [InlineData("![x](https://tracker.example/pixel.gif)")]
    [InlineData("<https://example.example/\" onclick=\"alert(1)>")]
    [InlineData("[x](https://example.example \"a\\\" onmouseover=\\\"b\")")]
    public void Nothing_in_a_letter_acts_or_loads(string body) =>
        Assert.DoesNotMatch("<script|<img|javascript:\"|href=\"(?!https:|mailto:|#note-)|<[^>]* on[a-z]+=", Html(body));

    [Fact]
    public void Links_to_elsewhere_and_addresses_stay() =>
        Assert.Equal("<p><a href=\"https://archive.example/1\">Copy</a> <a href=\"mailto:a@weirs.example\">a</a></p>", Html("[Copy](https://archive.example/1) [a](mailto:a@weirs.example)"));

    [Theory]
    [InlineData(">", 20_000)]
    [InlineData("[", 20_000)]
    [InlineData("*a ", 20_000)]
    [InlineData("- ", 5_000)]
    [InlineData("[^a]", 5_000)]
    [InlineData("a", 300_000)]
    public void What_no_letter_would_hold_is_shown_as_text_or_not_nested(string piece, int times) =>
        Assert.NotEmpty(Html(string.Concat(Enumerable.Repeat(piece, times))));

    [Fact]
    public void The_opening_is_the_first_paragraph_that_says_something()
    {
        var first = "We built, measured, inspected and defended the dams, locks and dykes of this country.";
        Assert.Equal(first, LetterText.Opening($"Minister,\n\n{first}\n\nMore."));
        Assert.Equal(first, LetterText.Opening($"{first} {new string('x', 400)}."));
        Assert.Equal("", LetterText.Opening("Minister,"));
    }
}
