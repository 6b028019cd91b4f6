using System.Text.Json;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.SignatoryList;

public sealed class ListOrderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string DeskOf(EditionStory story) => $"/desk/letters/{story.Letter.LetterId}/list";

    private static async Task<IHtmlDocument> OpenAsync(EditionStory story, string path)
    {
        var html = await story.Visitor.GetStringAsync(new Uri(story.Path + path, UriKind.Relative), Ct);
        return new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
    }

    private static string[] Names(IHtmlDocument page, string selector) => [.. page.QuerySelectorAll(selector).Select(StaffBrowser.Words)];

    private static Task<List<string>> ByNumberAsync(EditionStory story) => story.Letter.App.QueryAsync(db => db.Lines.Where(l => l.EndIndex == null).OrderBy(l => l.Number).Select(l => l.Name).ToListAsync(Ct));

    [Fact]
    public async Task Whom_the_organiser_puts_first_stands_first_everywhere_and_leaves_with_their_line()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        Assert.Equal(await ByNumberAsync(story), Names(await OpenAsync(story, "/signatories"), "#initial + ol .name"));
        var size = story.Letter.App.Get<PublishedLetters>().Find(story.Letter.Slug)!.Size;

        var desk = await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Put them first", ("Who", "eero ilustre"));
        var dagny = await editor.OpenAsync($"/desk/letters/{story.Letter.LetterId}/signatures/{story.People["Dagny Halvorsrud"]}");
        desk = await editor.PressAsync(dagny, "Put among the first signatories");
        desk = await editor.PressAsync(desk, "Up: Dagny");
        Assert.Equal(["Dagny Halvorsrud", "Eero Ilustre"], Names(desk, "#first-h ~ ul a"));

        Assert.Equal(["Dagny Halvorsrud", "Eero Ilustre"], Names(await OpenAsync(story, "/signatories"), "#initial + ol .name"));
        var foot = Names(await OpenAsync(story, ""), ".signed .name").Where(n => !n.Contains("Sign", StringComparison.Ordinal)).ToList();
        Assert.Equal(["Dagny Halvorsrud", "Eero Ilustre", .. (await ByNumberAsync(story)).Where(n => n is not ("Dagny Halvorsrud" or "Eero Ilustre"))], foot);
        Assert.Contains("Dagny Halvorsrud; Eero Ilustre; ", StaffBrowser.Words((await OpenAsync(story, "/sign")).Body), StringComparison.Ordinal);
        // Shown, and not recorded.
        Assert.Equal(size, story.Letter.App.Get<PublishedLetters>().Find(story.Letter.Slug)!.Size);

        await story.Letter.WithdrawAsync(story.People["Dagny Halvorsrud"]);
        await story.Letter.SequenceAsync();
        Assert.Equal(["Eero Ilustre"], Names(await OpenAsync(story, "/signatories"), "#initial + ol .name"));
        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Take off: Eero");
        Assert.Equal(await ByNumberAsync(story), Names(await OpenAsync(story, "/signatories"), "#initial + ol .name"));
        Assert.Equal(["first-signatory", "first-signatory", "first-signatory-moved", "first-signatory-off"],
            await story.Letter.App.QueryAsync(db => db.Acts.Where(a => a.What.StartsWith("first-signatory")).OrderBy(a => a.Id).Select(a => a.What).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Who_is_not_found_or_one_of_several_is_said_and_what_was_typed_stays()
    {
        await using var story = await EditionStory.BeginAsync();
        await story.Letter.AdmitAsync("Ada Okafor");
        using var editor = await story.EnterAsync();
        var page = await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Put them first", ("Who", "Ada Okafor"));
        Assert.Contains("2 people bear this name.", StaffBrowser.Words(page.Body), StringComparison.Ordinal);
        Assert.Equal("Ada Okafor", page.QuerySelector("#who")!.GetAttribute("value"));
        Assert.Contains("Nobody who is let in", StaffBrowser.Words((await editor.PressAsync(page, "Put them first", ("Who", "4711"))).Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_by_time_stand_by_number_on_pages_in_files_and_for_programs()
    {
        await using var story = await EditionStory.BeginAsync();
        for (var i = 0; i < 102; i++)
            await story.Letter.AdmitAsync($"Zoe Vandermeer {(char)('a' + i % 26)}{i}");
        await story.Letter.SequenceAsync();
        using var editor = await story.EnterAsync();
        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Keep this order", ("order", "Time"));
        var numbers = Enumerable.Range(1, 107).ToArray();

        var first = await OpenAsync(story, "/signatories");
        Assert.Null(first.QuerySelector("nav.az"));
        Assert.Null(first.QuerySelector("#initial"));
        var next = first.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        var second = await OpenAsync(story, next[next.IndexOf("/signatories", StringComparison.Ordinal)..]);
        Assert.Equal(numbers, NumbersOf(first).Concat(NumbersOf(second)));
        Assert.Equal(numbers, NumbersOf(await OpenAsync(story, "/signatories/all")));
        foreach (var file in new[] { "signatories.json", "signatories/all.json" })
        {
            var json = await story.JsonAsync(file);
            Assert.Equal("time", json.GetProperty("order").GetString());
            Assert.Equal(numbers, json.GetProperty("signatories").EnumerateArray().Select(Number));
        }
        var after = await story.JsonAsync("signatories.json?after=100");
        Assert.Equal(numbers[100..], after.GetProperty("signatories").EnumerateArray().Select(Number));
        var csv = await story.PageAsync("signatories.csv");
        Assert.Equal(numbers, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(r => int.Parse(r.Split(',')[0].Trim('"'), System.Globalization.CultureInfo.InvariantCulture)));
        var (status, said) = await story.VerifyAsync("signatories/all");
        Assert.True(status == 0, said);

        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Keep this order", ("order", "FamilyName"));
        Assert.NotNull((await OpenAsync(story, "/signatories")).QuerySelector("nav.az"));
        Assert.Equal("family-name", (await story.JsonAsync("signatories.json")).GetProperty("order").GetString());

        static int Number(JsonElement line) => line.GetProperty("signatory").GetInt32();
    }

    private static int[] NumbersOf(IHtmlDocument page) =>
        [.. page.QuerySelectorAll("li[data-undersigned-signatory]").Select(l => int.Parse(l.GetAttribute("data-undersigned-signatory")!, System.Globalization.CultureInfo.InvariantCulture))];
}
