using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Glance;

public sealed class GlanceTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i =>
        $"{(char)('A' + i % 26)}{"eiouy"[i / 26 % 5]}l{"aeiou"[i % 5]}ndra {(char)('B' + i * 7 % 24)}{"aeiou"[i / 5 % 5]}r{"bdgkmnpt"[i % 8]}{"aeiou"[i / 25 % 5]}stow{"vzxw"[i / 125 % 4]}");

    [Fact]
    public async Task Looking_changes_nothing_and_taking_lends_forty()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Names(57));
        using var volunteer = await room.EnterAsync(StaffRole.Reviewer);

        var first = await volunteer.OpenAsync(room.Desk + "/glance");
        Assert.Empty(first.QuerySelectorAll("input[name=odd]"));
        Assert.All(await room.ReadAllAsync(), s => Assert.Null(s.GlanceBatchId));

        var screen = await volunteer.PressAsync(first, "Take 40 lines");
        Assert.Equal(40, screen.QuerySelectorAll("input[name=odd]").Length);
        Assert.Contains("40 of 57", StaffBrowser.Words(screen.QuerySelector(".head")), StringComparison.Ordinal);
        Assert.Contains("the next 10 minutes", StaffBrowser.Words(screen.QuerySelector(".head")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signed_under_suspicion_without_proof_of_work_comes_to_a_person_with_the_reason_in_words_at_each_place()
    {
        // Also on a letter whose names nobody looks at.
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.GlanceRequired = false);
        var suspect = await room.SignAsync("Ada Lockwood", with: s => s.IsSuspect = true);
        var second = await room.SignAsync("Bela Weir", with: s => s.IsSuspect = true);
        using var volunteer = await room.EnterAsync(StaffRole.Reviewer);
        const string Why = "Signed when far more came than usual, without proof of work";
        Assert.Equal("2", StaffBrowser.Words((await volunteer.OpenAsync(room.Desk)).QuerySelector("[data-figure=glance]")));

        var screen = await volunteer.PressAsync(await volunteer.OpenAsync(room.Desk + "/glance"), "Take 2 lines");
        Assert.All(screen.QuerySelectorAll(".glance small"), s => Assert.Equal(Why, StaffBrowser.Words(s)));
        Assert.All(screen.QuerySelectorAll("input[name=odd]").OfType<IHtmlInputElement>(), box => Assert.True(box.IsChecked));
        await volunteer.PressAsync(screen, "Let the unticked in", ("odd", suspect.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal((SignatureState.InReview, SignatureState.Admitted), ((await room.ReadAsync(suspect)).State, (await room.ReadAsync(second)).State));
        Assert.Contains(Why, StaffBrowser.Words((await volunteer.OpenAsync($"{room.Desk}/review/{suspect.Id}")).QuerySelector("main")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_take_at_once_never_see_the_same_line()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Names(150));
        var volunteers = new List<(StaffBrowser Browser, IHtmlDocument Page)>();
        for (var i = 0; i < 4; i++)
        {
            var browser = await room.EnterAsync(StaffRole.Reviewer, $"Volunteer {i}");
            volunteers.Add((browser, await browser.OpenAsync(room.Desk + "/glance")));
        }

        var screens = await Task.WhenAll(volunteers.Select(v => v.Browser.PressAsync(v.Page, "Take")));

        var lent = screens.SelectMany(Ids).ToList();
        Assert.Equal(150, lent.Count);
        Assert.Equal(150, lent.Distinct().Count());
        volunteers.ForEach(v => v.Browser.Dispose());
    }

    [Fact]
    public async Task Who_holds_a_screen_sees_that_one_and_the_other_reads_who_has_it()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Names(45));
        using var anselm = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        using var hyacinth = await room.EnterAsync(StaffRole.Reviewer);

        var screen = await TakeAsync(anselm, room);
        Assert.Equal(Ids(screen), Ids(await anselm.OpenAsync(room.Desk + "/glance")));

        var rest = await hyacinth.OpenAsync(room.Desk + "/glance");
        Assert.Contains("Anselm has 40", StaffBrowser.Words(rest.QuerySelector(".head")), StringComparison.Ordinal);
        Assert.Equal(5, Ids(await hyacinth.PressAsync(rest, "Take 5 lines")).Count);
    }

    [Fact]
    public async Task A_loan_that_lapsed_is_lent_anew()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Names(3));
        using var asleep = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        using var awake = await room.EnterAsync(StaffRole.Reviewer);
        var stale = await TakeAsync(asleep, room);
        Assert.DoesNotContain("Take", StaffBrowser.Words((await awake.OpenAsync(room.Desk + "/glance")).QuerySelector("main")), StringComparison.Ordinal);

        fixture.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(Ids(stale), Ids(await TakeAsync(awake, room)));
        var late = await asleep.PressAsync(stale, "Let the unticked in");
        Assert.Contains("3 lines changed meanwhile", StaffBrowser.Words(late.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.All(await room.ReadAllAsync(), s => Assert.Equal(SignatureState.Confirmed, s.State));
    }

    [Fact]
    public async Task The_unticked_go_in_the_ticked_aside_and_the_next_screen_is_there_at_once()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signed = await room.SignAsync(Names(43));
        using var volunteer = await room.EnterAsync(StaffRole.Reviewer);
        var screen = await TakeAsync(volunteer, room);

        var next = await volunteer.PressAsync(screen, "Let the unticked in", ("odd", Text(signed[2].Id)), ("odd", Text(signed[7].Id)));

        Assert.Contains("38 let in, 2 set aside.", StaffBrowser.Words(next.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Equal(3, Ids(next).Count);
        var all = await room.ReadAllAsync();
        Assert.Equal(38, all.Count(s => s.State == SignatureState.Admitted && s.DecidedBy == volunteer.AccountId));
        Assert.Equal([Oddity.Ticked], all.Single(s => s.Id == signed[2].Id).ReviewReasons);
        Assert.Equal(38, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.LetterId == room.LetterId && c.Kind == ChangeKind.Sign)));
        Assert.Equal((38, 2), ((await room.ActsAsync()).Count(a => a.What == "admit"), (await room.ActsAsync()).Count(a => a.What == "set-aside")));
    }

    [Fact]
    public async Task What_is_odd_comes_ticked_with_its_reason_in_words()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync("Tomasz Ajdovnyk", SignatureState.Listed, s => s.Number = 402);
        await room.SignAsync("Renzo Pallavacca", SignatureState.Admitted);
        await room.SignAsync(["Tomasz Ajdovnyk", "Ajdovnik Tomasz", "Tomasz Ajdovnik", "Pallavacca Renzo", "Vаsile Grigorenciuc", "Gethin Pontrhyd", "Fenella", "MORTIMER GATESBY", "King Olamide Farrowgate"]);
        using var volunteer = await room.EnterAsync(StaffRole.Reviewer);

        var screen = await TakeAsync(volunteer, room);

        Assert.Equal(
            [
                "Tomasz Ajdovnyk: Perhaps the same person as № 402",
                "Ajdovnik Tomasz: Perhaps the same person as № 402",
                "Tomasz Ajdovnik: Perhaps the same person as № 402",
                "Pallavacca Renzo: Perhaps the same person as another that also waits",
                "Vаsile Grigorenciuc: Letters of two scripts in one name",
                "Fenella: One word only",
                "MORTIMER GATESBY: All in capitals",
                "King Olamide Farrowgate: A title of office in the name",
            ],
            screen.QuerySelectorAll(".differs").Select(li => StaffBrowser.Words(li.QuerySelector("bdi")) + ": " + StaffBrowser.Words(li.QuerySelector("small")).Split(" · ")[0]));
        Assert.Single(screen.QuerySelectorAll("input[name=odd]").Cast<IHtmlInputElement>(), box => !box.IsChecked);
    }

    [Fact]
    public async Task Only_what_was_seen_is_decided()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signed = await room.SignAsync(Names(4));
        using var volunteer = await room.EnterAsync(StaffRole.Reviewer);
        var screen = await TakeAsync(volunteer, room);
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == signed[0].Id).Name = "Another Name Altogether");
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == signed[1].Id).State = SignatureState.Withdrawn);

        var next = await volunteer.PressAsync(screen, "Let the unticked in");

        Assert.Contains("2 let in, 0 set aside. 2 lines changed meanwhile", StaffBrowser.Words(next.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Withdrawn, (await room.ReadAsync(signed[1])).State);
        Assert.Contains("Another Name Altogether", StaffBrowser.Words(next.QuerySelector(".glance")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_of_a_screen_can_be_set_aside_and_the_same_post_twice_decides_once()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Names(5));
        using var volunteer = await room.EnterAsync(StaffRole.Reviewer);
        var screen = await TakeAsync(volunteer, room);

        await volunteer.PressAsync(screen, "Set all aside");
        await volunteer.PressAsync(screen, "Let the unticked in");

        Assert.All(await room.ReadAllAsync(), s => Assert.Equal(SignatureState.InReview, s.State));
        Assert.Equal(5, (await room.ActsAsync()).Count);
    }

    [Fact]
    public async Task Undone_before_the_page_changed_everything_waits_again()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signed = await room.SignAsync(Names(4));
        using var volunteer = await room.EnterAsync(StaffRole.Reviewer);
        var done = await volunteer.PressAsync(await TakeAsync(volunteer, room), "Let the unticked in", ("odd", Text(signed[3].Id)));

        var undone = await volunteer.PressAsync(done, "Undo");

        Assert.Contains("4 decisions undone", StaffBrowser.Words(undone.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.All(await room.ReadAllAsync(), s => Assert.Equal((SignatureState.Confirmed, null, 0), (s.State, s.GlanceBatchId, s.ReviewReasons.Count)));
        Assert.Equal(0, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.LetterId == room.LetterId)));
    }

    [Fact]
    public async Task Undone_afterwards_a_listed_name_leaves_the_page_and_waits_in_review()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var signed = await room.SignAsync(Names(3));
        using var volunteer = await room.EnterAsync(StaffRole.Reviewer);
        var done = await volunteer.PressAsync(await TakeAsync(volunteer, room), "Let the unticked in");
        await room.ListAsync(signed[0], 1);
        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == signed[1].Id).State = SignatureState.Withdrawn);

        var undone = await volunteer.PressAsync(done, "Undo");

        Assert.Contains("2 decisions undone", StaffBrowser.Words(undone.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Contains("1 line has been decided again since", StaffBrowser.Words(undone.QuerySelector("[role=status]")), StringComparison.Ordinal);
        var listed = await room.ReadAsync(signed[0]);
        Assert.Equal((SignatureState.InReview, Oddity.Undone), (listed.State, Assert.Single(listed.ReviewReasons)));
        var leaving = await fixture.App.QueryAsync(db => db.Changes.SingleAsync(c => c.SignatureId == signed[0].Id));
        Assert.Equal((ChangeKind.Remove, "error"), (leaving.Kind, leaving.Reason));
        Assert.Equal(SignatureState.Withdrawn, (await room.ReadAsync(signed[1])).State);
        Assert.Equal(SignatureState.Confirmed, (await room.ReadAsync(signed[2])).State);
    }

    [Fact]
    public async Task After_an_hour_nothing_is_undone_and_nobody_undoes_for_another()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Names(2));
        using var volunteer = await room.EnterAsync(StaffRole.Reviewer);
        using var other = await room.EnterAsync(StaffRole.Reviewer, "Anselm");
        var done = await volunteer.PressAsync(await TakeAsync(volunteer, room), "Let the unticked in");

        Assert.Empty((await other.OpenAsync(room.Desk + "/glance")).QuerySelectorAll("form[action$=undo]"));
        fixture.Time.Advance(TimeSpan.FromHours(1));
        var late = await volunteer.PressAsync(done, "Undo");

        Assert.Contains("nothing left to undo", StaffBrowser.Words(late.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.All(await room.ReadAllAsync(), s => Assert.Equal(SignatureState.Admitted, s.State));
    }

    private static async Task<IHtmlDocument> TakeAsync(StaffBrowser browser, StaffRoom room) =>
        await browser.PressAsync(await browser.OpenAsync(room.Desk + "/glance"), "Take");

    private static List<string> Ids(IHtmlDocument page) =>
        [.. page.QuerySelectorAll("input[name=odd]").Cast<IHtmlInputElement>().Select(i => i.Value)];

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
