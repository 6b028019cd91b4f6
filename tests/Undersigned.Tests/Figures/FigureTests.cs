using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using static Undersigned.Tests.Harness.StaffBrowser;

namespace Undersigned.Tests.Figures;

public sealed class FigureTests(DeskApp desk) : IClassFixture<DeskApp>
{
    private static readonly Era[] Eras = [new("Ashdown", 1981, 1989, "Lantern"), new("Birk", 1989, 1993, "Lantern"), new("Corvo", 1993, 2001, "Orchard")];

    private static Post At(string organization, int from, int to) => new("Counsel", organization, new YearSpan(from, to));

    private async Task<StaffRoom> RoomAsync()
    {
        var room = await StaffRoom.OpenAsync(desk.App, l => l.Eras = [.. Eras]);
        await room.SignAsync("Ada Okafor", SignatureState.Admitted, s => (s.Posts, s.Level) = ([At("Civil Division", 1985, 1991), At("Tax Division", 1994, 2003)], SignatureLevel.Known));
        await room.SignAsync("Bo Ekelund", SignatureState.Admitted, s => s.Posts = [At("Civil Division", 1994, 1999)]);
        await room.SignAsync("Cyprian Górska", SignatureState.Admitted, s => s.Posts = [At("Antitrust Division", 1982, 1985)]);
        await room.SignAsync("Dagny Waits", SignatureState.Confirmed, s => s.Posts = [At("Civil Division", 1982, 1985)]);
        return room;
    }

    [Fact]
    public async Task How_many_from_civil_and_under_whom_is_one_question()
    {
        var room = await RoomAsync();
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/figures?q=civil");
        Assert.Equal("2", page.QuerySelector("[data-figure=count]")!.TextContent);
        // Of the offices, only those at Civil: Ada's years at Tax are another question's.
        Assert.Equal("Ashdown 1981–1989 1 Birk 1989–1993 1 Corvo 1993–2001 1", string.Join(' ', page.QuerySelectorAll("[aria-labelledby=by-era] tr").Select(Words)));
        Assert.Equal("Known 1 Address only 1", string.Join(' ', page.QuerySelectorAll("[aria-labelledby=by-level] tr").Select(Words)));
        Assert.Equal(
            "As of 1 March 2026, 09:30 UTC, 2 people of the 3 let in so far under “Let the inspectors publish what they find” name “civil” as or in an organization, a position or a place."
            + " Under whom they served, by the years they gave: Ashdown 1, Birk 1, Corvo 1; one person may have served under several. Of 2, 1 was checked beyond an address.",
            Words(page.QuerySelector("#sentence")));
        var narrower = await editor.OpenAsync(room.Desk + "/figures?q=civil&era=1981-1989&level=known");
        Assert.Equal("1", narrower.QuerySelector("[data-figure=count]")!.TextContent);
        var all = await editor.OpenAsync(room.Desk + "/figures");
        Assert.Equal("3", all.QuerySelector("[data-figure=count]")!.TextContent);
    }

