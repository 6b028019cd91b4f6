using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Log.Letters;
using Undersigned.Model;
using Undersigned.Shared;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Transparency;

namespace Undersigned.Tests.Figures;

public sealed class EraTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string? Say(IReadOnlyList<(Era, int)> eras, int people = 9)
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        return services.GetRequiredService<IStringLocalizer<SharedTexts>>().Served(eras, new EraWords(), people);
    }

    private static (Era, int) Era(int from, string? group, int count) => (new Era("E" + from, from, from + 4, group), count);

    [Fact]
    public void The_sentence_says_no_more_than_the_numbers()
    {
        Assert.Equal("Between them they served under three administrations of both parties", Say([Era(1980, "A", 1), Era(1984, "B", 2), Era(1988, "A", 3)]));
        Assert.Equal("Between them they served under two administrations of one party", Say([Era(1980, "A", 1), Era(1984, "B", 0), Era(1988, "A", 3)]));
        Assert.Equal("Between them they served under three administrations of all three parties", Say([Era(1980, "A", 1), Era(1984, "B", 2), Era(1988, "C", 3)]));
        Assert.Equal("Between them they served under two administrations of two parties", Say([Era(1980, "A", 1), Era(1984, "B", 2), Era(1988, "C", 0)]));
        // One group alone, an era without one, or a single era: nothing is said of parties.
        Assert.Equal("Between them they served under two administrations", Say([Era(1980, "A", 1), Era(1984, "A", 2)]));
        Assert.Equal("Between them they served under two administrations", Say([Era(1980, "A", 1), Era(1984, null, 2)]));
        Assert.Equal("Between them they served under one administration", Say([Era(1980, "A", 1), Era(1984, "B", 0)]));
        Assert.Equal("One of them served under two administrations of both parties", Say([Era(1980, "A", 1), Era(1984, "B", 1)], people: 1));
        Assert.Equal("Between them they served under 13 administrations of both parties", Say([.. Enumerable.Range(0, 13).Select(i => Era(1900 + 4 * i, i % 2 == 0 ? "A" : "B", 1))]));
        Assert.Null(Say([Era(1980, "A", 0)]));
        Assert.Null(Say([]));
    }

    [Fact]
    public async Task The_letters_page_counts_by_eras_and_a_change_of_them_is_an_entry_of_the_record()
    {
        await using var letter = await LetterStory.BeginAsync(configure: StaffRoom.SignInByHeader);
        await letter.AdmitManyAsync(3);
        await letter.PublishAsync();
        using var visitor = letter.App.Client();
        var path = new Uri($"letters/{letter.Slug}", UriKind.Relative);
        Assert.DoesNotContain("id=\"eras\"", await visitor.GetStringAsync(path, Ct), StringComparison.Ordinal);

        var account = new Account { DisplayName = "Hyacinth Moravcová-Dube", UserName = Guid.NewGuid().ToString("N"), CreatedAt = DateTimeOffset.UnixEpoch };
        await letter.LetterAsync((db, _) => db.Users.Add(account));
        await letter.LetterAsync((db, l) => db.Staff.Add(new LetterStaff { LetterId = l.Id, AccountId = account.Id, Role = StaffRole.Owner }));
        using var owner = new StaffBrowser(letter.App, account.Id);
        await owner.PressAsync(await owner.OpenAsync($"/desk/letters/{letter.LetterId}/eras"), "Keep these eras", ("Lines", "Ashdown 1990–1996 Lantern\nBirk 1996–2004 Orchard\nCorvo 2004–today Lantern"));
        await letter.SequenceAsync();

        var log = await letter.CheckAsync(standing: 3);
        Assert.Equal(EntryType.Revise, log.Entries[^1].Type);
        var page = await StaffBrowser.ReadAsync(await visitor.GetAsync(path, Ct));
        Assert.Equal("Between them they served under two administrations of both parties", page.QuerySelector("#eras-h")!.TextContent);
        Assert.Equal(["3", "3", "0"], page.QuerySelectorAll("#eras td.right").Select(c => c.TextContent));
        Assert.Equal(3, page.QuerySelectorAll("#eras rect").Length);
        Assert.Single(page.QuerySelectorAll("#eras rect.b"));
    }
}
