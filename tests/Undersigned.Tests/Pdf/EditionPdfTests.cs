using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Pdf;

public sealed class EditionPdfTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly string[] Names = ["Łucja Wierzbołowicz", "Åse Vesterhavsgård", "فاطمة البنا", "דוד לוי", "李小龍"];

    [Fact]
    public async Task An_edition_is_set_once_in_every_script_and_bears_its_time_size_and_root()
    {
        await using var story = await PdfStory.BeginAsync();
        foreach (var name in Names)
            await story.Letter.AdmitAsync(name);
        await story.Letter.PublishAsync();
        await story.PublishEditionAsync();
        await story.MakeAsync();

        var pdf = await story.PdfAsync("letters/inspectors/editions/1.pdf");
        var text = await story.TextAsync(pdf);
        foreach (var said in new[] { "Łucja Wierzbołowicz", "Åse Vesterhavsgård", "李小龍", "Let the inspectors publish what they find", "Publish the reports.", "5 people had signed as of", "(edition 1)" })
            Assert.Contains(said, text, StringComparison.Ordinal);
        // Right to left, between marks of direction; each in its own order.
        var bare = string.Concat(text.Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format));
        Assert.Contains("فاطمة البنا", bare, StringComparison.Ordinal);
        Assert.Contains("דוד לוי", bare, StringComparison.Ordinal);

        var info = await story.InfoAsync(pdf);
        Assert.Matches("Tagged: +yes", info);
        Assert.Matches("Title: +Let the inspectors publish what they find", info);
        var (edition, at) = await story.App.QueryAsync(async db => (await db.Editions.SingleAsync(Ct), await db.Checkpoints.AsNoTracking().Where(c => db.Editions.Any(e => e.Size == c.Size)).SingleAsync(Ct)));
        Assert.Contains(edition.At.UtcDateTime.ToString("MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture).Replace(" 0", " ", StringComparison.Ordinal), System.Text.RegularExpressions.Regex.Replace(info, " +", " ").Replace(" 0", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($" · {at.Size} entries · {Convert.ToHexStringLower(at.Root)[..16]}", text, StringComparison.Ordinal);
        Assert.Contains("Łucja Wierzbołowicz", await story.AskAsync(pdf, "pdfinfo", "-struct-text", "FILE"), StringComparison.Ordinal);
        var fonts = (await story.AskAsync(pdf, "pdffonts", "FILE")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.True(fonts.Length >= 3);
        Assert.All(fonts, f => Assert.Matches(" yes (yes|no ) yes +[0-9]+ +0 *$", f));

        // The hash beside the link, for the desk and for whoever asks again.
        var hash = Convert.ToHexStringLower(SHA256.HashData(pdf));
        Assert.Contains(hash, await story.Visitor.GetStringAsync(new Uri("letters/inspectors/editions/1/pdf", UriKind.Relative), Ct), StringComparison.Ordinal);
        var file = Assert.Single(await story.App.QueryAsync(db => db.EditionFilesAsync(story.Letter.LetterId, Ct)));
        Assert.Equal((1, hash, (long)pdf.Length, 1), (file.Edition, file.Sha256, file.Length, file.Pages));
        using var files = await story.GetAsync("api/v1/letters/inspectors/files");
        Assert.Contains($"\"format\":\"pdf\",\"type\":\"application/pdf\",\"address\":\"{story.App.Instance.UrlOf("/letters/inspectors/editions/1.pdf")}\",\"sha256\":\"{hash}\"", await files.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri("letters/inspectors/editions/1.pdf", UriKind.Relative)) { Headers = { { "If-None-Match", $"\"{hash}\"" } } };
        using var again = await story.Visitor.SendAsync(ask, Ct);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Contains("editions/1/pdf", await story.Visitor.GetStringAsync(new Uri("letters/inspectors/signatories", UriKind.Relative), Ct), StringComparison.Ordinal);

        // A file that is gone is named no more, though the list is as it was; what did not change is not sent again.
        using var same = new HttpRequestMessage(HttpMethod.Get, new Uri("api/v1/letters/inspectors/files", UriKind.Relative)) { Headers = { { "If-None-Match", files.Headers.ETag!.Tag } } };
        using var unchanged = await story.Visitor.SendAsync(same, Ct);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        // Set once more, it is the same bytes.
        await story.App.QueryAsync(async db => await db.PdfPieces.ExecuteDeleteAsync(Ct) + await db.Pdfs.ExecuteDeleteAsync(Ct));
        Assert.DoesNotContain("application/pdf", await story.Visitor.GetStringAsync(new Uri("api/v1/letters/inspectors/files", UriKind.Relative), Ct), StringComparison.Ordinal);
        using var first = await story.GetAsync("letters/inspectors/editions/1/pdf");
        Assert.Contains("looks again by itself", await first.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.StartsWith("4; url=", first.Headers.GetValues("Refresh").Single(), StringComparison.Ordinal);
        await story.MakeAsync();
        Assert.Equal(pdf, await story.PdfAsync("letters/inspectors/editions/1.pdf"));
    }

    [Fact]
    public async Task Imported_names_stand_apart_from_those_who_signed_in_number_and_list_and_all_addressees_are_named()
    {
        // In parts, so that the heading comes in one and its names go on in the next.
        await using var story = await PdfStory.BeginAsync(partSize: 2);
        await story.Letter.LetterAsync((_, letter) => letter.Addressees = "The Assembly; the Minister of Waterways");
        await story.Letter.AdmitAsync("Ada Okafor");
        await story.Letter.AdmitAsync("Bo Ekelund", source: SignatureSource.Import, level: SignatureLevel.Imported);
        await story.Letter.AdmitAsync("Cyprian Górska");
        await story.Letter.AdmitAsync("Zora Imbach", source: SignatureSource.Import, level: SignatureLevel.Imported);
        await story.Letter.AdmitAsync("Dagny Halvorsrud");
        await story.Letter.PublishAsync();
        await story.PublishEditionAsync();
        await story.MakeAsync();
        var text = await story.TextAsync(await story.PdfAsync("letters/inspectors/editions/1.pdf"));
        Assert.Contains("3 people had signed as of", OneLine(text), StringComparison.Ordinal);
        Assert.Contains("2 more are on the maintainers’ own list.", OneLine(text), StringComparison.Ordinal);
        Assert.Contains("To: The Assembly; the Minister of Waterways", text, StringComparison.Ordinal);
        var heading = text.IndexOf("On the maintainers’ own list, not confirmed here", StringComparison.Ordinal);
        Assert.Equal(heading, text.LastIndexOf("On the maintainers’ own list, not confirmed here", StringComparison.Ordinal));
        Assert.All(["Ada Okafor", "Cyprian Górska", "Dagny Halvorsrud"], name => Assert.InRange(text.IndexOf(name, StringComparison.Ordinal), 0, heading));
        Assert.All(["Bo Ekelund", "Zora Imbach"], name => Assert.True(text.IndexOf(name, StringComparison.Ordinal) > heading));
        var page = StaffBrowser.Words((await StaffBrowser.ReadAsync(await story.GetAsync("letters/inspectors/editions/1/pdf"))).QuerySelector("main"));
        Assert.Contains("Edition 1: 3 people had signed as of", page, StringComparison.Ordinal);
        Assert.Contains("UTC. 2 more are on the maintainers’ own list.", page, StringComparison.Ordinal);
    }

    // A sentence of the page's head may run over two lines.
    private static string OneLine(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task Who_leaves_is_in_no_PDF_any_more_and_the_old_one_is_known_by_its_hash()
    {
        await using var story = await PdfStory.BeginAsync();
        foreach (var name in Names)
            await story.Letter.AdmitAsync(name);
        var gone = await story.Letter.AdmitAsync("Wilhelmina Carrowgate");
        await story.Letter.PublishAsync();
        await story.PublishEditionAsync();
        await story.MakeAsync();
        var before = await story.PdfAsync("letters/inspectors/editions/1.pdf");
        Assert.Contains("Wilhelmina Carrowgate", await story.TextAsync(before), StringComparison.Ordinal);

        await story.Letter.WithdrawAsync(gone);
        await story.Letter.SequenceAsync();
        using var answer = await story.GetAsync("letters/inspectors/editions/1.pdf");
        Assert.Equal((HttpStatusCode.Redirect, "/letters/inspectors/editions/1/pdf"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        await story.MakeAsync();
        var after = await story.PdfAsync("letters/inspectors/editions/1.pdf");
        var text = await story.TextAsync(after);
        Assert.DoesNotContain("Carrowgate", text, StringComparison.Ordinal);
        Assert.Contains("One who stood in this edition has left", text, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(before)), await story.Visitor.GetStringAsync(new Uri("letters/inspectors/editions/1/pdf", UriKind.Relative), Ct), StringComparison.Ordinal);
        // Its bytes are destroyed, not only out of sight.
        Assert.Equal(1, await story.App.QueryAsync(db => db.PdfPieces.Select(p => p.LetterPdfId).Distinct().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_long_list_is_set_in_parts_whose_pages_are_numbered_through()
    {
        await using var story = await PdfStory.BeginAsync(partSize: 2);
        foreach (var name in Names)
            await story.Letter.AdmitAsync(name);
        await story.Letter.PublishAsync();
        await story.PublishEditionAsync();
        await story.MakeAsync();
        var pdf = await story.PdfAsync("letters/inspectors/editions/1.pdf");
        var text = await story.TextAsync(pdf);
        Assert.All([1, 2, 3], page => Assert.Contains($"Page {page}", text, StringComparison.Ordinal));
        foreach (var name in new[] { "Łucja Wierzbołowicz", "Åse Vesterhavsgård", "李小龍" })
            Assert.Contains(name, text, StringComparison.Ordinal);
        Assert.Matches("Pages: +3", await story.InfoAsync(pdf));
        Assert.Equal(3, text.Split(" entries · ").Length - 1);
    }

    [Fact]
    public async Task Without_Chromium_a_sentence_says_what_the_operator_can_do_and_the_rest_goes_on()
    {
        await using var story = await PdfStory.BeginAsync(hasChromium: false);
        await story.Letter.AdmitAsync("Ada Okafor");
        await story.Letter.PublishAsync();
        await story.PublishEditionAsync();
        await story.MakeAsync();
        using var page = await story.GetAsync("letters/inspectors/editions/1/pdf");
        Assert.Contains("its operator can install Chromium", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.False(page.Headers.Contains("Refresh"));
        using var ready = await story.GetAsync("readyz");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("no Chromium", await ready.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var none = await story.GetAsync("letters/inspectors/editions/2/pdf");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }
}
