using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Undersigned.Log.Letters;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;
using Undersigned.Verifier;

namespace Undersigned.Tests.Updates;

public sealed class UpdateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string DeskOf(EditionStory story) => $"/desk/letters/{story.Letter.LetterId}/under-the-letter";

    private static (string, string)[] Typed(string kind, string title, string body = "", string date = "2026-02-27", string quotation = "", string source = "https://ministry.example/statement") =>
        kind == "Update" ? [("Form.Kind", kind), ("Form.Title", title), ("Form.Body", body)]
        : [("Form.Kind", kind), ("Form.Title", title), ("Form.Body", body), ("Form.Date", date), ("Form.Quotation", quotation), ("Form.Source", source)];

    [Fact]
    public async Task What_is_published_under_the_letter_is_an_entry_each_and_what_is_corrected_keeps_its_first_words()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        var desk = DeskOf(story);
        await editor.PressAsync(await editor.OpenAsync(desk), "Publish", Typed("Update", "Two reports are published", "Reports 4 and 7 appeared.\n\nNine are *outstanding*.[^1]\n\n[^1]: As of noon."));
        await editor.PressAsync(await editor.OpenAsync(desk), "Publish", Typed("Response", "The Minister responds", "Nothing was answered.", quotation: "“The order concerns form.”"));
        await editor.PressAsync(await editor.OpenAsync(desk), "Publish", Typed("Event", "The order is signed", date: "2026-01-12", source: "Register of orders, 2026/03"));
        await story.Letter.SequenceAsync();
        var page = await editor.OpenAsync(desk);
        var correct = page.QuerySelectorAll("a").First(a => StaffBrowser.Words(a) == "Correct Two reports are published").GetAttribute("href")!;
        await editor.PressAsync(await editor.OpenAsync(correct), "Publish the correction", ("Form.Body", "Reports 4 and 8 appeared."));
        await story.Letter.SequenceAsync();

        var log = await story.Letter.CheckAsync(standing: 5);
        var posts = log.Entries.Select((e, i) => (Entry: e, Index: i)).Where(e => e.Entry.Type == EntryType.Post).ToList();
        Assert.Equal(["Update", "Response", "Update", "Update"], posts.Select(p => p.Entry.Kind.ToString()));
        var texts = new List<JsonElement>();
        foreach (var (entry, _) in posts)
            texts.Add(JsonDocument.Parse(await story.PageAsync($"log/texts/{entry.Text!.Value.ToHex()}")).RootElement);
        Assert.Equal(["update", "response", "update", "update"], texts.Select(t => t.GetProperty("kind").GetString()));
        Assert.Equal(("The order concerns form.", "2026-02-27", "https://ministry.example/statement"), (Text(1, "quotation"), Text(1, "date"), Text(1, "source")));
        Assert.Equal("2026-01-12", Text(2, "date"));
        Assert.Equal(Convert.ToBase64String(posts[0].Entry.Text!.Value.ToArray()), Text(3, "replaces"));
        string? Text(int which, string member) => texts[which].GetProperty(member).GetString();

        using var output = new StringWriter();
        Assert.True(await Verify.RunAsync(["list", $"{story.Letter.App.Url}{story.Path}", "--thorough"], output, output, story.Letter.Clock) == 0, output.ToString());

        var updates = WebUtility.HtmlDecode(await story.PageAsync("updates"));
        Assert.Contains("Reports 4 and 8 appeared.", updates, StringComparison.Ordinal);
        Assert.DoesNotContain("Reports 4 and 7", updates, StringComparison.Ordinal);
        Assert.Contains("“The order concerns form.”", updates, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://ministry.example/statement\">ministry.example</a>", updates, StringComparison.Ordinal);
        Assert.Contains("Register of orders, 2026/03", updates, StringComparison.Ordinal);
        var letter = WebUtility.HtmlDecode(await story.Visitor.GetStringAsync(new Uri(story.Path, UriKind.Relative), Ct));
        Assert.Contains("The order is signed", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("has responded since", letter, StringComparison.Ordinal);

        var first = WebUtility.HtmlDecode(await story.PageAsync($"updates/{posts[0].Index}"));
        Assert.Contains("Nine are <em>outstanding</em>.", first, StringComparison.Ordinal);
        Assert.Contains($"updates/{posts[3].Index}\">As it stands now</a>", first, StringComparison.Ordinal);
        Assert.Contains($"updates/{posts[0].Index}\">As it was first published</a>", await story.PageAsync($"updates/{posts[3].Index}"), StringComparison.Ordinal);
        foreach (var path in new[] { "updates", $"updates/{posts[0].Index}", $"updates/{posts[1].Index}" })
        {
            var (status, said) = await story.VerifyAsync(path);
            Assert.True(status == 0, path + "\n" + said);
        }
        using var none = await story.Visitor.GetAsync(new Uri($"{story.Path}/updates/0", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        var acts = await story.Letter.App.QueryAsync(db => db.Acts.Where(a => a.What.StartsWith("publish-") || a.What == "correct-post").OrderBy(a => a.Id).Select(a => a.What).ToListAsync(Ct));
        Assert.Equal(["publish-update", "publish-response", "publish-event", "correct-post"], acts);
    }

    [Fact]
    public async Task The_letter_shows_the_latest_of_what_happened_and_leads_to_the_rest()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        for (var day = 1; day <= 10; day++)
            await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", Typed("Event", $"Report {day} is refused", date: $"2026-01-{day:00}"));
        await story.Letter.SequenceAsync();
        var timeline = (await StaffBrowser.ReadAsync(await story.Visitor.GetAsync(new Uri(story.Path, UriKind.Relative), Ct))).QuerySelector("#timeline")!;
        Assert.Equal(8, timeline.QuerySelectorAll("li").Length);
        var earlier = timeline.QuerySelectorAll("a").Single(a => a.TextContent == "2 earlier").GetAttribute("href")!;
        Assert.EndsWith("/updates#timeline-h", earlier, StringComparison.Ordinal);
        Assert.Contains("Report 1 is refused", await story.Visitor.GetStringAsync(new Uri(earlier, UriKind.Relative), Ct), StringComparison.Ordinal);
        var own = timeline.QuerySelectorAll("a").Single(a => a.TextContent == "Report 10 is refused").GetAttribute("href")!;
        Assert.Contains("Report 10 is refused", await story.Visitor.GetStringAsync(new Uri(own, UriKind.Relative), Ct), StringComparison.Ordinal);

        // What there is to read is in the map for search engines too, and nothing that only says "nothing yet".
        var map = await story.Visitor.GetStringAsync(new Uri("sitemap.xml", UriKind.Relative), Ct);
        Assert.All([$"{story.Path}/updates</loc>", $"{own}</loc>", $"{story.Path}/press</loc>", $"{story.Path}/statistics</loc>"], page => Assert.Contains(page, map, StringComparison.Ordinal));
        Assert.DoesNotContain("/revisions", map, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_presses_at_once_publish_once_and_of_two_corrections_one_is_told_that_it_was_overtaken()
    {
        await using var story = await EditionStory.BeginAsync();
        using var one = await story.EnterAsync();
        using var other = await story.EnterAsync();
        var desk = DeskOf(story);
        var page = await one.OpenAsync(desk);
        await Task.WhenAll(one.PostAsync(page, "Publish", Typed("Update", "Once", "Only once.")), one.PostAsync(page, "Publish", Typed("Update", "Once", "Only once.")));
        var post = await story.Letter.App.QueryAsync(db => db.Posts.SingleAsync(Ct));

        var correct = $"{desk}?correct={post.Id}";
        var (mine, theirs) = (await one.OpenAsync(correct), await other.OpenAsync(correct));
        await one.PressAsync(mine, "Publish the correction", ("Form.Body", "Mine."));
        var late = await other.PressAsync(theirs, "Publish the correction", ("Form.Body", "Theirs."));
        Assert.Contains("Somebody corrected this meanwhile.", StaffBrowser.Words(late.Body), StringComparison.Ordinal);
        Assert.Equal("Theirs.", late.QuerySelector("#update-body")!.TextContent);
        Assert.Equal(2, await story.Letter.App.QueryAsync(db => db.Posts.CountAsync(Ct)));
    }

    [Fact]
    public async Task That_the_addressee_has_not_responded_is_said_after_a_day_and_until_they_do()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        var opened = story.Letter.Now;
        const string silent = "The addressee has not responded since";
        Assert.DoesNotContain(silent, await story.PageAsync("updates"), StringComparison.Ordinal);
        story.Letter.Clock.Advance(TimeSpan.FromHours(25));
        await story.Letter.AmendAsync(story.People["Ada Okafor"], "Ada N. Okafor");
        await story.Letter.SequenceAsync();
        var says = $"{silent} the letter was published on {opened.UtcDateTime.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)}.";
        Assert.Contains(says, await story.PageAsync("updates"), StringComparison.Ordinal);
        Assert.Contains(says, await story.Visitor.GetStringAsync(new Uri(story.Path, UriKind.Relative), Ct), StringComparison.Ordinal);
        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", Typed("Response", "The Assembly responds", quotation: "We have read it."));
        await story.Letter.SequenceAsync();
        Assert.DoesNotContain(silent, await story.PageAsync("updates"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lacks_something_is_said_and_what_was_typed_is_kept_and_a_preview_keeps_nothing()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        var desk = DeskOf(story);
        var wrong = await editor.PressAsync(await editor.OpenAsync(desk), "Publish", Typed("Response", "", body: "Typed.", date: "2126-01-01", quotation: "", source: ""));
        var words = StaffBrowser.Words(wrong.Body);
        foreach (var said in new[] { "It needs a title.", "1 January 2126 has not come yet.", "What was said, word for word?", "Where can it be read?" })
            Assert.Contains(said, words, StringComparison.Ordinal);
        Assert.Equal("Typed.", wrong.QuerySelector("#response-body")!.TextContent);
        var preview = await editor.PressAsync(await editor.OpenAsync(desk), "Preview", Typed("Update", "A title", "With <script>alert(1)</script> and [a link](javascript:alert(1))."));
        Assert.Contains("With <script>alert(1)</script> and a link.", StaffBrowser.Words(preview.QuerySelector("#preview")), StringComparison.Ordinal);
        Assert.Null(preview.QuerySelector("#preview script, #preview a[href]"));
        Assert.Equal(0, await story.Letter.App.QueryAsync(db => db.Posts.CountAsync(Ct)));
    }
}
