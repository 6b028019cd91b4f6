using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Accounts;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Writing;

public sealed class WritingTests : IAsyncLifetime
{
    private const string Words = "We ask for the reports.";
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private TestApp app = null!;
    private Person owner = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(time));
        owner = await Person.SignedInAsync(app, isOperator: true);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_letter_is_begun_written_and_sent_by_a_private_link()
    {
        var text = await BeginAsync();
        Assert.Equal("inspectors", text.QuerySelector("#slug")!.GetAttribute("value"));

        var saved = await WriteAsync(text);
        Assert.NotNull(saved.QuerySelector(".notice.sound"));
        var letter = await LetterAsync();
        Assert.Equal(["Publish the reports.", "Name who stopped them."], letter.Demands);
        Assert.Equal((LetterState.Draft, true, Asks.Service | Asks.Location, 48), (letter.State, letter.GlanceRequired, letter.Asks, letter.PromiseHours));

        var made = await owner.PressAsync(await owner.OpenAsync(Desk("private-link")), "Make the private link");
        var link = LinkIn(made);
        using var reader = new Person(app);
        Assert.Contains(Words, Person.Words((await reader.OpenAsync(link)).Body));
        await owner.PressAsync(made, "Set", ("Cap", "40"));
        Assert.Equal((LetterState.Private, 40), ((await LetterAsync()).State, (await LetterAsync()).PrivateLinkCap));

        var another = await owner.PressAsync(made, "Make a new link");
        Assert.DoesNotContain(Words, Person.Words((await reader.OpenAsync(link)).Body));
        Assert.Contains(Words, Person.Words((await reader.OpenAsync(LinkIn(another))).Body));
        var off = await owner.PressAsync(another, "Switch it off");
        Assert.DoesNotContain(Words, Person.Words((await reader.OpenAsync(LinkIn(off))).Body));
        Assert.Equal(["begin", "text", "private-link-made", "private-link-cap", "private-link-made", "private-link-off"], await ActsAsync());
    }

    [Fact]
    public async Task Signed_words_are_frozen_and_the_settings_are_not()
    {
        var before = await WriteAsync(await BeginAsync());
        await app.QueryAsync(db =>
        {
            RevisionWriter.Fix(db, db.Letters.Single(), time.GetUtcNow());
            return db.SaveChangesAsync();
        });

        // A page that was open since before the first signature cannot change the words either.
        await owner.PressAsync(before, "Save", ("Form.Title", "Another title"), ("Form.PressContact", "Hyacinth, +44 20 7946 0000"));

        var letter = await LetterAsync();
        Assert.Equal(("Let the inspectors publish", "Hyacinth, +44 20 7946 0000"), (letter.Title, letter.PressContact));
        var page = await owner.OpenAsync(Desk("text"));
        Assert.Contains("The words stand as they were signed", Person.Words(page.Body));
        Assert.Null(page.QuerySelector("#title"));
        Assert.NotNull(page.QuerySelector("#presscontact"));
    }

    [Fact]
    public async Task A_preview_shows_what_was_typed_and_saves_nothing()
    {
        var page = await owner.PressAsync(await BeginAsync(), "Preview", ("Form.Body", "A *word*.[^1]\n\n[^1]: Its note.\n\n<script>x</script>"));
        Assert.Equal("word", page.QuerySelector("#preview em")!.TextContent);
        Assert.NotNull(page.QuerySelector("#preview .notes"));
        Assert.Null(page.QuerySelector("#preview script"));
        Assert.Equal("", (await LetterAsync()).Body);
    }

    [Fact]
    public async Task What_cannot_be_saved_is_said_beside_its_field_and_stays_typed()
    {
        await BeginAsync();
        await owner.PressAsync(await owner.OpenAsync("/desk/letters/new"), "Begin", ("title", "Another"), ("organiser", "Weirkeepers"), ("slug", "another"));
        var page = await owner.OpenAsync(Desk("text"));
        var wrong = await owner.PressAsync(page, "Save", ("Form.Title", ""), ("Form.Slug", "another"), ("Form.PromiseHours", "none"), ("Form.Body", "kept"));
        Assert.Equal("3 answers need another look", Person.Words(wrong.QuerySelector("[role=alert] h2")));
        foreach (var field in new[] { "title", "slug", "promisehours" })
            Assert.NotNull(wrong.QuerySelector($"#{field}-error"));
        Assert.Equal("kept", wrong.QuerySelector("#body")!.TextContent.Trim());
        Assert.Equal("", (await LetterAsync()).Body);
    }

    [Fact]
    public async Task A_letter_goes_out_at_its_time_and_lives_until_it_is_closed()
    {
        await WriteAsync(await BeginAsync());
        var at = time.GetUtcNow().AddHours(20).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var set = await owner.PressAsync(await owner.OpenAsync(Desk("publication")), "Set this time", ("When", at), ("Zone", "UTC"));
        var cancelled = await owner.PressAsync(set, "Cancel this time");
        Assert.Null((await LetterAsync()).PublishAt);
        await owner.PressAsync(cancelled, "Set this time", ("When", at), ("Zone", "UTC"));

        time.Advance(TimeSpan.FromHours(19));
        Assert.False((await LetterAsync()).IsPublic);
        await UntilAsync(LetterState.Published, TimeSpan.FromHours(2));

        await owner.SignInAsync();
        await PressAsync("Close signing", LetterState.Closing);
        await PressAsync("Open signing again", LetterState.Published);
        await PressAsync("Close signing", LetterState.Closing);
        await PressAsync("Close for good", LetterState.Closed);
        Assert.NotNull((await LetterAsync()).ClosedAt);
        await PressAsync("Reopen", LetterState.Published);
        Assert.Null((await LetterAsync()).ClosedAt);

        var end = time.GetUtcNow().AddHours(5).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        await owner.PressAsync(await owner.OpenAsync(Desk("publication")), "Set this time", ("When", end), ("Zone", "UTC"));
        Assert.NotNull((await LetterAsync()).CloseAt);
        await UntilAsync(LetterState.Closing, TimeSpan.FromHours(6));
        Assert.Null((await LetterAsync()).CloseAt);
    }

    [Fact]
    public async Task Editions_are_planned_with_the_time_where_the_tick_is_left_and_go_with_it()
    {
        await WriteAsync(await BeginAsync());
        var at = time.GetUtcNow().AddHours(20).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var page = await owner.OpenAsync(Desk("publication"));
        Assert.Equal([true, true], page.QuerySelectorAll("input[name=Editions]").Cast<IHtmlInputElement>().Select(t => t.IsChecked));

        var set = await owner.PressAsync(page, "Set this time", ("When", at), ("Zone", "UTC"));
        var letter = await LetterAsync();
        Assert.NotNull(letter.EditionAt);
        Assert.Equal((letter.PublishAt, 24), (letter.EditionAt, letter.EditionEveryHours));
        Assert.Contains("Edition 1 is published with it.", Person.Words(set.Body), StringComparison.Ordinal);
        Assert.Contains("Edition 1 goes out with it, then a new one every 24 hours", Person.Words((await owner.OpenAsync(Desk("readiness"))).Body), StringComparison.Ordinal);

        var cancelled = await owner.PressAsync(set, "Cancel this time");
        Assert.Null((await LetterAsync()).EditionAt);
        var without = await owner.PressAsync(cancelled, "Set this time", ("When", at), ("Zone", "UTC"), ("Editions", "false"));
        Assert.Null((await LetterAsync()).EditionAt);
        Assert.All(without.QuerySelectorAll("input[name=Editions]").Cast<IHtmlInputElement>(), t => Assert.False(t.IsChecked));
        Assert.Contains("None is planned: without one the press has nothing to cite", Person.Words((await owner.OpenAsync(Desk("readiness"))).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_that_was_set_under_editions_outlives_the_time_of_publication()
    {
        await WriteAsync(await BeginAsync());
        var first = time.GetUtcNow().AddDays(3);
        await app.QueryAsync(async db =>
        {
            (await db.Letters.SingleAsync(l => l.Slug == "inspectors")).EditionAt = first;
            return await db.SaveChangesAsync();
        });
        var at = time.GetUtcNow().AddHours(20).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var set = await owner.PressAsync(await owner.OpenAsync(Desk("publication")), "Set this time", ("When", at), ("Zone", "UTC"), ("Editions", "false"));
        await owner.PressAsync(set, "Cancel this time");
        Assert.Equal(first.ToUnixTimeSeconds(), (await LetterAsync()).EditionAt!.Value.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Two_who_publish_at_once_publish_once()
    {
        await WriteAsync(await BeginAsync());
        var page = await owner.OpenAsync(Desk("publication"));
        await Task.WhenAll(owner.PostAsync(page, "Publish now"), owner.PostAsync(page, "Publish now"));
        Assert.Equal(1, (await ActsAsync()).Count(a => a == "publish"));
    }

    private async Task<IHtmlDocument> BeginAsync() => await owner.PressAsync(
        await owner.OpenAsync("/desk/letters/new"), "Begin", ("title", "Let the inspectors publish"), ("organiser", "Weirkeepers"), ("slug", "inspectors"));

    private Task<IHtmlDocument> WriteAsync(IHtmlDocument page) => owner.PressAsync(
        page, "Save", ("Form.Body", Words), ("Form.Demands", "Publish the reports.\r\n\r\nName who stopped them.\r\n"),
        ("Form.Addressees", "The Minister of Waterways"), ("Form.Imprint", "Weirkeepers, 1 Lock Lane"), ("Form.PromiseHours", "48"), ("Form.AskLocation", "true"));

    private async Task PressAsync(string button, LetterState expected)
    {
        await owner.PressAsync(await owner.OpenAsync(Desk("publication")), button);
        Assert.Equal(expected, (await LetterAsync()).State);
    }

    private async Task UntilAsync(LetterState state, TimeSpan later)
    {
        time.Advance(later);
        for (var i = 0; i < 200 && (await LetterAsync()).State != state; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.Equal(state, (await LetterAsync()).State);
    }

    private static string LinkIn(IHtmlDocument page) => new Uri(page.QuerySelector("#link")!.TextContent.Trim()).AbsolutePath;

    private static string Desk(string page) => "/desk/letters/1/" + page;

    private Task<Letter> LetterAsync() => app.QueryAsync(db => db.Letters.AsNoTracking().SingleAsync(l => l.Slug == "inspectors"));

    private Task<List<string>> ActsAsync() => app.QueryAsync(db => db.Acts.Where(a => a.LetterId == 1).OrderBy(a => a.Id).Select(a => a.What).ToListAsync());
}
