using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;
using Undersigned.Verifier;
using PostKind = Undersigned.Model.PostKind;

namespace Undersigned.Tests.Translations;

public sealed class TranslationTests
{
    private const string Title = "Dejen que los inspectores publiquen lo que encuentran";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string DeskOf(EditionStory story) => $"/desk/letters/{story.Letter.LetterId}/translations";

    private static async Task<(string, string)[]> TypedAsync(EditionStory story, string language = "es", string title = Title, string body = "Se han terminado once informes.[^1]\n\n*Ninguno* ha aparecido.\n\n[^1]: Registro de la Inspección.")
    {
        var words = await story.Letter.App.QueryAsync(async db => LetterWords.Of(await db.Revisions.SingleAsync(r => r.LetterId == story.Letter.LetterId, Ct)));
        return [("Form.Language", language), ("Form.Title", title), ("Form.Addressees", "A la Ministra"), ("Form.Body", body), ("Form.Demands", string.Join('\n', words.Demands.Select((_, i) => $"petición {i + 1}"))), ("Form.Translator", "Ottoline Marchetti")];
    }

    private static async Task<IDocument> ReadAsync(EditionStory story, string path) =>
        await new HtmlParser().ParseDocumentAsync(await story.Visitor.GetStringAsync(new Uri(path, UriKind.Relative), Ct), Ct);

    [Fact]
    public async Task A_translation_is_an_entry_of_the_record_and_stands_beside_the_text_that_is_signed()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        var done = await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", await TypedAsync(story));
        Assert.Contains("Published; within a moment it has its page.", StaffBrowser.Words(done.Body), StringComparison.Ordinal);
        await story.Letter.SequenceAsync();

        var log = await story.Letter.CheckAsync(standing: 5);
        var entry = log.Entries.Single(e => e.Type == EntryType.Post);
        Assert.Equal("Translation", entry.Kind.ToString());
        var text = JsonDocument.Parse(await story.PageAsync($"log/texts/{entry.Text!.Value.ToHex()}")).RootElement;
        Assert.Equal(("translation", "es", "en", 1), (text.GetProperty("kind").GetString(), text.GetProperty("language").GetString(), text.GetProperty("authoritative").GetString(), text.GetProperty("revision").GetInt32()));
        using var output = new StringWriter();
        Assert.True(await Verify.RunAsync(["list", $"{story.Letter.App.Url}{story.Path}", "--thorough"], output, output, story.Letter.Clock) == 0, output.ToString());

