using System.Net;
using System.Text;
using Undersigned.Log.Letters;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Record = Undersigned.Log.Letters.Record;

namespace Undersigned.Tests.Editions;

public sealed class PastListTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_of_each_published_moment_is_the_replay_of_the_log_at_its_size_less_who_has_left_since()
    {
        await using var story = await EditionStory.BeginAsync();
        await story.GoOnAsync();
        var log = await story.Letter.ReadAsync();
        var today = EditionStory.StoodAt(log, log.Replay.Size).ToHashSet();
        var moments = log.Replay.Published.ToList();
        Assert.Equal(5, moments.Count);
        foreach (var (size, time, standing, _) in moments)
        {
            var page = await story.JsonAsync($"signatories.json?at={time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
            Assert.Equal((size, standing), (page.GetProperty("treeSize").GetInt64(), page.GetProperty("standing").GetInt64()));
            Assert.Equal(log.Replay.ByLevel(size).ToDictionary(l => l.Key.ToString().ToLowerInvariant(), l => l.Value),
                page.GetProperty("byLevel").EnumerateObject().Where(l => l.Value.GetInt64() > 0).ToDictionary(l => l.Name, l => l.Value.GetInt64()));
            var stood = EditionStory.StoodAt(log, size).ToList();
            var shown = page.GetProperty("signatories").EnumerateArray().ToDictionary(s => s.GetProperty("signatory").GetInt32(), s => s.GetProperty("name").GetString());
            Assert.Equal(stood.Where(today.Contains), shown.Keys.Order());
            foreach (var (number, name) in shown)
                Assert.Equal(Record.Parse(Encoding.UTF8.GetBytes(log.Openings[log.Replay.StateAt(number, size)!.Value.Record].Record), withheld: false).Name, name);
            var gone = stood.Count(n => !today.Contains(n));
            Assert.Equal(gone, page.TryGetProperty("notShown", out var notShown) ? notShown.GetInt32() : 0);
            Assert.Equal(gone == 0, page.GetProperty("complete").GetBoolean());
        }
    }

    [Fact]
    public async Task The_checking_program_takes_a_page_of_an_earlier_day_and_says_that_it_is_one()
    {
        await using var story = await EditionStory.BeginAsync();
        var first = story.Letter.Now;
        await story.GoOnAsync();
        var at = $"?at={first.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";
        foreach (var path in new[] { "signatories" + at, "signatories/all" + at, "signatories.json" + at, "signatories/1" + at, "signatories" + at + "&organization=weir%20office", "signatories" + at + "&q=okafor" })
        {
            var (status, said) = await story.VerifyAsync(path);
            Assert.True(status == 0, path + "\n" + said);
            Assert.Contains("shows the list as it was at 6 entries", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_of_an_earlier_day_says_so_leads_to_today_and_names_nobody_who_has_left()
    {
        await using var story = await EditionStory.BeginAsync();
        var first = story.Letter.Now;
        await story.GoOnAsync();
        var text = await story.PageAsync($"signatories?on={first.UtcDateTime:yyyy-MM-dd}&at={first.UtcDateTime.AddMinutes(1):HH:mm}");
        // Within the first minute all five batches may be: the moment asked for says which.
        Assert.Contains("signatories", text, StringComparison.Ordinal);
        var past = await story.PageAsync($"signatories?at={first.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        Assert.Contains($"This is the list of {first.UtcDateTime.ToString("d MMMM yyyy, HH:mm", System.Globalization.CultureInfo.InvariantCulture)} UTC.", past, StringComparison.Ordinal);
        Assert.Contains($"href=\"/letters/{story.Letter.Slug}/signatories\">Today’s list</a>", past, StringComparison.Ordinal);
        Assert.Contains("2 who stood then have since withdrawn or been removed, and are not shown any more.", past, StringComparison.Ordinal);
        Assert.Contains("Ada Okafor", past, StringComparison.Ordinal);
        Assert.DoesNotContain("Bo Ekelund", past, StringComparison.Ordinal);
        Assert.DoesNotContain("Dagny", past, StringComparison.Ordinal);
        Assert.DoesNotContain("Sign this letter</a>\n</section>", past, StringComparison.Ordinal);
        Assert.DoesNotContain("complete", await story.PageAsync($"signatories/all?at={first.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Bo Ekelund", await story.PageAsync($"signatories?at={first.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}&q=ekelund"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2001-01-01", "before that there was no list")]
    [InlineData("yesterday", "We could not read that day and time.")]
    [InlineData("2026-02-30", "We could not read that day and time.")]
    public async Task A_day_that_cannot_be_shows_today_and_says_why(string at, string says)
    {
        await using var story = await EditionStory.BeginAsync();
        Assert.Contains(says, await story.PageAsync("signatories?at=" + at), StringComparison.Ordinal);
        using var answer = await story.Visitor.GetAsync(new Uri($"{story.Path}/signatories.json?at={at}", UriKind.Relative), Ct);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task What_was_erased_is_gone_from_the_offices_too()
    {
        await using var story = await EditionStory.BeginAsync();
        await story.GoOnAsync();
        var (lines, orphans) = await story.Letter.App.QueryAsync(db => Task.FromResult((
            db.Lines.Count(l => l.SignatureId == story.People["Dagny Halvorsrud"]),
            db.LinePosts.Count(p => !db.Lines.Any(l => l.LetterId == p.LetterId && l.LeafIndex == p.LeafIndex)))));
        Assert.Equal((0, 0), (lines, orphans));
    }
}
