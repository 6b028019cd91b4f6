using Undersigned.Desk;
using Undersigned.Model;
using Undersigned.Shared;
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
        await room.WriteAsync(db => db.Inquiries.Add(new Inquiry { LetterId = room.LetterId, Kind = InquiryKind.Reply, State = InquiryState.Waiting, SubmittedAt = fixture.Time.GetUtcNow(), Email = "author@paper.example", Text = "May I quote it" }));
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var answer = await owner.PostAsync(await owner.OpenAsync(room.Desk + "/spreadsheet"), "As plain text");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal([0xef, 0xbb, 0xbf], bytes[..3]);
        var lines = System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.Contains("\"2026-03-01 Reply (Waiting), author@paper.example, May I quote it\"", lines[4], StringComparison.Ordinal);
        Assert.Contains(",'=cmd|' /C calc'!A0,Inspector,Inspectorate of Dams and Locks,1985–2010,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("7,on the page,2026-03-01T09:30:00Z,", lines[3], StringComparison.Ordinal);
        Assert.Equal("take-spreadsheet", Assert.Single(await room.ActsAsync()).What);
    }

    [Fact]
    public async Task The_workbook_holds_every_field_as_text()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        var ada = await room.SignAsync("=HYPERLINK(\"x\")", SignatureState.Listed, s =>
            (s.Number, s.Telephone, s.Place, s.Note, s.PressMayCall, s.KeepInformed) = (7, "+1 555 0177", "Columbus, Ohio", "met in 1998 & \u0001 later", true, true));
        await room.WriteAsync(db =>
        {
            db.Evidence.Add(new Evidence { LetterId = room.LetterId, SignatureId = ada.Id, Kind = EvidenceKind.Known, At = fixture.Time.GetUtcNow(), What = "Reached by a published number" });
            db.Inquiries.Add(new Inquiry { LetterId = room.LetterId, SignatureId = ada.Id, Kind = InquiryKind.Wrong, State = InquiryState.Waiting, SubmittedAt = fixture.Time.GetUtcNow(), Email = "neighbour@post.example", Text = "Two years too many" });
        });
        using var owner = await room.EnterAsync(StaffRole.Owner);

        var answer = await owner.PostAsync(await owner.OpenAsync(room.Desk + "/spreadsheet"), "Download 1 signature as a workbook");

        await using var file = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var whole = new MemoryStream();
        await file.CopyToAsync(whole, TestContext.Current.CancellationToken);
        whole.Position = 0;
        // Read by another's program.
        var row = (IDictionary<string, object>)MiniExcelLibs.MiniExcel.Query(whole, useHeaderRow: true).Single();
        Assert.Equal(SignatureSheet.Columns, row.Keys);
        Assert.Equal("=HYPERLINK(\"x\")", row["name"]);
        Assert.Equal("+1 555 0177", row["telephone"]);
        Assert.Equal("Columbus, Ohio", row["place"]);
        Assert.Equal("met in 1998 &  later", row["note"]);
        Assert.Equal(ada.Email, row["address"]);
        Assert.Equal("yes", row["press may call"]);
        Assert.Contains("Reached by a published number", (string)row["evidence"], StringComparison.Ordinal);
        Assert.Contains("Two years too many", (string)row["reports"], StringComparison.Ordinal);
        Assert.Equal("xlsx", Assert.Single(await room.ActsAsync()).Detail);
    }

    [Fact]
    public async Task A_long_list_leaves_whole_in_both_forms()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Enumerable.Range(1, 1_201).Select(i => $"Signer {i}"));
        using var owner = await room.EnterAsync(StaffRole.Owner);
        var page = await owner.OpenAsync(room.Desk + "/spreadsheet");
        var text = await (await owner.PostAsync(page, "As plain text")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1_202, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        using var whole = new MemoryStream(await (await owner.PostAsync(page, "Download")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1_201, MiniExcelLibs.MiniExcel.Query(whole, useHeaderRow: true).Count());
    }

    [Fact]
    public async Task A_long_sheet_is_read_some_rows_at_a_time_and_leaves_while_it_is_read()
    {
        var room = await StaffRoom.OpenAsync(fixture.App);
        await room.SignAsync(Enumerable.Range(0, 1_700).Select(i => $"Ada Weir{(char)('a' + i % 26)}{(char)('a' + i / 26 % 26)}{(char)('a' + i / 676)}"));
        await fixture.App.QueryAsync(async db =>
        {
            var (sheet, sent, longest, behind) = (new SignatureSheet(db), new CountingStream(), 0L, 0L);
            async IAsyncEnumerable<IReadOnlyList<string>> Rows()
            {
                await foreach (var row in sheet.RowsAsync(room.LetterId, TestContext.Current.CancellationToken))
                {
                    behind += row.Sum(c => c.Length);
                    yield return row;
                    // What was read and has not left is never more than the packer and the writer hold.
                    if (sent.Grew())
                        behind = 0;
                    longest = Math.Max(longest, behind);
                }
            }
            await Workbook.WriteAsync(sent, Rows(), DateTimeOffset.UnixEpoch.AddYears(56), TestContext.Current.CancellationToken);
            Assert.InRange(longest, 1, 200_000);
            Assert.True(sent.Length > longest / 20, $"{sent.Length} bytes were sent.");
            // Nothing that was read is held on to.
            Assert.Empty(db.ChangeTracker.Entries());
            return 0;
        });
    }

    /// <summary>Takes bytes, keeps none, and cannot seek: as a browser far away.</summary>
    private sealed class CountingStream : Stream
    {
        private long length, seen;

        public bool Grew() => seen != (seen = length);

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => length;
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => length += count;
    }
}
