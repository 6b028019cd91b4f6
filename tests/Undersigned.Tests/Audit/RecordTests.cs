using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Audit;

public sealed class RecordTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    [Fact]
    public async Task The_record_says_who_did_what_on_which_line_from_where_to_where()
    {
        var room = await StaffRoom.OpenAsync(fixture.App, l => l.State = LetterState.Published);
        var ada = await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => s.Number = 655);
        using var editor = await room.EnterAsync(StaffRole.Editor, "Casimir Østergaard");
        using var owner = await room.EnterAsync(StaffRole.Owner, "Perpetua Lindqvaist-Oyelaran");
        var page = await editor.OpenAsync($"{room.Desk}/signatures/{ada.Id}");
        await editor.PressAsync(page, "Remove", ("why", "signer-request"));

        var shown = StaffBrowser.Words((await owner.OpenAsync(room.Desk + "/record")).QuerySelector(".acts"));

        Assert.Contains("Removed: № 655 Ada Lockwood, At the signer’s request Casimir Østergaard · on the page → removed", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_found_by_person_act_day_number_name_and_words()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner, "Perpetua Lindqvaist-Oyelaran");
        using var other = await room.EnterAsync(StaffRole.Editor, "Casimir Østergaard");
        var ada = await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => s.Number = 7);
        await ActAsync(room, owner, "admit", ada.Id, new DateTimeOffset(2026, 2, 27, 23, 59, 59, TimeSpan.Zero));
        await ActAsync(room, other, "hold-mail", null, new DateTimeOffset(2026, 2, 28, 0, 0, 0, TimeSpan.Zero));
        await ActAsync(room, other, "paste-in", null, new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), "31 imported");

        Assert.Equal(["Pasted names in", "Held mail", "Let in"], await FoundAsync(owner, room, ""));
        Assert.Equal(["Pasted names in", "Held mail"], await FoundAsync(owner, room, $"?by={other.AccountId}"));
        Assert.Equal(["Held mail"], await FoundAsync(owner, room, "?what=hold-mail"));
        Assert.Equal(["Held mail"], await FoundAsync(owner, room, "?from=2026-02-28&to=2026-02-28"));
        Assert.Equal(["Let in"], await FoundAsync(owner, room, "?to=2026-02-27"));
        Assert.Equal(["Let in"], await FoundAsync(owner, room, "?q=7"));
        Assert.Equal(["Let in"], await FoundAsync(owner, room, "?q=lockw"));
        Assert.Equal(["Let in"], await FoundAsync(owner, room, "?q=perpetua"));
        Assert.Equal(["Held mail"], await FoundAsync(owner, room, "?q=held"));
        Assert.Equal(["Pasted names in"], await FoundAsync(owner, room, "?q=imported"));
        Assert.Equal(["Let in"], await FoundAsync(owner, room, $"?signature={ada.Id}"));
        Assert.Empty(await FoundAsync(owner, room, "?q=habakuk"));
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(room.Desk + "/record?from=yesterday&by=me")).StatusCode);
    }

    [Fact]
    public async Task A_long_record_is_read_page_by_page_and_taken_whole_as_a_safe_sheet()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner, "=Perpetua");
        await room.WriteAsync(db => db.Acts.AddRange(Enumerable.Range(1, 1_150).Select(i =>
            new StaffAct { LetterId = room.LetterId, AccountId = owner.AccountId, At = fixture.Time.GetUtcNow(), What = "text", Detail = $"={i}" })));

        var first = await owner.OpenAsync(room.Desk + "/record");
        Assert.Equal(100, first.QuerySelectorAll(".acts > li").Length);
        var second = await owner.OpenAsync(first.QuerySelector("a.button.plain")!.GetAttribute("href")!);
        Assert.Contains("=1050", StaffBrowser.Words(second.QuerySelector(".acts > li")), StringComparison.Ordinal);

        var sheet = await owner.GetAsync(room.Desk + "/record?handler=csv");
        var lines = (await sheet.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1_152, lines.Length);
        Assert.Contains(",'=Perpetua,Took the record,take-record,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",'=1,", lines[^1], StringComparison.Ordinal);
        Assert.Single(await room.ActsAsync(), a => a.What == "take-record");
    }

    [Fact]
    public async Task Who_looked_at_addresses_is_in_the_record_and_a_screen_of_many_is_one_act()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood");
        await room.SignAsync(["Bron Waits", "Hal Leat"], SignatureState.Submitted);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        await editor.OpenAsync($"{room.Desk}/signatures/{ada.Id}");
        await editor.OpenAsync(room.Desk + "/unconfirmed");
        // Reviewers see only the beginning and the domain.
        await reviewer.OpenAsync(room.Desk + "/unconfirmed");

        var looks = (await room.ActsAsync()).Where(a => a.What == "look").Select(a => (a.AccountId, a.SignatureId, a.Detail));
        Assert.Equal([(editor.AccountId, ada.Id, "address"), (editor.AccountId, null, $"2 addresses not confirmed, signatures {ada.Id + 1} to {ada.Id + 2}")], looks);
    }

    [Fact]
    public async Task An_auditor_reads_a_signature_with_what_speaks_for_it_and_no_address()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => s.Number = 1);
        await room.WriteAsync(db => db.Evidence.Add(new Evidence { LetterId = room.LetterId, SignatureId = ada.Id, Kind = EvidenceKind.Known, At = fixture.Time.GetUtcNow(), What = "Reached by a published number" }));
        using var auditor = await room.EnterAsync(StaffRole.Auditor);

        var page = await auditor.OpenAsync($"{room.Desk}/signatures/{ada.Id}");

        var words = StaffBrowser.Words(page.QuerySelector("main"));
        Assert.Contains("Reached by a published number", words, StringComparison.Ordinal);
        Assert.DoesNotContain(ada.Email!, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form[method=post]"));
        Assert.Equal("evidence", Assert.Single(await room.ActsAsync()).Detail);
        foreach (var path in new[] { "", "/record" })
            Assert.Empty((await auditor.OpenAsync(room.Desk + path)).QuerySelectorAll("main form[method=post]"));
    }

    [Fact]
    public async Task The_database_itself_lets_nobody_change_or_take_back_an_act()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var owner = await room.EnterAsync(StaffRole.Owner);
        await ActAsync(room, owner, "publish", null, fixture.Time.GetUtcNow());

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => fixture.App.QueryAsync(db => db.Acts.Where(a => a.LetterId == room.LetterId).ExecuteUpdateAsync(s => s.SetProperty(a => a.What, "nothing"))));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => fixture.App.QueryAsync(db => db.Acts.Where(a => a.LetterId == room.LetterId).ExecuteDeleteAsync()));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => room.WriteAsync(db => db.Acts.Single(a => a.LetterId == room.LetterId).Detail = "of another"));

        Assert.Equal("publish", Assert.Single(await room.ActsAsync()).What);
    }

    [Fact]
    public async Task The_operator_reads_what_belongs_to_no_letter()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var operatorAtWork = await room.EnterAsync(StaffRole.Owner, "Anselm Quarterman");
        await room.WriteAsync(db =>
        {
            db.Users.Single(u => u.Id == operatorAtWork.AccountId).IsOperator = true;
            db.Acts.Add(new StaffAct { AccountId = StaffAct.Console, At = fixture.Time.GetUtcNow(), What = "account-reset", Detail = operatorAtWork.AccountId.ToString(CultureInfo.InvariantCulture) });
            db.Acts.Add(new StaffAct { AccountId = operatorAtWork.AccountId, At = fixture.Time.GetUtcNow(), What = "sign-in", Detail = "passkey" });
        });

        var page = StaffBrowser.Words((await operatorAtWork.OpenAsync("/desk/instance/record?q=anselm")).QuerySelector(".acts"));
        Assert.Contains("Signed in, passkey", page, StringComparison.Ordinal);
        page = StaffBrowser.Words((await operatorAtWork.OpenAsync("/desk/instance/record?what=account-reset")).QuerySelector(".acts"));
        Assert.Contains("Took every way in from an account, for a new one, Anselm Quarterman The server or its console", page, StringComparison.Ordinal);
        // What its people did with their accounts stands in a letter's record too.
        Assert.Contains("Signed in", await FoundAsync(operatorAtWork, room, ""));
    }

    private static async Task<List<string>> FoundAsync(StaffBrowser browser, StaffRoom room, string query) =>
        [.. (await browser.OpenAsync(room.Desk + "/record" + query)).QuerySelectorAll(".acts b").Select(StaffBrowser.Words)];

    private static Task ActAsync(StaffRoom room, StaffBrowser by, string what, long? signature, DateTimeOffset at, string? detail = null) => room.WriteAsync(db =>
        db.Acts.Add(new StaffAct { LetterId = room.LetterId, AccountId = by.AccountId, At = at, What = what, SignatureId = signature, Detail = detail }));
}
