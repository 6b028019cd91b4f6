using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Admission;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Admission;

public sealed class AdmissionTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task The_owner_says_by_level_how_many_look_and_the_next_one_is_led_by_it()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var saved = await owner.PressAsync(
            await owner.OpenAsync(room.Desk + "/admission"), "Save the rules", ("Form.People[Email]", "0"), ("Form.People[Account]", "2"), ("Form.Words", "scum\nHang him\n scum "), ("Form.Alarm", "40"));

        Assert.Contains("Saved.", StaffBrowser.Words(saved.QuerySelector("[role=status]")), StringComparison.Ordinal);
        var rules = (await LetterAsync(room)).Admission;
        Assert.Equal((0, 2, 1, 40), (rules.LooksFor(SignatureLevel.Email), rules.LooksFor(SignatureLevel.Account), rules.LooksFor(SignatureLevel.Known), rules.AlarmAbove));
        Assert.Equal(["scum", "Hang him"], rules.Words);
        Assert.Equal((SignatureState.Admitted, 1), await LedAsync(room, "Fenella Drystone"));
        Assert.Equal((SignatureState.InReview, 1), await LedAsync(room, "S.C.U.M. Drystone"));
        Assert.Equal((SignatureState.InReview, 2), await LedAsync(room, "Gethin Pontrhyd", SignatureLevel.Account));
        Assert.Equal((SignatureState.Confirmed, 1), await LedAsync(room, "Renzo Pallavacca", SignatureLevel.Domain));
    }

    [Fact]
    public async Task What_cannot_be_is_said_and_nothing_is_saved()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var wrong = await owner.PressAsync(await owner.OpenAsync(room.Desk + "/admission"), "Save the rules", ("Form.Alarm", "none"), ("Form.People[Email]", "3"), ("Form.Words", "..."));
        Assert.Equal(3, wrong.QuerySelectorAll(".wrong").Length);
        Assert.Equal(1, (await LetterAsync(room)).Admission.LooksFor(SignatureLevel.Email));
    }

    [Fact]
    public async Task Names_come_one_by_one_or_pasted_and_go_again()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var page = await owner.OpenAsync(room.Desk + "/admission");

        var added = await owner.PressAsync(
            page, "Add", ("name", "Leopoldine Ravn-Achterberg"), ("context", "Chief Engineer until 2012"), ("many", "Ottokar Lindenschmitt | O. Lindenschmitt; Otto L. | Minister\nHaldis Fossbergsen\tH. Fossbergsen\tspokeswoman\n\n| nobody"));

        Assert.Contains("3 names added.", StaffBrowser.Words(added.QuerySelector("[role=status]")), StringComparison.Ordinal);
        var names = await fixture.App.QueryAsync(db => db.WatchNames.AsNoTracking().Where(w => w.LetterId == room.LetterId).OrderBy(w => w.Id).ToListAsync());
        Assert.Equal(["Leopoldine Ravn-Achterberg", "Ottokar Lindenschmitt", "Haldis Fossbergsen"], names.Select(n => n.Name));
        Assert.Equal(["O. Lindenschmitt", "Otto L."], names[1].Aliases);
        var gone = await owner.PressAsync(added, "Take off Haldis");
        Assert.Contains("Taken off the list.", StaffBrowser.Words(gone.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Equal(2, await fixture.App.QueryAsync(db => db.WatchNames.CountAsync(w => w.LetterId == room.LetterId)));
    }

    [Fact]
    public async Task A_name_that_becomes_prominent_waits_for_two_though_one_had_let_it_in()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var letIn = await room.SignAsync("Leopoldine Ravn-Achterberg", SignatureState.Admitted);
        await room.WriteAsync(db => db.Changes.Add(Change.Of(ChangeKind.Sign, letIn, fixture.Time.GetUtcNow())));
        var ordinary = await room.SignAsync("Fenella Drystone", SignatureState.Admitted);
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var added = await owner.PressAsync(await owner.OpenAsync(room.Desk + "/admission"), "Add", ("name", "Leopoldine Ravn-Achterberg"));

        Assert.Contains("1 name that was let in waits for two people now.", StaffBrowser.Words(added.QuerySelector("[role=status]")), StringComparison.Ordinal);
        var row = await room.ReadAsync(letIn);
        Assert.Equal((SignatureState.InReview, 2), (row.State, row.LooksNeeded));
        Assert.StartsWith("prominent:", row.ReviewReasons[0], StringComparison.Ordinal);
        Assert.Equal(0, await fixture.App.QueryAsync(db => db.Changes.CountAsync(c => c.SignatureId == letIn.Id)));
        Assert.Equal(SignatureState.Admitted, (await room.ReadAsync(ordinary)).State);
    }

    [Fact]
    public async Task The_text_page_and_this_one_tell_the_same_and_saving_there_keeps_the_rules_by_level()
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.Admission = new AdmissionRules { NoGlance = [SignatureLevel.Known], TwoPeople = [SignatureLevel.Imported] });
        var letter = await LetterAsync(room);
        letter.GlanceRequired = true;
        Assert.Equal((0, 2), (letter.Admission.LooksFor(SignatureLevel.Known), letter.Admission.LooksFor(SignatureLevel.Imported)));
        letter.GlanceRequired = false;
        Assert.Equal((0, 2), (letter.Admission.LooksFor(SignatureLevel.Email), letter.Admission.LooksFor(SignatureLevel.Imported)));
    }

    [Fact]
    public async Task Only_an_owner_sees_and_sets_the_rules()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync(room.Desk + "/admission")).StatusCode);
    }

    [Fact]
    public void A_pasted_line_needs_only_its_name() => Assert.Equal(
        [("A B", "", ""), ("C D", "c; d", "who"), ("E F", "", "")],
        PastedNames.Read("A B\nC D | c ;d| who\r\nE F|\n").Select(n => (n.Name, string.Join("; ", n.Aliases), n.Context)));

    private Task<Letter> LetterAsync(StaffRoom room) => fixture.App.QueryAsync(db => db.Letters.AsNoTracking().SingleAsync(l => l.Id == room.LetterId));

    private async Task<(SignatureState State, int Looks)> LedAsync(StaffRoom room, string name, SignatureLevel level = SignatureLevel.Email)
    {
        var signature = await room.SignAsync(name, SignatureState.Submitted, s => s.Level = level);
        await fixture.App.QueryAsync(async db =>
        {
            var row = await db.Signatures.SingleAsync(s => s.Id == signature.Id, TestContext.Current.CancellationToken);
            await db.LeadOnAsync(await db.Letters.SingleAsync(l => l.Id == room.LetterId, TestContext.Current.CancellationToken), row, fixture.Time.GetUtcNow(), TestContext.Current.CancellationToken);
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        var led = await room.ReadAsync(signature);
        return (led.State, led.LooksNeeded);
    }
}
