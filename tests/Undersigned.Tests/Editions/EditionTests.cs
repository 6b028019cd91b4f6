using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;
using Undersigned.Editions;
using Undersigned.Log.Letters;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Transparency;
using Undersigned.Verifier;

namespace Undersigned.Tests.Editions;

public sealed class EditionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Editions_are_one_press_each_and_an_entry_of_the_record()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        var first = await editor.OpenAsync(story.Desk);
        await editor.PressAsync(first, "Publish edition 1: +5");
        await story.Letter.SequenceAsync();
        Assert.Contains("Nothing has changed since edition 1.", StaffBrowser.Words((await editor.OpenAsync(story.Desk)).Body), StringComparison.Ordinal);
        await story.GoOnAsync();
        // Seven signed; Bo and Dagny withdrew, Gunnar came and went, Cyprian went and came back, Eero was only checked anew.
        await editor.PressAsync(await editor.OpenAsync(story.Desk), "Publish edition 2: +1, 2 withdrawn, 1 corrected");
        await story.Letter.SequenceAsync();

        var log = await story.Letter.CheckAsync(standing: 4);
        var posts = log.Entries.Where(e => e.Type == EntryType.Post).ToList();
        Assert.Equal(["Edition", "Edition"], posts.Select(p => p.Kind.ToString()));
        var text = JsonDocument.Parse(await story.PageAsync($"log/texts/{posts[1].Text!.Value.ToHex()}")).RootElement;
        Assert.Equal("edition", text.GetProperty("kind").GetString());
        Assert.Equal((2, 4, 1, 2, 0, 1), (Number("number"), Number("standing"), Number("added"), Number("withdrawn"), Number("removed"), Number("corrected")));
        Assert.True(log.Replay.IsPublished(text.GetProperty("treeSize").GetInt64()));
        Assert.Equal("+1, 2 withdrawn, 1 corrected", text.GetProperty("body").GetString());
        int Number(string member) => text.GetProperty(member).GetInt32();

        using var output = new StringWriter();
        Assert.True(await Verify.RunAsync(["list", $"{story.Letter.App.Url}{story.Path}", "--thorough"], output, output, story.Letter.Clock) == 0, output.ToString());
        var acts = await story.Letter.App.QueryAsync(db => db.Acts.Where(a => a.What == "publish-edition").CountAsync(Ct));
        Assert.Equal(2, acts);
    }

    [Fact]
    public async Task An_edition_has_an_address_for_ever_and_a_page_of_what_changed()
    {
        await using var story = await EditionStory.BeginAsync();
        var writer = story.Letter.App.Get<EditionWriter>();
        await writer.PublishAsync(story.Letter.LetterId, null, null, Ct);
        await story.Letter.SequenceAsync();
        await story.GoOnAsync();
        await writer.PublishAsync(story.Letter.LetterId, null, null, Ct);
        await story.Letter.SequenceAsync();

        var first = await story.JsonAsync("editions/1.json");
        Assert.Equal((6, 5, 2), (first.GetProperty("treeSize").GetInt32(), first.GetProperty("standing").GetInt32(), first.GetProperty("notShown").GetInt32()));
        Assert.Contains("This is edition 1", await story.PageAsync("editions/1"), StringComparison.Ordinal);
        var changes = WebUtility.HtmlDecode(await story.PageAsync("editions/2/changes"));
        // Numbers within a batch are drawn.
        var left = await story.Letter.App.QueryAsync(db => db.Signatures.Where(s => s.Id == story.People["Bo Ekelund"] || s.Id == story.People["Dagny Halvorsrud"]).OrderBy(s => s.Number).Select(s => s.Number).ToListAsync(Ct));
        Assert.Contains($"№ {left[0]}, № {left[1]}", changes, StringComparison.Ordinal);
        Assert.Contains("<del><bdi>Ada Okafor</bdi>", changes, StringComparison.Ordinal);
        Assert.Contains("<ins><bdi>Ada N. Okafor</bdi>", changes, StringComparison.Ordinal);
        Assert.Contains("data-undersigned-name=\"Fatma Jansen-Holt\"", changes, StringComparison.Ordinal);
        foreach (var gone in new[] { "Bo Ekelund", "Dagny", "Gunnar" })
            Assert.DoesNotContain(gone, changes, StringComparison.Ordinal);

        foreach (var path in new[] { "editions", "editions.json", "editions/1", "editions/1/all", "editions/1.json", "editions/1/changes", "editions/2", "editions/2/changes", "signatories", "verify" })
        {
            if (path == "editions.json")
                continue;
            var (status, said) = await story.VerifyAsync(path);
            Assert.True(status == 0, path + "\n" + said);
        }
        Assert.Equal([2, 1], (await story.JsonAsync("editions.json")).GetProperty("editions").EnumerateArray().Select(e => e.GetProperty("number").GetInt32()));
        Assert.Contains("Edition 2</b>", await story.PageAsync("signatories"), StringComparison.Ordinal);
        Assert.Contains("editions/2/changes", await story.PageAsync("verify"), StringComparison.Ordinal);
        Assert.Equal(2, JsonDocument.Parse(await story.Visitor.GetStringAsync(new Uri(story.Path + ".json", UriKind.Relative), Ct)).RootElement.GetProperty("edition").GetInt32());
        using var none = await story.Visitor.GetAsync(new Uri($"{story.Path}/editions/3", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Two_presses_at_once_make_one_edition()
    {
        await using var story = await EditionStory.BeginAsync();
        using var one = await story.EnterAsync();
        using var other = await story.EnterAsync();
        var pages = await Task.WhenAll(one.OpenAsync(story.Desk), other.OpenAsync(story.Desk));
        var answers = await Task.WhenAll(one.PostAsync(pages[0], "Publish edition 1"), other.PostAsync(pages[1], "Publish edition 1"));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        var (editions, changes) = await story.Letter.App.QueryAsync(async db => (await db.Editions.CountAsync(Ct), await db.Posts.CountAsync(Ct)));
        Assert.Equal((1, 1), (editions, changes));
    }

    [Fact]
    public async Task Editions_come_by_themselves_at_their_time_and_are_left_out_where_nothing_changed()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        var at = story.Letter.Now.AddHours(3);
        await editor.PressAsync(await editor.OpenAsync(story.Desk), "Publish by schedule",
            ("Day", at.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("Clock", at.UtcDateTime.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)), ("EveryHours", "24"));
        await DueAsync(story, 0);
        await PassAsync(story, hours: 1);
        await DueAsync(story, 1);
        await PassAsync(story, hours: 1);
        await DueAsync(story, 1);
        await story.GoOnAsync();
        // Two days stood still are one edition.
        await PassAsync(story, hours: 60);
        await DueAsync(story, 2);
        var next = await story.Letter.App.QueryAsync(db => db.Letters.Select(l => l.EditionAt).SingleAsync(Ct));
        Assert.True(next > story.Letter.Now && next <= story.Letter.Now.AddHours(24));
    }

    // The time set is so many hours past.
    private static Task PassAsync(EditionStory story, int hours) => story.Letter.LetterAsync((_, letter) => letter.EditionAt = story.Letter.Now.AddHours(-hours));

    private static async Task DueAsync(EditionStory story, int editions)
    {
        var clock = story.Letter.App.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<EditionClock>().Single();
        await clock.PublishDueAsync(Ct);
        // The clock's own loop may have been first.
        await clock.PublishDueAsync(Ct);
        Assert.Equal(editions, await story.Letter.App.QueryAsync(db => db.Editions.CountAsync(Ct)));
        await story.Letter.SequenceAsync();
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public async Task Edition_1_comes_with_the_letter_where_the_tick_says_so(string tick, int editions)
    {
        await using var story = new EditionStory { Letter = await LetterStory.BeginAsync(configure: StaffRoom.SignInByHeader), Visitor = new HttpClient() };
        await story.Letter.LetterAsync((_, letter) => letter.Imprint = "Weirkeepers, 1 Lock Lane");
        await story.Letter.AdmitAsync("Ada Okafor");
        await story.Letter.AdmitAsync("Bo Ekelund");
        using var editor = await story.EnterAsync();
        var page = await editor.OpenAsync($"/desk/letters/{story.Letter.LetterId}/publication");

        page.QuerySelector("form[action$='handler=Now']")!.SetAttribute("action", $"/desk/letters/{story.Letter.LetterId}/publication?handler=Now");
        await editor.PressAsync(page, "Publish now", ("Editions", tick));
        await story.Letter.SequenceAsync();
        await DueAsync(story, editions);

        Assert.Equal(Enumerable.Repeat(2, editions), await story.Letter.App.QueryAsync(db => db.Editions.Select(e => e.Standing).ToListAsync(Ct)));
        var desk = await editor.OpenAsync(story.Desk);
        Assert.Equal(editions, desk.QuerySelectorAll($"a[href='/letters/{story.Letter.Slug}/editions/1/pdf']").Length);
    }

    [Fact]
    public async Task A_time_that_is_past_or_none_is_said_and_what_was_typed_is_kept()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        var page = await editor.PressAsync(await editor.OpenAsync(story.Desk), "Publish by schedule", ("Day", "2001-01-01"), ("Clock", "09:00"), ("EveryHours", "0"));
        Assert.Contains("1 January 2001, 09:00 UTC is past.", StaffBrowser.Words(page.Body), StringComparison.Ordinal);
        Assert.Contains("How many hours lie between two editions?", StaffBrowser.Words(page.Body), StringComparison.Ordinal);
        Assert.Equal("2001-01-01", page.QuerySelector("#Day")!.GetAttribute("value"));
    }
}