    [Fact]
    public async Task A_signer_in_ohio_whom_the_press_may_call_is_found_and_each_opening_is_on_record()
    {
        var room = await RoomAsync();
        var ohio = await room.SignAsync("Eero Ilustre", SignatureState.Listed, s => (s.PressMayCall, s.Telephone, s.Place, s.Posts) = (true, "+1 614 555 0123", "Columbus, Ohio", [At("Civil Division", 1994, 1999)]));
        await room.SignAsync("Fatma Jansen", SignatureState.Listed, s => (s.PressMayCall, s.Telephone, s.Place) = (true, "+1 202 555 0199", "Washington"));
        await room.SignAsync("Gunnar Withdrew", SignatureState.Withdrawn, s => (s.PressMayCall, s.Telephone, s.Place) = (true, "+1 614 555 0100", "Ohio"));
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/press?q=ohio%20civil");
        Assert.Contains("Eero Ilustre", Words(Assert.Single(page.QuerySelectorAll(".tasks li"))), StringComparison.Ordinal);
        Assert.DoesNotContain("614", page.Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Empty(await room.DoneAsync());

        page = await editor.PressAsync(page, "Show the number");
        Assert.Equal("+1 614 555 0123", page.QuerySelector("[data-figure=telephone]")!.TextContent);
        var act = Assert.Single(await room.DoneAsync());
        Assert.Equal(("open-telephone", (long?)ohio.Id, editor.AccountId), (act.What, act.SignatureId, act.AccountId));

        page = await editor.PressAsync(page, "Note that it was given", ("outlet", ""));
        Assert.Contains("To which paper or station?", Words(page.Body), StringComparison.Ordinal);
        page = await editor.PressAsync(page, "Note that it was given", ("outlet", "The Sarn Courier"));
        Assert.Contains("Last given to The Sarn Courier, 1 March 2026, 09:30 UTC.", Words(page.Body), StringComparison.Ordinal);
        Assert.Equal("ohio civil", page.QuerySelector("#q")!.GetAttribute("value"));
        // An outlet left out shows the number a second time.
        Assert.Equal(["open-telephone", "open-telephone", "given-to-reporter"], (await room.DoneAsync()).Select(a => a.What));
    }

    [Fact]
    public async Task Numbers_to_call_are_not_for_reviewers_and_one_without_the_tick_opens_to_nobody()
    {
        var room = await RoomAsync();
        var silent = await room.SignAsync("Hedvig Silent", SignatureState.Listed, s => s.Telephone = "+1 614 555 0123");
        await room.SignAsync("Ines Talks", SignatureState.Listed, s => (s.PressMayCall, s.Telephone) = (true, "+1 202 555 0199"));
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);
        Assert.Equal(HttpStatusCode.NotFound, (await reviewer.GetAsync(room.Desk + "/press")).StatusCode);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/press");
        using var answer = await editor.PostAsync(page, "Show the number", ("signature", silent.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Eras_are_pasted_as_people_write_them_and_the_page_says_what_they_come_to()
    {
        var room = await RoomAsync();
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var page = await owner.PressAsync(
            await owner.OpenAsync(room.Desk + "/eras"), "Keep these eras",
            ("Lines", "Ashdown 1981–1989 Lantern\nBirk, 1989-1993, Lantern\n\nCorvo (1993 to 2001) Orchard\nDahl 2001–today Lantern"), ("Many", "governments"));
        Assert.Equal("Between them they served under four governments of both parties", Words(page.QuerySelector("#sentence")));
        var eras = await desk.App.QueryAsync(db => db.Letters.Where(l => l.Id == room.LetterId).Select(l => l.Eras).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal([.. Eras, new Era("Dahl", 2001, null, "Lantern")], eras);
        Assert.Contains(await room.ActsAsync(), a => a.What == "set-eras");
    }

    [Theory]
    [InlineData("Ashdown 1981–1989 Lantern\nBirk", "Line 2: we need a name, then two years")]
    [InlineData("1981–1989 Lantern", "Line 1: we need a name, then two years")]
    [InlineData("Ashdown 1989–1981", "Line 1: the last year, 1981, comes before the first, 1989.")]
    [InlineData("Ashdown 1981–1989\nBirk 1981-1989", "Line 2: the years 1981–1989 are there twice.")]
    public async Task A_line_that_cannot_be_read_is_named_and_nothing_typed_is_lost(string lines, string says)
    {
        var room = await RoomAsync();
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var page = await owner.PressAsync(await owner.OpenAsync(room.Desk + "/eras"), "Keep these eras", ("Lines", lines));
        Assert.Contains(says, Words(page.Body), StringComparison.Ordinal);
        Assert.Equal(lines, page.QuerySelector("#Lines")!.TextContent);
    }
}