        var page = await ReadAsync(story, story.Path + "/translations/es");
        var sides = page.QuerySelectorAll(".twin article").ToList();
        Assert.Equal([null, "es"], sides.Select(s => s.GetAttribute("lang")));
        Assert.Contains("Ninguno", sides[1].TextContent, StringComparison.Ordinal);
        Assert.Empty(page.All.Select(e => e.Id).Where(i => i?.Length > 0).GroupBy(i => i).Where(g => g.Count() > 1).Select(g => g.Key));
        var words = StaffBrowser.Words(page.QuerySelector("main"));
        Assert.Contains("Signed was the text in English (revision 1).", words, StringComparison.Ordinal);
        Assert.Contains("Translated by Ottoline Marchetti.", words, StringComparison.Ordinal);
        var (status, said) = await story.VerifyAsync("translations/es");
        Assert.True(status == 0, said);
    }

    [Fact]
    public async Task The_letter_the_form_the_feed_the_map_and_the_interface_for_programs_know_it()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", await TypedAsync(story));
        await story.Letter.SequenceAsync();

        var path = $"/{story.Path}/translations/es";
        Assert.Equal("Español", (await ReadAsync(story, story.Path)).QuerySelector($"main a[href='{path}']")!.TextContent);
        // Whoever reads Spanish is shown it in a sentence, and beside the form.
        Assert.Equal(Title, (await ReadAsync(story, "es/" + story.Path)).QuerySelector($"main .notice a[href='/es{path}']")!.TextContent);
        Assert.NotNull((await ReadAsync(story, $"es/{story.Path}/sign")).QuerySelector($"main a[href='/es{path}']"));
        Assert.Null((await ReadAsync(story, $"{story.Path}/sign")).QuerySelector($"main a[href='{path}']"));
        Assert.Contains($"<category term=\"translation\" />", await story.PageAsync("feed.atom"), StringComparison.Ordinal);
        Assert.Contains($"<entry xml:lang=\"es\">", await story.PageAsync("feed.atom"), StringComparison.Ordinal);
        Assert.Contains($"{path}</loc>", await story.Visitor.GetStringAsync("/sitemap.xml", Ct), StringComparison.Ordinal);
        // It is no update, and stands in no list of them.
        Assert.DoesNotContain(Title, await story.PageAsync("updates"), StringComparison.Ordinal);

        var all = JsonDocument.Parse(await story.Visitor.GetStringAsync($"/api/v1/{story.Path}/translations", Ct)).RootElement;
        Assert.Equal(("en", "es"), (all.GetProperty("authoritative").GetString(), all.GetProperty("translations")[0].GetProperty("language").GetString()));
        var one = JsonDocument.Parse(await story.Visitor.GetStringAsync($"/api/v1/{story.Path}/translations/es", Ct)).RootElement;
        Assert.Equal("A la Ministra", one.GetProperty("addressees").GetString());
        using var none = await story.Visitor.GetAsync($"/api/v1/{story.Path}/translations/fr", Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains("no-such-translation", await none.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var noPage = await story.Visitor.GetAsync($"/{story.Path}/translations/fr", Ct);
        Assert.Equal(HttpStatusCode.NotFound, noPage.StatusCode);
    }

    [Fact]
    public async Task A_correction_takes_its_place_and_the_old_one_can_still_be_read()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        using var other = await story.EnterAsync();
        var desk = DeskOf(story);
        await editor.PressAsync(await editor.OpenAsync(desk), "Publish", await TypedAsync(story));
        await story.Letter.SequenceAsync();
        var id = await story.Letter.App.QueryAsync(db => db.Posts.Where(p => p.Kind == PostKind.Translation).Select(p => p.Id).SingleAsync(Ct));
        var (mine, theirs) = (await editor.OpenAsync($"{desk}?correct={id}"), await other.OpenAsync($"{desk}?correct={id}"));
        await editor.PressAsync(mine, "Publish the correction", ("Form.Body", "Se han concluido once informes."));
        var late = await other.PressAsync(theirs, "Publish the correction", ("Form.Body", "Otra cosa."));
        Assert.Contains("Somebody corrected this meanwhile.", StaffBrowser.Words(late.Body), StringComparison.Ordinal);
        Assert.Equal("Otra cosa.", late.QuerySelector("#body")!.TextContent);
        var taken = await other.PressAsync(await other.OpenAsync(desk), "Publish", await TypedAsync(story, title: "Otra"));
        Assert.Contains("There is a translation in this language already", StaffBrowser.Words(taken.Body), StringComparison.Ordinal);
        await story.Letter.SequenceAsync();

        var now = await ReadAsync(story, story.Path + "/translations/es");
        Assert.Contains("Se han concluido", now.QuerySelector(".twin")!.TextContent, StringComparison.Ordinal);
        var earlier = now.QuerySelector("#others + ul a")!.GetAttribute("href")!;
        var first = await ReadAsync(story, earlier);
        Assert.Contains("Se han terminado", first.QuerySelector(".twin")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("This translation was corrected on", StaffBrowser.Words(first.QuerySelector("main")), StringComparison.Ordinal);
        Assert.Equal("noindex", first.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        var acts = await story.Letter.App.QueryAsync(db => db.Acts.Where(a => a.What.EndsWith("-translation")).OrderBy(a => a.Id).Select(a => a.What).ToListAsync(Ct));
        Assert.Equal(["publish-translation", "correct-translation"], acts);
    }

    [Fact]
    public async Task Two_presses_at_once_publish_once_and_what_lacks_something_is_said()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        var page = await editor.OpenAsync(DeskOf(story));
        var wrong = await editor.PressAsync(page, "Publish", ("Form.Language", "en"), ("Form.Title", "Typed"), ("Form.Body", ""), ("Form.Demands", "one\ntwo\nthree\nfour\nfive\nsix"));
        foreach (var said in new[] { "That is the letter’s own language.", "There is no text yet.", "one a line; these are 6." })
            Assert.Contains(said, StaffBrowser.Words(wrong.Body), StringComparison.Ordinal);
        Assert.Equal("Typed", wrong.QuerySelector("#title")!.GetAttribute("value"));
        var preview = await editor.PressAsync(page, "Preview", ("Form.Language", "ar"), ("Form.Title", "عنوان"), ("Form.Body", "نص <script>alert(1)</script>"));
        Assert.Equal("rtl", preview.QuerySelector("#preview article")!.GetAttribute("dir"));
        Assert.Null(preview.QuerySelector("#preview script"));
        Assert.Equal(0, await story.Letter.App.QueryAsync(db => db.Posts.CountAsync(Ct)));

        var typed = await TypedAsync(story, "de");
        await Task.WhenAll(editor.PostAsync(page, "Publish", typed), editor.PostAsync(page, "Publish", typed));
        Assert.Equal(1, await story.Letter.App.QueryAsync(db => db.Posts.CountAsync(Ct)));
    }

    [Theory]
    [InlineData("ar", "translations/es")]
    [InlineData("ar", "signatories/all")]
    [InlineData("de", "signatories")]
    [InlineData("de", "verify")]
    public async Task The_checking_program_reads_a_page_in_any_language(string language, string path)
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", await TypedAsync(story));
        await story.Letter.SequenceAsync();
        var file = Path.Combine(story.Letter.App.Instance.DataFolder, "saved-page");
        await File.WriteAllTextAsync(file, await story.Visitor.GetStringAsync(new Uri($"/{language}/{story.Path}/{path}", UriKind.Relative), Ct), Ct);
        using var said = new StringWriter();
        Assert.True(await Verify.RunAsync(["page", file, "--log", $"{story.Letter.App.Url}{story.Path}"], said, said, story.Letter.Clock) == 0, said.ToString());
    }
}
