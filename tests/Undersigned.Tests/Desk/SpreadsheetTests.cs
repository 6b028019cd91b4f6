using Undersigned.Access;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Desk;

public sealed class SpreadsheetTests(DeskApp fixture) : IClassFixture<DeskApp>
{
    [Theory]
    [InlineData("Ada Lockwood", "Ada Lockwood")]
    [InlineData("Lockwood, Ada", "\"Lockwood, Ada\"")]
    [InlineData("Ada \"Lock\" Wood", "\"Ada \"\"Lock\"\" Wood\"")]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("+1 555 0177", "'+1 555 0177")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("", "")]
    public void A_cell_is_text_whatever_it_begins_with(string text, string cell) => Assert.Equal(cell, Csv.Cell(text));

    [Fact]
    public async Task Everything_leaves_as_one_sheet_and_who_took_it_is_recorded()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(["Ada Lockwood", "=cmd|' /C calc'!A0"]);
        await room.SignAsync("Hal Leat", SignatureState.Listed, s => s.Number = 7);
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var answer = await owner.PostAsync(await owner.OpenAsync(room.Desk + "/spreadsheet"), "Download 3 signatures");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal([0xef, 0xbb, 0xbf], bytes[..3]);
        var lines = System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains(",'=cmd|' /C calc'!A0,Inspector,Inspectorate of Dams and Locks,1985–2010,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("7,on the page,2026-03-01T09:30:00Z,", lines[3], StringComparison.Ordinal);
        Assert.Equal("take-spreadsheet", Assert.Single(await room.ActsAsync()).What);
    }
}
