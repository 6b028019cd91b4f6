using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;
using Undersigned.Verifier;
using static Undersigned.Tests.Harness.StaffBrowser;

namespace Undersigned.Tests.Press;

public sealed class ChannelTests : IAsyncLifetime
{
    private const string General = "Inspector General of Public Works";
    private const string Tribunal = "Engineers’ Professional Tribunal";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EditionStory story = null!;
    private StaffBrowser one = null!, other = null!;

    private string Desk => $"/desk/letters/{story.Letter.LetterId}/where-to-report";

    public async ValueTask InitializeAsync()
    {
        story = await EditionStory.BeginAsync();
        (one, other) = (await story.EnterAsync(StaffRole.Owner), await story.EnterAsync(StaffRole.Owner));
    }

    public async ValueTask DisposeAsync()
    {
        one.Dispose();
        other.Dispose();
        await story.DisposeAsync();
    }

    private static (string, string)[] Typed(int index, string name, string? link = "https://inspector-general.example/reports", string day = "2026-02-25", string takes = "Danger, from staff and contractors.") =>
    [
        ($"Forms[{index}].Name", name), ($"Forms[{index}].Takes", takes), ($"Forms[{index}].Protects", "The law, from the moment of receipt."),
        ($"Forms[{index}].Reach", "By post to Box 40."), ($"Forms[{index}].Link", link ?? ""), ($"Forms[{index}].CheckedOn", day),
    ];

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> ProposeAsync(StaffBrowser who, params (string, string)[] typed) => await who.PressAsync(await who.OpenAsync(Desk), "Propose this", typed);

    private async Task ConfirmAsync(StaffBrowser who)
    {
        await who.PressAsync(await who.OpenAsync(Desk), "Confirm and publish");
        await story.Letter.SequenceAsync();
    }

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> LetterAsync() => await ReadAsync(await story.Visitor.GetAsync(new Uri(story.Path, UriKind.Relative), Ct));

