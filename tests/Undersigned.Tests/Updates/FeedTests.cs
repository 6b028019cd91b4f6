using System.ServiceModel.Syndication;
using System.Xml;
using Undersigned.Editions;
using Undersigned.Tests.Editions;

namespace Undersigned.Tests.Updates;

public sealed class FeedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feed_reader_gets_updates_responses_events_and_editions_and_a_correction_under_the_same_id()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        var desk = $"/desk/letters/{story.Letter.LetterId}/under-the-letter";
        await editor.PressAsync(await editor.OpenAsync(desk), "Publish", ("Form.Kind", "Update"), ("Form.Title", "Water & <dams>"), ("Form.Body", "Nine are *outstanding*.\u0001"));
        await editor.PressAsync(await editor.OpenAsync(desk), "Publish", ("Form.Kind", "Response"), ("Form.Title", "The Assembly responds"), ("Form.Date", "2026-02-27"), ("Form.Quotation", "We have read it."), ("Form.Source", "https://assembly.example/a?b&c"));
        await story.Letter.App.Get<EditionWriter>().PublishAsync(story.Letter.LetterId, null, null, Ct);
        await story.Letter.SequenceAsync();
        var before = await ReadAsync(story);
        var update = before.Items.Single(i => i.Title.Text == "Water & <dams>");
        Assert.Equal(3, before.Items.Count());
        Assert.Equal("<p>Nine are <em>outstanding</em>.</p>", ((TextSyndicationContent)update.Content).Text.Trim());
        Assert.Contains(before.Items, i => i.Title.Text == "Edition 1" && i.Links[0].Uri.AbsolutePath.EndsWith("/editions/1/changes", StringComparison.Ordinal));

        var page = await editor.OpenAsync(desk);
        var id = page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!).Where(h => h.Contains("?correct=", StringComparison.Ordinal)).Last();
        story.Letter.Clock.Advance(TimeSpan.FromMinutes(5));
        await editor.PressAsync(await editor.OpenAsync(id), "Publish the correction", ("Form.Body", "Eight are outstanding."));
        await story.Letter.SequenceAsync();
        var after = await ReadAsync(story);
        var corrected = after.Items.Single(i => i.Id == update.Id);
        Assert.Equal("<p>Eight are outstanding.</p>", ((TextSyndicationContent)corrected.Content).Text.Trim());
        Assert.Equal((update.PublishDate, true), (corrected.PublishDate, corrected.LastUpdatedTime > update.LastUpdatedTime));
        Assert.Equal((3, corrected.Id, corrected.LastUpdatedTime), (after.Items.Count(), after.Items.First().Id, after.LastUpdatedTime));
        Assert.Equal(after.Items.Count(), after.Items.Select(i => i.Id).Distinct().Count());
        Assert.StartsWith("5 people have signed. ", after.Description.Text, StringComparison.Ordinal);
        await story.Letter.AdmitAsync("Zora Imbach", source: Undersigned.Model.SignatureSource.Import, level: Undersigned.Model.SignatureLevel.Imported);
        await story.Letter.SequenceAsync();
        Assert.StartsWith("5 people have signed. 1 more is on the maintainers’ own list. ", (await ReadAsync(story)).Description.Text, StringComparison.Ordinal);
        Assert.All(after.Items, i => Assert.True(Uri.TryCreate(i.Id, UriKind.Absolute, out _)));
    }

    private static async Task<SyndicationFeed> ReadAsync(EditionStory story)
    {
        using var answer = await story.Visitor.GetAsync(new Uri($"{story.Path}/feed.atom", UriKind.Relative), Ct);
        Assert.Equal("application/atom+xml", answer.Content.Headers.ContentType!.MediaType);
        using var xml = XmlReader.Create(await answer.Content.ReadAsStreamAsync(Ct));
        var feed = SyndicationFeed.Load(xml);
        Assert.Contains($"{story.Letter.App.Url.AbsolutePath.TrimEnd('/')}/{story.Path}/feed.atom", feed.Links.Single(l => l.RelationshipType == "self").Uri.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("rel=\"alternate\" type=\"application/atom+xml\"", await story.Visitor.GetStringAsync(new Uri(story.Path, UriKind.Relative), Ct), StringComparison.Ordinal);
        return feed;
    }
}
