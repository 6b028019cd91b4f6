using System.Text;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;
using Undersigned.Pdf;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Pdf;

public sealed class PdfQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_many_want_is_made_once_also_by_several_servers()
    {
        await using var app = await TestApp.StartAsync();
        var letter = await SeededLetter.PublishAsync(app, "weirs");
        var rows = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.QueryAsync(db => db.WantAsync(letter.Id, 1, null, "m", Now, Ct))));
        Assert.Single(rows.Select(r => r.Id).Distinct());
        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.QueryAsync(db => db.TakeAsync(Now, Ct))));
        Assert.Single(taken, r => r is not null);
        // Whoever took it and died keeps nobody from making it.
        Assert.Null(await app.QueryAsync(db => db.TakeAsync(Now + TimeSpan.FromMinutes(11), Ct)));
        Assert.NotNull(await app.QueryAsync(db => db.TakeAsync(Now + TimeSpan.FromMinutes(13), Ct)));
    }

    [Fact]
    public async Task What_failed_rests_and_is_asked_for_again()
    {
        await using var app = await TestApp.StartAsync();
        var letter = await SeededLetter.PublishAsync(app, "weirs");
        var row = await app.QueryAsync(db => db.WantAsync(letter.Id, 1, null, "m", Now, Ct));
        await app.QueryAsync(db => db.Pdfs.ExecuteUpdateAsync(s => s.SetProperty(p => p.State, PdfState.Failed).SetProperty(p => p.HeardAt, Now), Ct));
        Assert.Equal(row.Id, (await app.QueryAsync(db => db.WantAsync(letter.Id, 1, null, "m", Now + TimeSpan.FromMinutes(9), Ct))).Id);
        Assert.NotEqual(row.Id, (await app.QueryAsync(db => db.WantAsync(letter.Id, 1, null, "m", Now + TimeSpan.FromMinutes(11), Ct))).Id);
    }

    [Fact]
    public void A_time_is_set_and_pages_are_counted_in_the_bytes()
    {
        var pdf = Encoding.Latin1.GetBytes("%PDF-1.4\n<</CreationDate (D:20261128114703+00'00')\n/ModDate (D:20261128114703+00'00')>>\n<</Type /Page\n<</Type /Pages\n<</Type /Page>>");
        PdfBytes.SetTime(pdf, Now);
        Assert.Contains("/CreationDate (D:20260301090000+00'00')\n/ModDate (D:20260301090000+00'00')", Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        Assert.Equal(2, PdfBytes.Pages(pdf));
        Assert.Throws<PrintException>(() => PdfBytes.SetTime("%PDF-1.7"u8.ToArray(), Now));
    }

    [Theory]
    [InlineData("Courier", "Courier")]
    [InlineData("\"; } </style>", "\\000022 \\00003b  \\00007d  \\00003c \\00002f style\\00003e ")]
    [InlineData("李", "\\00674e ")]
    public void An_outlets_name_stays_text_in_the_stylesheet(string name, string text) => Assert.Equal(text, PrintPage.Css(name));
}