    [Fact]
    public async Task One_owner_proposes_another_confirms_and_the_letters_page_and_the_record_have_it()
    {
        Assert.Null((await LetterAsync()).QuerySelector("#report"));
        await ProposeAsync(one, [.. Typed(0, General), .. Typed(1, Tribunal, link: null)]);
        await story.Letter.SequenceAsync();
        Assert.Null((await LetterAsync()).QuerySelector("#report"));
        // Whoever proposed it finds no button that confirms, and a post of one's own making does nothing.
        var mine = await one.OpenAsync(Desk);
        Assert.DoesNotContain(mine.QuerySelectorAll("button"), b => Words(b).StartsWith("Confirm", StringComparison.Ordinal));
        mine.QuerySelector("form[action$='handler=Refuse']")!.SetAttribute("action", Desk + "?handler=Confirm");
        Assert.Contains("Nobody confirms what they proposed themselves.", Words((await one.PressAsync(mine, "Take it back")).Body), StringComparison.Ordinal);
        Assert.Contains("A change of “Where to report” waits for a second owner", Words((await other.OpenAsync($"/desk/letters/{story.Letter.LetterId}")).Body), StringComparison.Ordinal);
        await ConfirmAsync(other);

        var page = (await LetterAsync()).QuerySelector("#report")!;
        Assert.Equal([General, Tribunal], page.QuerySelectorAll("h3").Select(Words));
        Assert.Equal("Takes Danger, from staff and contractors. Protects you The law, from the moment of receipt. Reach it safely By post to Box 40. inspector-general.example Last checked 25 February 2026", Words(page.QuerySelector("dl")));
        var link = Assert.Single(page.QuerySelectorAll("a"));
        Assert.Equal(("https://inspector-general.example/reports", "noreferrer"), (link.GetAttribute("href"), link.GetAttribute("rel")));

        var log = await story.Letter.CheckAsync(standing: 5);
        var post = log.Entries[^1];
        Assert.Equal((EntryType.Post, "Channels"), (post.Type, post.Kind.ToString()));
        var text = JsonDocument.Parse(await story.PageAsync($"log/texts/{post.Text!.Value.ToHex()}")).RootElement;
        Assert.Equal(("channels", "2026-02-25", 2), (text.GetProperty("kind").GetString(), text.GetProperty("channels")[1].GetProperty("checkedOn").GetString(), text.GetProperty("channels").GetArrayLength()));
        using var output = new StringWriter();
        Assert.True(await Verify.RunAsync(["list", $"{story.Letter.App.Url}{story.Path}", "--thorough"], output, output, story.Letter.Clock) == 0, output.ToString());
        Assert.Equal(["propose-channels 2 new, 0 changed, 0 taken out", "confirm-channels 2 new, 0 changed, 0 taken out"],
            await story.Letter.App.QueryAsync(db => db.Acts.OrderBy(a => a.Id).Select(a => a.What + " " + a.Detail).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_change_shows_what_it_changes_and_is_another_entry_and_the_last_place_can_go()
    {
        await ProposeAsync(one, [.. Typed(0, General), .. Typed(1, Tribunal)]);
        await ConfirmAsync(other);
        await ProposeAsync(other, [.. Typed(0, General, takes: "Danger alone."), ("Forms[1].Out", "true")]);
        var shown = Words((await one.OpenAsync(Desk)).QuerySelector("#waiting"));
        Assert.Contains($"{General} changed Takes Danger, from staff and contractors. Danger alone.", shown, StringComparison.Ordinal);
        Assert.Contains($"{Tribunal} taken out", shown, StringComparison.Ordinal);
        await ConfirmAsync(one);
        Assert.Equal([General], (await LetterAsync()).QuerySelectorAll("#report h3").Select(Words));
        await ProposeAsync(one, ("Forms[0].Out", "true"));
        await ConfirmAsync(other);
        Assert.Null((await LetterAsync()).QuerySelector("#report"));
        Assert.Equal(3, (await story.Letter.ReadAsync()).Entries.Count(e => e.Type == EntryType.Post));
    }

    [Fact]
    public async Task What_is_refused_taken_back_or_replaced_is_never_shown()
    {
        await ProposeAsync(one, Typed(0, General));
        await other.PressAsync(await other.OpenAsync(Desk), "Refuse");
        await ProposeAsync(one, Typed(0, General));
        await one.PressAsync(await one.OpenAsync(Desk), "Take it back");
        await ProposeAsync(one, Typed(0, General));
        var onScreen = await other.OpenAsync(Desk);
        await ProposeAsync(one, Typed(0, Tribunal));
        // What was on the other's screen is not what waits now.
        Assert.Contains("Meanwhile it was answered or replaced", Words((await other.PressAsync(onScreen, "Confirm and publish")).Body), StringComparison.Ordinal);
        await story.Letter.SequenceAsync();
        Assert.Null((await LetterAsync()).QuerySelector("#report"));
        Assert.Equal([ProposalState.Refused, ProposalState.TakenBack, ProposalState.TakenBack, ProposalState.Waiting], await story.Letter.App.QueryAsync(db => db.ChannelProposals.OrderBy(p => p.Id).Select(p => p.State).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Two_who_confirm_at_once_publish_once_and_whoever_left_counts_no_more()
    {
        using var third = await story.EnterAsync(StaffRole.Owner);
        await ProposeAsync(one, Typed(0, General));
        var pages = await Task.WhenAll(other.OpenAsync(Desk), third.OpenAsync(Desk));
        await Task.WhenAll(other.PostAsync(pages[0], "Confirm and publish"), third.PostAsync(pages[1], "Confirm and publish"));
        Assert.Equal(1, await story.Letter.App.QueryAsync(db => db.Posts.CountAsync(Ct)));
        await ProposeAsync(one, Typed(0, Tribunal));
        await story.Letter.LetterAsync((db, letter) => db.Staff.Single(s => s.AccountId == one.AccountId).Role = StaffRole.Editor);
        Assert.Contains("is no owner of the letter any more", Words((await other.PressAsync(await other.OpenAsync(Desk), "Confirm and publish")).Body), StringComparison.Ordinal);
        Assert.Equal(1, await story.Letter.App.QueryAsync(db => db.Posts.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_letter_with_one_owner_says_how_to_add_a_second()
    {
        await story.Letter.LetterAsync((db, letter) => db.Staff.RemoveRange(db.Staff.Where(s => s.AccountId == other.AccountId)));
        var page = await one.OpenAsync(Desk);
        Assert.Contains("You are the only owner of this letter", Words(page.QuerySelector(".notice")), StringComparison.Ordinal);
        Assert.EndsWith("/people", page.QuerySelector(".notice a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "https://a.example", "2026-02-25", "What is the body called?")]
    [InlineData(General, "http://a.example", "2026-02-25", "This is no address that begins with https://")]
    [InlineData(General, "javascript:alert(1)", "2026-02-25", "This is no address that begins with https://")]
    [InlineData(General, "https://a.example", "", "On which day did somebody last check")]
    [InlineData(General, "https://a.example", "2126-01-01", "1 January 2126 is still to come.")]
    public async Task What_is_missing_or_wrong_is_said_and_what_was_typed_is_kept(string name, string link, string day, string says)
    {
        var page = await ProposeAsync(one, Typed(0, name, link, day));
        Assert.Contains(says, Words(page.Body), StringComparison.Ordinal);
        Assert.Equal(("By post to Box 40.", link), (Words(page.QuerySelector("#c0-Reach")), page.QuerySelector("#c0-Link")!.GetAttribute("value")));
        Assert.Equal(0, await story.Letter.App.QueryAsync(db => db.ChannelProposals.CountAsync(Ct)));
    }

    [Fact]
    public void Links_lead_to_the_open_web_unread_or_to_Tor()
    {
        Assert.True(ReportingChannel.IsLink("https://inspector-general.example/reports"));
        Assert.True(ReportingChannel.IsLink("http://p53lf57qovyuvwsc6xnrppyply3vtqm7l6pcobkmyqsiofyeznfu5uqd.onion/"));
        Assert.False(ReportingChannel.IsLink("/desk"));
        Assert.False(ReportingChannel.IsLink("data:text/html,x"));
    }

    [Fact]
    public async Task What_is_confirmed_before_publication_is_published_with_the_letter()
    {
        await using var letter = await Undersigned.Tests.Transparency.LetterStory.BeginAsync(configure: StaffRoom.SignInByHeader);
        await letter.AdmitAsync("Ada Okafor");
        var room = StaffRoom.Of(letter.App, letter.LetterId);
        using var first = await room.EnterAsync(StaffRole.Owner);
        using var second = await room.EnterAsync(StaffRole.Owner);
        await first.PressAsync(await first.OpenAsync(room.Desk + "/where-to-report"), "Propose this", Typed(0, General));
        await second.PressAsync(await second.OpenAsync(room.Desk + "/where-to-report"), "Confirm and publish");
        await letter.PublishAsync();
        var log = await letter.CheckAsync(standing: 1);
        Assert.Contains(log.Entries, e => e.Type == EntryType.Post);
        using var visitor = letter.App.Client();
        Assert.Contains(General, await visitor.GetStringAsync(new Uri("letters/" + letter.Slug, UriKind.Relative), Ct), StringComparison.Ordinal);
    }
}
