using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MiniExcelLibs;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.PasteIn;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Signing;

namespace Undersigned.Tests.PasteIn;

public sealed class ImportTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    private const string Form =
        "Timestamp,Email Address,Your full name,Last position held,Agency or office,Years of service,City\r\n"
        + "2026/02/20 9:14:03 AM GMT+1,ada@post.example,Ada Lockwood,Inspector,Inspectorate of Dams,1985–2010,Weirham\r\n"
        + "2026/02/20 9:20:11 AM GMT+1,bela@post.example,\"Weir, Bela\",Lock-keeper,,since 2011,\r\n"
        + "2026/02/20 9:31:40 AM GMT+1,cato@post.example,Cato Sluice,Engineer,Inspectorate of Dams,2010–1985,\r\n"
        + "2026/02/20 9:32:12 AM GMT+1,ADA+work@post.example,Ada Lockwood,Inspector,,,\r\n"
        + "2026/02/20 9:40:00 AM GMT+1,,Dora Mill,=1+1,,,\r\n";

    [Fact]
    public async Task A_sheet_is_mapped_tried_without_changing_anything_taken_and_taken_back()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer, "Anselm Quarterman");

        var columns = await UploadAsync(room, editor, "answers.csv", Encoding.UTF8.GetBytes(Form));
        Assert.Equal(["None", "Address", "Name", "Position", "Organization", "Years", "Place"], Chosen(columns));
        Assert.Contains("Ada Lockwood · Weir, Bela", StaffBrowser.Words(columns.QuerySelector("main table")), StringComparison.Ordinal);
        var tried = await WorkedAsync(room, editor, await editor.PressAsync(columns, "Try it"));
        Assert.Empty(await room.ReadAllAsync());
        Assert.Equal("Good 2 Double 1 Want no mail 0 Wrong 2", StaffBrowser.Words(tried.QuerySelector("dl.figures")));
        Assert.Equal(
            [
                "4: The last year, 1985, comes before the first, 2010.",
                "6: Column 4 holds a formula in place of its value. Paste the values in and save it again.",
                "5: The same address as in row 2.",
            ],
            tried.QuerySelectorAll("tr.differs").Select(tr => $"{StaffBrowser.Words(tr.Children[0])}: {StaffBrowser.Words(tr.Children[2])}"));

        var taken = await WorkedAsync(room, editor, await editor.PressAsync(tried, "Take the 2 good rows"));
        Assert.Contains("2 lines are taken. They wait at the glance for somebody other than who took them.", StaffBrowser.Words(taken.QuerySelector("[role=status]")), StringComparison.Ordinal);
        var all = await room.ReadAllAsync();
        Assert.All(all, s => Assert.Equal((SignatureState.Confirmed, SignatureSource.Import, SignatureLevel.Imported, editor.AccountId), (s.State, s.Source, s.Level, s.ImportedBy)));
        Assert.Equal(["Ada Lockwood, Inspector, Inspectorate of Dams, 1985–2010, Weirham", "Bela Weir, Lock-keeper, 2011–,"], all.Select(s => $"{s.Name}, {string.Join("; ", s.ToShown().Posts)}, {s.Location}".TrimEnd()));
        Assert.DoesNotContain((await editor.OpenAsync(room.Desk + "/glance")).QuerySelectorAll("main button").Select(StaffBrowser.Words), b => b.StartsWith("Take", StringComparison.Ordinal));
        Assert.Contains("Take 2 lines", (await reviewer.OpenAsync(room.Desk + "/glance")).QuerySelectorAll("main button").Select(StaffBrowser.Words));
        Assert.Equal(0, await fixture.App.QueryAsync(db => db.SheetParts.CountAsync(p => db.Imports.Any(i => i.Id == p.ImportId && i.LetterId == room.LetterId))));

        await room.WriteAsync(db => db.Signatures.Single(s => s.Id == all[1].Id).State = SignatureState.InReview);
        var undone = await WorkedAsync(room, editor, await editor.PressAsync(taken, "Undo this import"));
        Assert.Contains("1 line is taken back. What was on the page already leaves it. 1 line has been decided since, and stays as it is.", StaffBrowser.Words(undone.QuerySelector("main")), StringComparison.Ordinal);
        Assert.Equal([SignatureState.Declined, SignatureState.InReview], (await room.ReadAllAsync()).Select(s => s.State));
        Assert.Equal(["import-sheet", "import-column", "import", "import", "import", "undo-import", "undo-import"], (await room.DoneAsync()).Select(a => a.What));
        Assert.Contains((await room.ActsAsync()).Where(a => a.What == "look").Select(a => a.Detail!), d => d.Contains("compared with the addresses that stand", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_rows_that_are_not_taken_come_back_as_they_stood_with_why_and_run_nothing()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var tried = await TriedAsync(room, editor, "answers.csv", Encoding.UTF8.GetBytes(Form));

        var answer = await editor.PostAsync(tried, "Download them");

        Assert.Equal(("text/csv", HttpStatusCode.OK), (answer.Content.Headers.ContentType!.MediaType, answer.StatusCode));
        var rows = SheetRows.Read(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), out _)!;
        Assert.Equal(["Timestamp", "Email Address", "Your full name", "Last position held", "Agency or office", "Years of service", "City", "Row in the sheet", "Not taken because", "In words"], rows[0]);
        Assert.Equal(["4", "5", "6"], rows.Skip(1).Select(r => r[7]));
        Assert.Equal(("double", "'=1+1"), (rows[2][8], rows[3][3]));
        Assert.Equal("import-faults", (await room.DoneAsync())[^1].What);
    }

    [Fact]
    public async Task What_a_column_holds_is_remembered_for_the_letter_and_needs_a_name()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var sheet = "Who,Mail,What\nAda Lockwood,ada@post.example,Weirham\n"u8.ToArray();

        var refused = await editor.PressAsync(await UploadAsync(room, editor, "who.csv", sheet), "Try it", ("field-0", "None"), ("field-2", "Place"));
        Assert.Contains("Say which column holds the name.", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        Assert.Equal(["None", "Address", "Place"], Chosen(refused));
        var twice = await editor.PressAsync(refused, "Try it", ("field-0", "Name"), ("field-2", "Name"));
        Assert.Contains("“Name” can be one column only.", StaffBrowser.Words(twice.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        await WorkedAsync(room, editor, await editor.PressAsync(twice, "Try it", ("field-2", "Place")));

        Assert.Equal(["Place", "Name", "Address"], Chosen(await UploadAsync(room, editor, "again.csv", "What,Who,Mail\nWeirham,Bela Weir,bela@post.example\n"u8.ToArray())));
    }

    [Fact]
    public async Task A_sheet_that_is_read_wrongly_is_mended_by_hand_or_put_away()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await UploadAsync(room, editor, "old.csv", SheetEncoding.Of("windows-1250").GetBytes("Name;Office\nŽofie Říčná;Dams\n"));
        Assert.DoesNotContain("Říčná", StaffBrowser.Words(page.QuerySelector("main table")), StringComparison.Ordinal);

        var read = await editor.PressAsync(page, "Read the first rows anew", ("Encoding", "windows-1250"), ("Separator", ";"), ("Headings", "true"));

        Assert.Contains("Žofie Říčná", StaffBrowser.Words(read.QuerySelector("main table")), StringComparison.Ordinal);
        var away = await editor.PressAsync(read, "Put this sheet away");
        Assert.DoesNotContain("old.csv", StaffBrowser.Words(away.QuerySelector("main")), StringComparison.Ordinal);
        Assert.Equal(0, await fixture.App.QueryAsync(db => db.SheetParts.CountAsync(p => db.Imports.Any(i => i.Id == p.ImportId && i.LetterId == room.LetterId))));
    }

    [Fact]
    public async Task A_workbook_is_known_if_somebody_says_how_and_let_in_where_nobody_else_could()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        using var stream = new MemoryStream();
        stream.SaveAs(new[] { new { First = "Ada", Last = "Lockwood", Mail = "ada@post.example", Start = new DateTime(1985, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), End = 2010 } });
        var tried = await TriedAsync(room, editor, "members.xlsx", stream.ToArray());

        var refused = await editor.PressAsync(tried, "Take the 1 good row", ("Level", "known"));
        Assert.Contains("Say how you know these people", StaffBrowser.Words(refused.QuerySelector("[role=alert]")), StringComparison.Ordinal);
        await WorkedAsync(room, editor, await editor.PressAsync(refused, "Take the 1 good row", ("Level", "known"), ("How", "On the academy's roll, each called")));

        var ada = Assert.Single(await room.ReadAllAsync());
        Assert.Equal(("Ada Lockwood", SignatureState.Admitted, SignatureLevel.Known, new YearSpan(1985, 2010)), (ada.Name, ada.State, ada.Level, ada.Posts[0].Years));
        Assert.Equal("On the academy's roll, each called", (await fixture.App.QueryAsync(db => db.Evidence.AsNoTracking().SingleAsync(e => e.SignatureId == ada.Id))).What);
        Assert.Equal("known, let in by the only member of staff", (await room.DoneAsync())[^1].Detail);
    }

    [Fact]
    public async Task Who_stands_who_signs_meanwhile_and_who_wants_no_mail_is_not_taken()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var (stands, left) = (await room.SignAsync("Ada Lockwood", SignatureState.Listed, s => s.Number = 1402), await room.SignAsync("Gil Race", SignatureState.Withdrawn));
        await room.WriteAsync(db => db.BlockedAddresses.Add(new BlockedAddress { LetterId = room.LetterId, AddressTag = left.AddressTag!, At = fixture.Time.GetUtcNow() }));
        var tried = await TriedAsync(room, editor, "list.csv", Encoding.UTF8.GetBytes($"Name,Email\nAda Lockwood,{stands.Email}\nGil Race,{left.Email}\nHal Leat,hal@post.example\nIna Dyke,ina@post.example\n"));
        Assert.Equal("Good 2 Double 1 Want no mail 1 Wrong 0", StaffBrowser.Words(tried.QuerySelector("dl.figures")));
        await room.SignAsync("Hal Leat", SignatureState.Confirmed, s =>
        {
            Assert.True(EmailAddress.TryParse("hal@post.example", out var address, out _));
            (s.Email, s.AddressTag) = (address.ToString(), fixture.App.Get<InstanceKeys>().AddressTag(room.LetterId, address));
        });

        var taken = await WorkedAsync(room, editor, await editor.PressAsync(tried, "Take the 2 good rows"));

        Assert.Equal("Taken 1 Double 2 Want no mail 1 Wrong 0", StaffBrowser.Words(taken.QuerySelector("dl.figures")));
        Assert.Equal(["Ada Lockwood", "Gil Race", "Hal Leat", "Ina Dyke"], (await room.ReadAllAsync()).Select(s => s.Name));
    }

    [Fact]
    public async Task What_is_no_sheet_is_refused_in_words_and_nothing_is_kept()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var page = await editor.OpenAsync(room.Desk + "/import");

        foreach (var (file, why) in new (byte[], string)[] { ([], "There is nothing in it."), ("%PDF-1.7"u8.ToArray(), "This is no sheet."), ([(byte)'P', (byte)'K', 3, 4, 9, 9, 9], "or is damaged") })
            Assert.Contains(why, StaffBrowser.Words((await editor.UploadAsync(page, "Upload", "Sheet", "x.csv", file)).QuerySelector("[role=alert]")), StringComparison.Ordinal);

        var open = await TriedAsync(room, editor, "open.csv", Encoding.UTF8.GetBytes("Name,Office\n" + string.Concat(Enumerable.Repeat("Ada Lockwood,Dams\n", 300)) + "\"Bela,x\nCato,y\n"));
        Assert.Contains("In row 302 a quotation mark is opened and never closed", StaffBrowser.Words(open.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.Empty(await room.ReadAllAsync());
    }

    [Fact]
    public async Task A_letter_that_closes_meanwhile_stops_it_and_what_was_taken_can_be_undone()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var tried = await TriedAsync(room, editor, "list.csv", Many(3));
        await room.WriteAsync(db => db.Letters.Single(l => l.Id == room.LetterId).State = LetterState.Closing);

        var shut = await editor.PressAsync(tried, "Take the 3 good rows");

        Assert.DoesNotContain(shut.QuerySelectorAll("main button").Select(StaffBrowser.Words), b => b.StartsWith("Take", StringComparison.Ordinal));
        Assert.Empty(await room.ReadAllAsync());
    }

    [Fact]
    public async Task After_a_crash_in_the_middle_it_goes_on_where_it_was_and_takes_nobody_twice()
    {
        await using var app = await TestApp.StartAsync(i => i with { Smtp = null }, builder => StaffRoom.SignInByHeader(builder));
        var room = await StaffRoom.OpenAsync(app);
        using (var editor = await room.EnterAsync(StaffRole.Editor))
        {
            var tried = await TriedAsync(room, editor, "list.csv", Many(1_100));
            // The second piece does not come through.
            await app.QueryAsync(db => db.Database.ExecuteSqlRawAsync(TestEngine.IsPostgres
                ? "CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$; CREATE TRIGGER crash BEFORE INSERT ON signature FOR EACH ROW WHEN (NEW.form_nonce LIKE 'import/%/700') EXECUTE FUNCTION crash()"
                : "CREATE TRIGGER crash BEFORE INSERT ON signature WHEN new.form_nonce LIKE 'import/%/700' BEGIN SELECT RAISE(ABORT, 'crash'); END"));
            await editor.PressAsync(tried, "Take the 1,100 good rows");
            await SignStory.UntilAsync(async () => (await ImportAsync(room)).RowsDone == 500 && app.Log.Any(l => l.Contains("An import stopped in the middle", StringComparison.Ordinal)));
        }

        // The server died while it held the import; another waits for its lease to end.
        await LeaseAsync(DateTimeOffset.UtcNow.AddHours(1));
        await app.RestartAsync(StaffRoom.SignInByHeader);
        await app.QueryAsync(db => db.Database.ExecuteSqlRawAsync(TestEngine.IsPostgres ? "DROP TRIGGER crash ON signature" : "DROP TRIGGER crash"));
        Assert.False(await app.Services.GetServices<IHostedService>().OfType<ImportWork>().Single().WorkAsync(TestContext.Current.CancellationToken));
        Assert.Equal((500, ImportState.Taking), ((await ImportAsync(room)).RowsDone, (await ImportAsync(room)).State));
        await LeaseAsync(DateTimeOffset.UtcNow.AddHours(-1));
        await SignStory.UntilAsync(async () => (await ImportAsync(room)).State == ImportState.Taken);

        var names = (await room.ReadAllAsync()).Select(s => s.Name).ToList();
        Assert.Equal((1_100, 1_100), (names.Count, names.Distinct().Count()));
        var act = await app.QueryAsync(db => db.BulkActs.SingleAsync(a => a.LetterId == room.LetterId));
        Assert.Equal((1_100, BulkActs.Import), (act.Count, act.What));
        using var again = await room.EnterAsync(StaffRole.Editor);
        var undone = await WorkedAsync(room, again, await again.PressAsync(await again.OpenAsync($"{room.Desk}/import/{(await ImportAsync(room)).Id}"), "Undo this import"));
        Assert.Contains("1,100 lines are taken back.", StaffBrowser.Words(undone.QuerySelector("main")), StringComparison.Ordinal);
        Assert.All(await room.ReadAllAsync(), s => Assert.Equal(SignatureState.Declined, s.State));

        Task LeaseAsync(DateTimeOffset until) => app.QueryAsync(db => db.Imports.Where(i => i.LetterId == room.LetterId)
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.Worker, "another").SetProperty(i => i.LeasedUntil, until)));
    }

    [Fact]
    public async Task What_is_left_of_a_sheet_is_destroyed_after_seven_days_and_the_file_is_never_plain()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        await TriedAsync(room, editor, "answers.csv", Encoding.UTF8.GetBytes(Form));
        var part = await fixture.App.QueryAsync(db => db.SheetParts.Where(p => db.Imports.Any(i => i.Id == p.ImportId && i.LetterId == room.LetterId)).Select(p => p.Content).SingleAsync());
        Assert.DoesNotContain("post.example", Encoding.Latin1.GetString(part), StringComparison.Ordinal);
        Assert.Equal(3, await fixture.App.QueryAsync(db => db.SheetFaults.CountAsync(f => f.LetterId == room.LetterId)));

        var before = fixture.Time.GetUtcNow().AddDays(-8);
        await fixture.App.QueryAsync(db => db.Imports.Where(i => i.LetterId == room.LetterId).ExecuteUpdateAsync(s => s.SetProperty(i => i.StateAt, before)));
        fixture.Time.Advance(TimeSpan.FromMinutes(61));

        await SignStory.UntilAsync(async () =>
        {
            fixture.App.Get<WorkSignal>().Poke();
            return await fixture.App.QueryAsync(db => db.SheetFaults.CountAsync(f => f.LetterId == room.LetterId)) == 0;
        });
        Assert.Equal(ImportState.Dropped, (await ImportAsync(room)).State);
    }

    private static byte[] Many(int count) => Encoding.UTF8.GetBytes("Name,Email,Organization\n" + string.Concat(Enumerable.Range(1, count).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"Signer {string.Concat(i.ToString("D5", CultureInfo.InvariantCulture).Select(c => (char)('a' + (c - '0'))))},s{i}@post.example,Inspectorate of Dams\n"))));

    private static IEnumerable<string> Chosen(IHtmlDocument page) => page.QuerySelectorAll("select[name^=field-]").OfType<IHtmlSelectElement>().Select(s => s.Value ?? "");

    private static async Task<IHtmlDocument> UploadAsync(StaffRoom room, StaffBrowser editor, string name, byte[] file) =>
        await editor.UploadAsync(await editor.OpenAsync(room.Desk + "/import"), "Upload", "Sheet", name, file);

    private static async Task<IHtmlDocument> TriedAsync(StaffRoom room, StaffBrowser editor, string name, byte[] file) =>
        await WorkedAsync(room, editor, await editor.PressAsync(await UploadAsync(room, editor, name, file), "Try it"));

    /// <summary>The page once nothing is at work any more.</summary>
    private static async Task<IHtmlDocument> WorkedAsync(StaffRoom room, StaffBrowser editor, IHtmlDocument _)
    {
        await SignStory.UntilAsync(async () => !(await ImportAsync(room)).IsAtWork);
        return await editor.OpenAsync($"{room.Desk}/import/{(await ImportAsync(room)).Id}");
    }

    private static Task<SheetImport> ImportAsync(StaffRoom room) =>
        room.App.QueryAsync(db => db.Imports.AsNoTracking().Where(i => i.LetterId == room.LetterId).OrderByDescending(i => i.Id).FirstAsync());
}
