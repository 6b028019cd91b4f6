using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;
using Undersigned.Verifier;

namespace Undersigned.Tests.Desk;

public sealed class FreezeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<string> PageAsync(EditionStory story, string path = "") => story.Visitor.GetStringAsync(new Uri(story.Path + path, UriKind.Relative), Ct);

    [Fact]
    public async Task Pages_stay_as_they_were_and_say_so_while_the_record_goes_on_and_whoever_leaves_is_shown_no_more()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        var letters = story.Letter.App.Get<PublishedLetters>();
        var frozen = letters.Find(story.Letter.Slug)!.Size;
        var switches = $"/desk/letters/{story.Letter.LetterId}/switches";
        await editor.PressAsync(await editor.OpenAsync(switches), "Freeze display");
        await story.Letter.AdmitAsync("Fatma Jansen");
        await story.Letter.WithdrawAsync(story.People["Bo Ekelund"]);
        await story.Letter.SequenceAsync();

        foreach (var path in new[] { "", "/signatories", "/press" })
            Assert.Contains("The display of this letter is frozen", await PageAsync(story, path), StringComparison.Ordinal);
        Assert.Contains("<strong dir=\"ltr\">5</strong>", await PageAsync(story), StringComparison.Ordinal);
        foreach (var path in new[] { "", "/signatories", "/signatories/all" })
        {
            Assert.DoesNotContain("Fatma Jansen", await PageAsync(story, path), StringComparison.Ordinal);
            Assert.DoesNotContain("Bo Ekelund", await PageAsync(story, path), StringComparison.Ordinal);
            Assert.Contains("Ada Okafor", await PageAsync(story, path), StringComparison.Ordinal);
        }
        var list = await story.JsonAsync("signatories.json");
        Assert.Equal((frozen, 5, 1, false), (list.GetProperty("treeSize").GetInt64(), list.GetProperty("standing").GetInt32(), list.GetProperty("notShown").GetInt32(), list.GetProperty("complete").GetBoolean()));
        var log = await story.Letter.ReadAsync();
        Assert.Equal((frozen + 2, 5L), (log.Checkpoint.Size, log.Replay.Standing));
        using var output = new StringWriter();
        Assert.True(await Verify.RunAsync(["list", $"{story.Letter.App.Url}{story.Path}"], output, output, story.Letter.Clock) == 0, output.ToString());

        await editor.PressAsync(await editor.OpenAsync(switches), "Lift display");
        Assert.Contains("Fatma Jansen", await PageAsync(story, "/signatories"), StringComparison.Ordinal);
        Assert.DoesNotContain("frozen", await PageAsync(story), StringComparison.Ordinal);
        await story.Letter.CheckAsync(standing: 5);
        Assert.Equal(["hold-display", "lift-display"], await story.Letter.App.QueryAsync(db => db.Acts.Where(a => a.What.EndsWith("-display")).OrderBy(a => a.Id).Select(a => a.What).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Before_publication_there_is_nothing_to_freeze()
    {
        await using var story = await EditionStory.BeginAsync();
        await story.Letter.LetterAsync((_, letter) => letter.State = LetterState.Private);
        using var editor = await story.EnterAsync();
        var page = await editor.OpenAsync($"/desk/letters/{story.Letter.LetterId}/switches");
        Assert.Null(page.QuerySelector("input[name=name][value=display]"));
        Assert.NotNull(page.QuerySelector("input[name=name][value=mail]"));
    }
}
