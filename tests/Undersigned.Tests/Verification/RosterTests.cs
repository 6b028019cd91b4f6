using System.IO.Compression;
using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Signing;
using Undersigned.Verification;

namespace Undersigned.Tests.Verification;

public sealed class RosterTests(VerificationApp fixture) : IClassFixture<VerificationApp>
{
    private const string Sheet = "No;Family name;Given name;E-mail\n1;Lockwood;Ada;Ada@post.example\n2;Weir;Bela;bela@post.example\n3;Race;Gil;gil at post\n4;Leat;Hal;BELA+x@post.example\n5;Dyke;Ina;\n";

    [Fact]
    public async Task Reading_changes_nothing_guesses_the_columns_and_names_each_bad_row()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        var read = await editor.UploadAsync(await editor.OpenAsync(room.Desk + "/roster"), "See how it is read", "Sheet", "members.csv", Encoding.UTF8.GetBytes(Sheet));

        Assert.Equal("2 good rows, 3 to mend", StaffBrowser.Words(read.QuerySelector("#read")));
        Assert.Equal(["3", "2", "1"], read.QuerySelectorAll("select").OfType<IHtmlSelectElement>().Select(s => s.Value));
        Assert.Equal("2 Ada@post.example Ada Lockwood", StaffBrowser.Words(read.QuerySelector("section[aria-labelledby=good] tbody tr")));
        Assert.Equal(
            ["4 3, Race, Gil, gil at post This address lacks an @.", "5 4, Leat, Hal, BELA+x@post.example The same address as in row 3.", "6 5, Dyke, Ina No address in this row."],
            read.QuerySelectorAll("section[aria-labelledby=bad] tbody tr").Select(StaffBrowser.Words));
        Assert.Equal(0, await fixture.App.QueryAsync(db => db.Roster.CountAsync(r => r.LetterId == room.LetterId)));
        var other = await editor.PressAsync(read, "Read it so", ("AddressColumn", "1"));
        Assert.Equal("0 good rows, 5 to mend", StaffBrowser.Words(other.QuerySelector("#read")));
    }

    [Fact]
    public async Task It_is_taken_as_hashes_counts_for_those_confirmed_before_and_after_and_ends_when_it_is_emptied()
    {
        var story = await fixture.LetterAsync();
        var before = await story.ListedAsync("ada@post.example", "Ada Lockwood");
        var room = StaffRoom.Of(fixture.App, story.LetterId);
        using var editor = await room.EnterAsync(StaffRole.Editor);

        var read = await editor.UploadAsync(await editor.OpenAsync(room.Desk + "/roster"), "See how it is read", "Sheet", "members.xlsx", Xlsx());
        Assert.Equal("2 good rows", StaffBrowser.Words(read.QuerySelector("#read")));
        var taken = await editor.PressAsync(read, "Take the 2 good rows");
        Assert.Contains("2 addresses are on the roster now. 1 signature that was confirmed already matches", StaffBrowser.Words(taken.QuerySelector("[role=status]")), StringComparison.Ordinal);
        Assert.DoesNotContain("post.example", StaffBrowser.Words(taken.QuerySelector("main")), StringComparison.Ordinal);

        var after = await story.ListedAsync("bela@post.example", "Bela Weir");
        var stranger = await story.ListedAsync("stranger@post.example", "Gil Race");
        await SignStory.UntilAsync(async () => await fixture.LevelShownAsync(story, before) == "Roster");
        Assert.Equal((SignatureLevel.Roster, SignatureLevel.Email), (after.Level, stranger.Level));
        Assert.Equal([editor.AccountId, null], [(await fixture.EvidenceAsync(before)).Single().AccountId, (await fixture.EvidenceAsync(after)).Single().AccountId]);
        await fixture.App.QueryAsync(async db =>
        {
            var rows = await db.Roster.Where(r => r.LetterId == story.LetterId).ToListAsync();
            Assert.All(rows, r => Assert.Equal((32, 32), (r.AddressTag.Length, r.NameTag!.Length)));
            return rows.Count;
        });

        var emptied = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/roster"), "Empty the roster");
        Assert.Contains("2 lines no longer say", StaffBrowser.Words(emptied.QuerySelector("[role=status]")), StringComparison.Ordinal);
        await SignStory.UntilAsync(async () => await fixture.LevelShownAsync(story, before) == "Email");
        Assert.Equal(SignatureLevel.Email, (await story.ReadAsync(after.Id)).Level);
    }

    [Fact]
    public async Task A_signer_is_never_told()
    {
        var (on, off) = (await fixture.LetterAsync(), await fixture.LetterAsync());
        await TakeAsync(on, "m.vance@post.example");
        using var browser = on.Browser();
        var pages = new List<string>();
        foreach (var story in new[] { on, off })
        {
            var confirm = await story.SignAsync(browser, "m.vance@post.example");
            pages.Add(Bare(browser.Text, story));
            var signed = await story.LatestAsync();
            await browser.PressAsync(confirm, "Confirm my signature", ("code", story.Code(signed)));
            await story.UntilAsync(signed.Id, SignatureState.Listed);
            foreach (var page in new[] { "", "/withdrawal", "/line" })
            {
                await browser.OpenAsync(story.Path(TokenPurpose.Own, signed) + page);
                Assert.DoesNotContain("oster", browser.Text, StringComparison.Ordinal);
            }
        }
        Assert.Equal(pages[0], pages[1]);
        Assert.Equal([SignatureLevel.Roster, SignatureLevel.Email], [(await on.LatestAsync()).Level, (await off.LatestAsync()).Level]);
    }

    [Fact]
    public async Task A_name_with_another_address_is_a_hint_for_the_reviewer_alone()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        using var editor = await room.EnterAsync(StaffRole.Editor);
        var read = await editor.PressAsync(await editor.OpenAsync(room.Desk + "/roster"), "See how it is read", ("Text", "Lockwood, Ada\tada@old.example"));
        await editor.PressAsync(read, "Take the 1 good row");
        var (hinted, other) = (await room.SignAsync("Ada Lockwood", SignatureState.InReview), await room.SignAsync("Bela Weir", SignatureState.InReview));
        using var reviewer = await room.EnterAsync(StaffRole.Reviewer);

        const string hint = "The name is on it, with another address.";
        Assert.Contains(hint, StaffBrowser.Words((await reviewer.OpenAsync($"{room.Desk}/review/{hinted.Id}")).QuerySelector("main")), StringComparison.Ordinal);
        Assert.DoesNotContain(hint, StaffBrowser.Words((await reviewer.OpenAsync($"{room.Desk}/review/{other.Id}")).QuerySelector("main")), StringComparison.Ordinal);
        Assert.Equal(SignatureLevel.Email, (await room.ReadAsync(hinted)).Level);
        Assert.Equal(HttpStatusCode.NotFound, (await reviewer.GetAsync(room.Desk + "/roster")).StatusCode);
    }

    [Fact]
    public void What_is_no_sheet_or_unpacks_to_too_much_is_refused_in_words()
    {
        string Because(byte[] file)
        {
            Assert.Null(SheetRows.Read(file, out var problem));
            return problem;
        }

        Assert.Contains("nothing in it", Because([]), StringComparison.Ordinal);
        Assert.Contains("nothing in it", Because("\n , \n"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("old format", Because([0xD0, 0xCF, 0x11, 0xE0, 1, 2]), StringComparison.Ordinal);
        Assert.Contains("is damaged", Because([(byte)'P', (byte)'K', 3, 4, 9, 9, 9]), StringComparison.Ordinal);
        Assert.Contains("larger than 8 MB", Because(new byte[SheetRows.LargestFile + 1]), StringComparison.Ordinal);
        Assert.Contains("unpacks to more", Because(Bomb()), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Because(Zip("readme.txt", 10)), StringComparison.Ordinal);
        Assert.Contains("more than 50,000 rows", Because(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a@post.example\n", 50_001)))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada@post.example")]
    [InlineData("Name,Address\n\"Lockwood, Ada\",ada@post.example")]
    [InlineData("name\taddress\nAda Lockwood\tada@post.example")]
    [InlineData("\uFEFFaddress;note\nada@post.example;a \"quoted\" word")]
    public void Sheets_as_people_have_them_are_read(string text)
    {
        var rows = SheetRows.Read(Encoding.UTF8.GetBytes(text), out _);
        Assert.Equal("ada@post.example", Assert.Single(RosterReading.Read(rows!, null).Good).Address!.ToString());
    }

    private static byte[] Xlsx()
    {
        using var stream = new MemoryStream();
        stream.SaveAs(new[] { new { Name = "Ada Lockwood", Address = "ada@post.example" }, new { Name = "Bela Weir", Address = "bela@post.example" } });
        return stream.ToArray();
    }

    private static byte[] Bomb() => Zip("xl/worksheets/sheet1.xml", SheetRows.LargestUnpacked + 1);

    private static byte[] Zip(string name, int length)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var part = zip.CreateEntry(name).Open())
            for (var left = length; left > 0; left -= 65_536)
                part.Write(new byte[Math.Min(left, 65_536)]);
        return stream.ToArray();
    }

    // What differs by letter, signature and moment.
    private static string Bare(string page, SignStory story) =>
        System.Text.RegularExpressions.Regex.Replace(page.Replace(story.Slug, "letter", StringComparison.Ordinal), "/(confirmation|not-me)/[a-z0-9-]+|value=\"[^\"]*\"|datetime=\"[^\"]*\"|\\d\\d:\\d\\d", "");

    private async Task TakeAsync(SignStory story, string address)
    {
        using var editor = await StaffRoom.Of(fixture.App, story.LetterId).EnterAsync(StaffRole.Editor);
        var read = await editor.PressAsync(await editor.OpenAsync($"/desk/letters/{story.LetterId}/roster"), "See how it is read", ("Text", address));
        await editor.PressAsync(read, "Take the 1 good row");
    }
}
