using System.Net;
using SkiaSharp;
using Undersigned.Model;
using Undersigned.Shared;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Embeds;

public sealed class CardTests : IAsyncLifetime
{
    private const string Arabic = "دعوا المفتشين ينشرون ما يجدون";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestApp app = null!;
    private HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        visitor = app.Client();
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task The_picture_is_a_PNG_of_1200_by_630_and_moves_with_the_number()
    {
        var letter = await SeededLetter.PublishAsync(app, "weirs");
        var before = await PictureAsync("weirs");
        await letter.SignAsync(new ShownLine("Ann Öhrström", null, null, null, null));
        var after = await PictureAsync("weirs");
        Assert.NotEqual(before, after);
        Assert.Equal(after, await PictureAsync("weirs"));
        using var picture = SKBitmap.Decode(after);
        Assert.Equal((1200, 630), (picture.Width, picture.Height));
        // The number is in pen, and nothing else is.
        Assert.True(Has(picture, SKRectI.Create(72, 400, 200, 150), SKColor.Parse("#1d3f95")));
        Assert.False(Has(picture, SKRectI.Create(0, 0, 1200, 300), SKColor.Parse("#1d3f95")));
        await WriteForTheEyeAsync("card-latin.png", after);
        await letter.SignAsync(SignatureLevel.Imported, [.. Enumerable.Range(0, 3).Select(i => new ShownLine($"Bo Ekelund {i}", null, null, null, null))]);
        var beside = await PictureAsync("weirs");
        using var both = SKBitmap.Decode(beside);
        // Between the number and the rule.
        Assert.DoesNotContain(Pixels(picture, SKRectI.Create(200, 535, 200, 12)), p => p.Red < 140);
        Assert.Contains(Pixels(both, SKRectI.Create(200, 520, 200, 27)), p => p.Red < 140);
        await WriteForTheEyeAsync("card-imported.png", beside);
    }

    [Fact]
    public async Task A_title_in_Arabic_begins_at_the_right()
    {
        await SeededLetter.PublishAsync(app, "sudud", l => (l.Language, l.Title, l.Organiser) = ("ar", Arabic, "حراس السدود"));
        var png = await PictureAsync("sudud");
        using var picture = SKBitmap.Decode(png);
        Assert.True(HasInk(picture, SKRectI.Create(1000, 110, 150, 120)));
        Assert.False(HasInk(picture, SKRectI.Create(0, 40, 72, 300)));
        await WriteForTheEyeAsync("card-arabic.png", png);
    }

    [Fact]
    public void Letters_are_joined_and_words_of_both_directions_keep_their_places()
    {
        var lettering = app.Get<Lettering>();
        Assert.True(lettering.Covers(Arabic + " Waterways 1,143 שלום"));
        // Lam and alif are one form.
        Assert.True(lettering.Measure("لا", 100) < lettering.Measure("ل", 100) + lettering.Measure("ا", 100) - 5);
        // A number of two groups is read from the left inside Arabic too: the comma, which is least ink, stands in its second fifth.
        using var both = Drawn(lettering, "عدد 1,143", rightToLeft: true);
        var ink = Columns(both, 500 - (int)lettering.Measure("عدد 1,143", 60), (int)lettering.Measure("1,143", 60));
        Assert.Equal(1, Array.IndexOf(ink, ink.Min()));
    }

    [Fact]
    public void A_word_wider_than_the_line_is_broken_and_nothing_is_lost()
    {
        var lettering = app.Get<Lettering>();
        var lines = lettering.Lines("Let the Donaudampfschifffahrtselektrizitätenhauptbetriebswerk publish", 70, 600);
        Assert.All(lines, l => Assert.True(lettering.Measure(l, 70) <= 600, l));
        Assert.Equal("LettheDonaudampfschifffahrtselektrizitätenhauptbetriebswerkpublish", string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_font_has_the_title_there_is_no_picture_and_the_letter_names_none()
    {
        await SeededLetter.PublishAsync(app, "odd", l => l.Title = "No font has \u0378");
        using var answer = await visitor.GetAsync("/letters/odd/card.png", Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("og:image", await visitor.GetStringAsync("/letters/odd", Ct), StringComparison.Ordinal);
    }

    private async Task<byte[]> PictureAsync(string slug)
    {
        using var answer = await visitor.GetAsync($"/letters/{slug}/card.png", Ct);
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync(Ct);
    }

    private static bool Has(SKBitmap picture, SKRectI area, SKColor color) => Pixels(picture, area).Any(p => p == color);

    private static bool HasInk(SKBitmap picture, SKRectI area) => Pixels(picture, area).Any(p => p.Red < 128);

    private static IEnumerable<SKColor> Pixels(SKBitmap picture, SKRectI area) =>
        from x in Enumerable.Range(area.Left, area.Width) from y in Enumerable.Range(area.Top, area.Height) select picture.GetPixel(x, y);

    private static SKBitmap Drawn(Lettering lettering, string text, bool rightToLeft)
    {
        var picture = new SKBitmap(1000, 100);
        using var canvas = new SKCanvas(picture);
        canvas.Clear(SKColors.White);
        lettering.Draw(canvas, text, 500, 70, 60, SKColors.Black, rightToLeft);
        return picture;
    }

    // How much ink stands in each fifth of the width.
    private static int[] Columns(SKBitmap picture, int left, int width) =>
        [.. Enumerable.Range(0, 5).Select(i => Pixels(picture, SKRectI.Create(left + i * width / 5, 0, width / 5, 100)).Count(p => p.Red < 128))];

    /// <summary>A picture for the eye, where UNDERSIGNED_TEST_PICTURES names a folder; otherwise nothing.</summary>
    private static async Task WriteForTheEyeAsync(string name, byte[] png)
    {
        if (Environment.GetEnvironmentVariable("UNDERSIGNED_TEST_PICTURES") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, name), png, Ct);
    }
}
