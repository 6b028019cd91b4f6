using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;
using Undersigned.Verifier;

namespace Undersigned.Tests.Sampling;

public sealed class SampleTests
{
    private const string Value = "3 11 19 24 37 41";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string DeskOf(EditionStory story) => $"/desk/letters/{story.Letter.LetterId}/sample";

    // Within what the database's clock may differ from this one's.
    private static (string, string)[] Typed(EditionStory story, int count = 3) =>
    [
        ("Form.Count", count.ToString(CultureInfo.InvariantCulture)),
        ("Form.Source", "State lottery, Saturday’s six numbers"),
        ("Form.Moment", story.Letter.Now.AddMinutes(6).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)),
        ("Form.Reading", "Six numbers, rising, one space between"),
    ];

    private static async Task<IHtmlDocument> AnnounceAsync(EditionStory story, StaffBrowser auditor, int count = 3)
    {
        await auditor.PressAsync(await auditor.OpenAsync(DeskOf(story)), "Announce the draw", Typed(story, count));
        await story.Letter.SequenceAsync();
        return await auditor.OpenAsync(DeskOf(story));
    }

    private static async Task<IHtmlDocument> DrawAsync(EditionStory story, StaffBrowser auditor)
    {
        story.Letter.Clock.Advance(TimeSpan.FromMinutes(6));
        return await auditor.PressAsync(await auditor.OpenAsync(DeskOf(story)), "Draw", ("Value", Value), ("Again", Value));
    }

    private static async Task<(int Status, string Said)> AuditAsync(EditionStory story, params string[] more)
    {
        using var output = new StringWriter();
        var status = await Verify.RunAsync(["audit", $"{story.Letter.App.Url}{story.Path}", .. more], output, output, story.Letter.Clock);
        return (status, output.ToString());
    }

    [Fact]
    public async Task A_sample_is_announced_drawn_by_a_value_nobody_knew_checked_line_by_line_and_stated()
    {
        await using var story = await EditionStory.BeginAsync();
        using var auditor = await story.EnterAsync(StaffRole.Auditor);
        Assert.Contains("no auditor’s statement stands here", WebUtility.HtmlDecode(await story.PageAsync("press")), StringComparison.Ordinal);
        Assert.Equal(2, (await AuditAsync(story)).Status);

        var announced = await AnnounceAsync(story, auditor);
        Assert.Null(announced.QuerySelector("input[name=Value]"));
        var log = await story.Letter.CheckAsync(standing: 5);
        var (draw, index) = log.Entries.Select((e, i) => (Entry: e, Index: i)).Single(e => e.Entry.Type == EntryType.Draw);
        Assert.Equal((6, 3), (draw.Size, draw.Count));
        var press = WebUtility.HtmlDecode(await story.PageAsync("press"));
        Assert.Contains("An auditor checks 3 lines of this list.", press, StringComparison.Ordinal);
        Assert.Contains("No statement about it has been published yet.", press, StringComparison.Ordinal);
        Assert.Contains("State lottery, Saturday’s six numbers", WebUtility.HtmlDecode(await story.PageAsync($"updates/{index}")), StringComparison.Ordinal);
        var (status, said) = await AuditAsync(story);
        Assert.True(status == 0, said);
        Assert.Contains("No statement has followed.", said, StringComparison.Ordinal);

        // Whoever leaves between announcement and draw stays drawn, also where everything of them is erased.
        var drawn = AuditSample.Draw(draw.Root!.Value, Encoding.UTF8.GetBytes(Value), Enumerable.Range(1, 5).Select(n => (long)n), 3);
        var numbers = await story.Letter.App.QueryAsync(db => db.Signatures.ToDictionaryAsync(s => (long)s.Number!, s => s.Id, Ct));
        await story.Letter.WithdrawAsync(numbers[drawn[0]]);
        await story.Letter.SequenceAsync();
        await story.Letter.EraseAsync(numbers[drawn[0]]);
        await story.Letter.SequenceAsync();

        var page = await DrawAsync(story, auditor);
        Assert.Equal(drawn.Select(n => "№ " + n), page.QuerySelectorAll("[aria-labelledby=drawn-h] .no").Select(e => e.TextContent));
        Assert.Contains("Erased since", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("button")!.Closest("form[action$='handler=Publish']"));
        foreach (var (ordinal, finding) in new[] { (1, "Unreached"), (2, "Confirmed"), (3, "False") })
        {
            var line = await auditor.OpenAsync($"{DeskOf(story)}/lines/{ordinal}");
            page = await auditor.PressAsync(line, "Keep, and open the next", ("Finding", finding), ("Note", "Rang on Monday."));
        }
        Assert.Contains("Every drawn line is marked", page.Body!.TextContent, StringComparison.Ordinal);
        using var sheet = await auditor.PostAsync(page, "Take the list");
        Assert.Contains("did not sign this,Rang on Monday.", await sheet.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        await auditor.PressAsync(page, "Publish the statement", ("Auditor", "Audit Chamber of Lindenmoor"), ("Remarks", "By telephone, at published numbers."));
        await story.Letter.SequenceAsync();

        log = await story.Letter.CheckAsync(standing: 4);
        var statement = log.Entries.Single(e => e.Kind == Log.Letters.PostKind.Audit);
        var text = JsonDocument.Parse(await story.PageAsync($"log/texts/{statement.Text!.Value.ToHex()}")).RootElement;
        Assert.Equal((index, Value, "98.4"), (text.GetProperty("draw").GetInt32(), text.GetProperty("value").GetString(), text.GetProperty("bound").GetString()));
        (status, said) = await AuditAsync(story, "--drawn", "--value", Value);
        Assert.True(status == 0, said);
        Assert.StartsWith("Of 3 lines drawn from the 5 that stood at size 6, 2 people were reached: 1 confirmed that they signed, 1 did not; 1 was not reached.", said, StringComparison.Ordinal);
        Assert.Contains($"\n{drawn[0]} (withdrawn since)\n", said.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(1, (await AuditAsync(story, "--value", "3 11 19 24 37 42")).Status);
        press = WebUtility.HtmlDecode(await story.PageAsync("press"));
        Assert.Contains("Of 3 signatures drawn, 2 were reached: 1 confirmed, 1 false. Counting the 1 not reached as false too, with 95 % confidence at most 98.4 % of the list are not who they say.", press, StringComparison.Ordinal);
        Assert.Contains("Audit Chamber of Lindenmoor, appointed by Weirkeepers.", press, StringComparison.Ordinal);
        Assert.Contains("undersigned-verify audit ", await story.PageAsync("verify"), StringComparison.Ordinal);
        var feed = await story.PageAsync("feed.atom");
        Assert.Contains("term=\"audit\"", feed, StringComparison.Ordinal);
        Assert.Contains("By telephone, at published numbers.", feed, StringComparison.Ordinal);
        foreach (var path in new[] { "press", "verify", $"updates/{index}" })
            Assert.Equal(0, (await story.VerifyAsync(path)).Status);
        // The lines are closed again, and what was done is in the record.
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync($"{DeskOf(story)}/lines/1")).StatusCode);
        var acts = await story.Letter.App.QueryAsync(db => db.Acts.OrderBy(a => a.Id).Select(a => a.What).ToListAsync(Ct));
        Assert.Equal(["announce-draw", "enter-draw-value", "look", "mark-drawn", "look", "mark-drawn", "look", "mark-drawn", "take-sample", "publish-audit"], acts);
        Assert.Contains("stated: at most 98.4 % false", (await auditor.OpenAsync(DeskOf(story))).Body!.TextContent, StringComparison.Ordinal);
        // The log is opened anew, with a draw in it, and goes on.
        await story.Letter.RestartAsync();
        await story.Letter.AdmitAsync("Fatma Jansen");
        await story.Letter.SequenceAsync();
        await story.Letter.CheckAsync(standing: 5);
    }

    [Fact]
    public async Task A_draw_without_what_it_needs_is_refused_and_keeps_what_was_typed()
    {
        await using var story = await EditionStory.BeginAsync();
        using var auditor = await story.EnterAsync(StaffRole.Auditor);
        var page = await auditor.PressAsync(await auditor.OpenAsync(DeskOf(story)), "Announce the draw", ("Form.Count", "6"), ("Form.Source", "State lottery"), ("Form.Moment", "2020-01-01T10:00"), ("Form.Reading", " "));
        foreach (var problem in new[] { "Only 5 lines stand.", "at least five minutes ahead", "Say how the value is written down" })
            Assert.Contains(problem, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("State lottery", page.QuerySelector("#Source")!.GetAttribute("value"));
        Assert.Equal(0, await story.Letter.App.QueryAsync(db => db.Samples.CountAsync(Ct)));
    }

    [Fact]
    public async Task One_draw_is_open_at_a_time_also_where_two_press_at_once()
    {
        await using var story = await EditionStory.BeginAsync();
        using var one = await story.EnterAsync(StaffRole.Auditor);
        using var other = await story.EnterAsync(StaffRole.Auditor);
        var (mine, theirs) = (await one.OpenAsync(DeskOf(story)), await other.OpenAsync(DeskOf(story)));
        await Task.WhenAll(one.PostAsync(mine, "Announce the draw", Typed(story)), other.PostAsync(theirs, "Announce the draw", Typed(story)));
        await story.Letter.SequenceAsync();
        Assert.Single((await story.Letter.CheckAsync(standing: 5)).Entries, e => e.Type == EntryType.Draw);
    }

    [Fact]
    public async Task A_value_is_typed_twice_and_not_before_its_moment()
    {
        await using var story = await EditionStory.BeginAsync();
        using var auditor = await story.EnterAsync(StaffRole.Auditor);
        await AnnounceAsync(story, auditor);
        story.Letter.Clock.Advance(TimeSpan.FromMinutes(6));
        var page = await auditor.OpenAsync(DeskOf(story));
        var wrong = await auditor.PressAsync(page, "Draw", ("Value", Value), ("Again", "3 11"));
        Assert.Contains("The two are not the same.", wrong.Body!.TextContent, StringComparison.Ordinal);
        story.Letter.Clock.AdjustTime(story.Letter.Now.AddMinutes(-5));
        await auditor.PressAsync(page, "Draw", ("Value", Value), ("Again", Value));
        Assert.Equal(SampleState.Announced, await story.Letter.App.QueryAsync(db => db.Samples.Select(d => d.State).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_statement_waits_until_every_drawn_line_is_marked()
    {
        await using var story = await EditionStory.BeginAsync();
        using var auditor = await story.EnterAsync(StaffRole.Auditor);
        await AnnounceAsync(story, auditor, count: 1);
        await DrawAsync(story, auditor);
        var marked = await auditor.PressAsync(await auditor.OpenAsync(DeskOf(story) + "/lines/1"), "Keep, and open the next", ("Finding", "Confirmed"));
        await story.Letter.App.QueryAsync(db => db.SampledLines.ExecuteUpdateAsync(s => s.SetProperty(l => l.Finding, (SampleFinding?)null), Ct));
        var page = await auditor.PressAsync(marked, "Publish the statement");
        Assert.Contains("1 line is not marked yet.", page.Body!.TextContent, StringComparison.Ordinal);
        var nothing = await auditor.PressAsync(await auditor.OpenAsync(DeskOf(story) + "/lines/1"), "Keep, and open the next", ("Note", "Rang twice."));
        Assert.Contains("What did you find?", nothing.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Rang twice.", nothing.QuerySelector("textarea")!.TextContent);
    }

    [Fact]
    public async Task A_draw_given_up_stays_in_the_record_with_its_reason()
    {
        await using var story = await EditionStory.BeginAsync();
        using var auditor = await story.EnterAsync(StaffRole.Auditor);
        var page = await AnnounceAsync(story, auditor);
        Assert.Contains("Say why", (await auditor.PressAsync(page, "Give the draw up")).Body!.TextContent, StringComparison.Ordinal);
        await auditor.PressAsync(page, "Give the draw up", ("Reason", "The lottery was cancelled."));
        await story.Letter.SequenceAsync();
        Assert.Contains("The auditor’s reason: The lottery was cancelled.", WebUtility.HtmlDecode(await story.PageAsync("press")), StringComparison.Ordinal);
        var (status, said) = await AuditAsync(story);
        Assert.True(status == 0 && said.Contains("was given up", StringComparison.Ordinal), said);
        Assert.NotNull((await auditor.OpenAsync(DeskOf(story))).QuerySelector("#Source"));
    }

    [Fact]
    public async Task An_announcement_held_until_its_value_is_known_never_comes_into_the_record()
    {
        await using var story = await EditionStory.BeginAsync();
        using var auditor = await story.EnterAsync(StaffRole.Auditor);
        await story.Letter.LetterAsync((_, letter) => letter.HoldPublishing = true);
        await auditor.PressAsync(await auditor.OpenAsync(DeskOf(story)), "Announce the draw", Typed(story));
        story.Letter.Clock.Advance(TimeSpan.FromMinutes(6));
        await story.Letter.LetterAsync((_, letter) => letter.HoldPublishing = false);
        await story.Letter.SequenceAsync();
        Assert.DoesNotContain((await story.Letter.CheckAsync(standing: 5)).Entries, e => e.Type == EntryType.Draw);
        var page = await auditor.OpenAsync(DeskOf(story));
        Assert.Contains("It proves nothing", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await auditor.PressAsync(page, "Put it away")).QuerySelector("#Source"));
    }

    [Fact]
    public async Task A_note_about_a_drawn_line_goes_with_the_signatures_other_data()
    {
        await using var story = await EditionStory.BeginAsync();
        using var auditor = await story.EnterAsync(StaffRole.Auditor);
        await AnnounceAsync(story, auditor, count: 5);
        await DrawAsync(story, auditor);
        await auditor.PressAsync(await auditor.OpenAsync(DeskOf(story) + "/lines/1"), "Keep, and open the next", ("Finding", "Confirmed"), ("Note", "Rang her sister."));
        var line = await story.Letter.App.QueryAsync(db => db.SampledLines.SingleAsync(l => l.Ordinal == 1, Ct));
        Assert.Equal("Rang her sister.", line.Note);
        await story.Letter.EraseAsync(line.SignatureId);
        Assert.Null(await story.Letter.App.QueryAsync(db => db.SampledLines.Where(l => l.Ordinal == 1).Select(l => l.Sealed).SingleAsync(Ct)));
    }
}
