using Microsoft.Extensions.DependencyInjection;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Desk;

/// <summary>The desk's acts as visitors see them, through the real sequencer and the real pages.</summary>
public sealed class SwitchTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task What_the_desk_decides_and_holds_is_what_visitors_read()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(["Fenella Drystone", "Ottokar Lindenschmitt", "Renzo Pallavacca"]);
        await room.WriteAsync(db => db.Publish(db.Letters.Single(l => l.Id == room.LetterId), fixture.Time.GetUtcNow()));
        fixture.App.Services.GetRequiredService<WorkSignal>().Poke();
        var slug = await fixture.App.QueryAsync(db => Task.FromResult(db.Letters.Single(l => l.Id == room.LetterId).Slug));
        var letter = $"/letters/{slug}";
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var screen = await owner.PressAsync(await owner.OpenAsync(room.Desk + "/glance"), "Take 3 lines");
        await owner.PressAsync(screen, "Let the unticked in");
        await UntilAsync(letter + "/signatories", text => text.Contains("Renzo Pallavacca", StringComparison.Ordinal));
        Assert.Equal("3", StaffBrowser.Words((await owner.OpenAsync(room.Desk)).QuerySelector("[data-figure=standing]")));

        var one = (await room.ReadAllAsync())[0];
        await owner.PressAsync(await owner.OpenAsync($"{room.Desk}/signatures/{one.Id}"), "Remove", ("why", "error"));
        await UntilAsync(letter + "/signatories", text => !text.Contains("Fenella Drystone", StringComparison.Ordinal));

        Assert.Contains(letter[1..] + "/sign\"", await TextAsync(letter), StringComparison.Ordinal);
        var desk = await owner.PressAsync(await owner.OpenAsync(room.Desk), "Hold signing");
        Assert.DoesNotContain(letter[1..] + "/sign\"", await TextAsync(letter), StringComparison.Ordinal);
        Assert.Contains("Signing is paused", await TextAsync(letter + "/sign"), StringComparison.Ordinal);
        await owner.PressAsync(desk, "Lift signing");
        Assert.Contains(letter[1..] + "/sign\"", await TextAsync(letter), StringComparison.Ordinal);

        var before = await TextAsync(letter);
        await owner.PressAsync(await owner.OpenAsync(room.Desk), "Hold publishing");
        Assert.NotEqual(before, await TextAsync(letter));
        Assert.Contains("paused", await TextAsync(letter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_says_when_decisions_do_not_reach_the_page()
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => (l.State, l.PublishedAt) = (LetterState.Published, fixture.Time.GetUtcNow()));
        using var owner = await room.EnterAsync(StaffRole.Owner);
        fixture.App.Services.GetRequiredService<LogTroubles>().Report(new LogTrouble(
            room.LetterId, "letters.example/letters/x/log", "The tree of 12 entries does not hash to its root.", "Restore the database.", LogTroubleKind.Refused, fixture.Time.GetUtcNow()));

        var today = await owner.OpenAsync(room.Desk);

        var words = StaffBrowser.Words(today.QuerySelector("[role=alert]"));
        Assert.Contains("The list cannot be brought up to date since 1 March 2026, 09:30 UTC", words, StringComparison.Ordinal);
        foreach (var word in new[] { "tree", "hash", "root", "entries", "/log" })
            Assert.DoesNotContain(word, words, StringComparison.OrdinalIgnoreCase);
    }

    private async Task UntilAsync(string path, Func<string, bool> isSo)
    {
        for (var i = 0; i < 200; i++)
        {
            if (isSo(await TextAsync(path)))
                return;
            // The loops of the application wait on this clock.
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.Fail($"{path} did not come to show it:\n{await TextAsync(path)}");
    }

    private async Task<string> TextAsync(string path)
    {
        using var visitor = fixture.App.Client();
        return System.Net.WebUtility.HtmlDecode(await visitor.GetStringAsync(path, TestContext.Current.CancellationToken));
    }
}
