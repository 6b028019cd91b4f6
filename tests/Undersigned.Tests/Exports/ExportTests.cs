using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Undersigned.Editions;
using Undersigned.Model;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Exports;

public sealed class ExportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_edition_and_the_list_of_now_leave_as_files_that_the_record_bears_out()
    {
        await using var story = await EditionStory.BeginAsync();
        await PublishEditionAsync(story);
        await story.GoOnAsync();
        await PublishEditionAsync(story);

        foreach (var path in new[] { "signatories.csv", "editions/1.csv", "editions/2.csv", "signatories/all.json", "editions/1/all.json", "editions/2/all.json", "signatories.csv?level=known" })
        {
            var (status, said) = await story.VerifyAsync(path);
            Assert.True(status == 0, path + "\n" + said);
        }
        // Bo and Dagny have left since; neither file of the first edition tells of them.
        var rows = Rows(await story.PageAsync("editions/1.csv"));
        Assert.Equal(["Ada Okafor", "Cyprian Górska", "Eero Ilustre"], rows.Select(r => r["name"]).Order(StringComparer.Ordinal));
        Assert.All(rows, r => Assert.Equal(("1", "6", "5", "false"), (r["edition"], r["treeSize"], r["standing"], r["complete"])));
        var whole = await story.JsonAsync("signatories/all.json");
        Assert.Equal(((await story.JsonAsync("signatories.json")).GetProperty("signatories").ToString(), true), (whole.GetProperty("signatories").ToString(), whole.GetProperty("complete").GetBoolean()));
        Assert.Equal(2, (await story.JsonAsync("editions/1/all.json")).GetProperty("notShown").GetInt32());
        // A changed name is found.
        var file = Path.Combine(story.Letter.App.Instance.DataFolder, "changed.csv");
        await File.WriteAllTextAsync(file, (await story.PageAsync("signatories.csv")).Replace("Ada N. Okafor", "Eda N. Okafor", StringComparison.Ordinal), Ct);
        using var output = new StringWriter();
        Assert.Equal(1, await Undersigned.Verifier.Verify.RunAsync(["page", file, "--log", $"{story.Letter.App.Url}{story.Path}"], output, output, story.Letter.Clock));
        Assert.Contains("the name of signatory", output.ToString(), StringComparison.Ordinal);

        foreach (var path in new[] { "editions/3.csv", "editions/3/all.json", "signatories.xlsx?at=2001-01-01" })
        {
            using var none = await story.Visitor.GetAsync(new Uri($"{story.Path}/{path}", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }
        using var bad = await story.Visitor.GetAsync(new Uri($"{story.Path}/signatories.jsonld?from-year=last", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        var list = await story.PageAsync("editions/2");
        Assert.All(["editions/2.csv", "editions/2.xlsx", "editions/2/all.json", "editions/2.jsonld"], p => Assert.Contains($"/{story.Path}/{p}\"", list, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_looks_like_a_formula_is_text_in_every_file_and_a_withheld_one_has_no_name()
    {
        await using var app = await TestApp.StartAsync();
        using var visitor = app.Client();
        var letter = await SeededLetter.PublishAsync(app, "weirs");
        await letter.SignAsync(new ShownLine("=HYPERLINK(\"x\")", "+1 555 0177", "Weir, Office", [new(1994, 2003), new(2005, null)], "Łódź"), new ShownLine("李小龍", null, null, null, null));
        await app.QueryAsync(async db =>
        {
            var at = await db.Checkpoints.OrderByDescending(c => c.Size).FirstAsync(Ct);
            at.Counts = at.Counts with { Standing = 4, Withheld = 2 };
            return await db.SaveChangesAsync(Ct);
        });
        await app.RestartAsync();
        using var client = app.Client();

        var bytes = await client.GetByteArrayAsync(new Uri("letters/weirs/signatories.csv", UriKind.Relative), Ct);
        Assert.Equal([0xef, 0xbb, 0xbf], bytes[..3]);
        var rows = Rows(Encoding.UTF8.GetString(bytes));
        Assert.Equal(["'=HYPERLINK(\"x\")", "李小龍", "Name withheld", "Name withheld"], rows.Select(r => r["name"]).OrderBy(n => n[0] == '\'' ? 0 : n[0] > 'z' ? 1 : 2));
        Assert.Equal(("'+1 555 0177", "Weir, Office", "1994–2003, 2005–", "Łódź"), rows.Where(r => r["position"].Length > 0).Select(r => (r["position"], r["organization"], r["years"], r["location"])).Single());
        Assert.Equal(("", "withheld", "true"), (rows[^1]["signatory"], rows[^1]["level"], rows[^1]["complete"]));

        var book = await client.GetByteArrayAsync(new Uri("letters/weirs/signatories.xlsx", UriKind.Relative), Ct);
        Assert.Equal(book, await client.GetByteArrayAsync(new Uri("letters/weirs/signatories.xlsx", UriKind.Relative), Ct));
        var read = Rows(await WithLibreOfficeAsync(book));
        Assert.Equal(rows.Select(r => r["name"].TrimStart('\'')), read.Select(r => r["name"]));
        Assert.Equal("+1 555 0177", read.Single(r => r["position"].Length > 0)["position"]);

        var json = JsonDocument.Parse(await client.GetStringAsync(new Uri("letters/weirs/signatories/all.json", UriKind.Relative), Ct)).RootElement;
        Assert.Equal(2, json.GetProperty("signatories").EnumerateArray().Count(s => !s.TryGetProperty("signatory", out _) && s.GetProperty("name").GetString() == "Name withheld"));

        var linked = JsonDocument.Parse(await client.GetStringAsync(new Uri("letters/weirs/signatories.jsonld", UriKind.Relative), Ct)).RootElement;
        Assert.Equal("ItemList", linked.GetProperty("@type").GetString());
        var people = linked.GetProperty("itemListElement").EnumerateArray().Select(e => e.GetProperty("item")).ToList();
        Assert.Equal(4, people.Count);
        var office = people.Single(p => p.TryGetProperty("affiliation", out _)).GetProperty("affiliation")[0];
        Assert.Equal(("+1 555 0177", "1994", "2003", "Weir, Office"), (office.GetProperty("roleName").GetString(), office.GetProperty("startDate").GetString(), office.GetProperty("endDate").GetString(), office.GetProperty("affiliation").GetProperty("name").GetString()));
        Assert.Equal(["time", "treeSize", "root"], linked.GetProperty("identifier").EnumerateArray().Select(i => i.GetProperty("propertyID").GetString()));
    }

    [Fact]
    public async Task A_long_list_leaves_whole_once_and_is_not_sent_again_while_it_is_the_same()
    {
        var asked = new AskedDatabase();
        await using var app = await TestApp.StartAsync(configure: asked.Configure);
        using var visitor = app.Client();
        var letter = await SeededLetter.PublishAsync(app, "weirs");
        // The last name of a page is that of the next too.
        await letter.SignAsync([.. Enumerable.Range(0, 2_001).Select(i => new ShownLine($"Ada Weir{(char)('a' + i / 250)}", null, null, null, null))]);
        using var first = await visitor.GetAsync(new Uri("letters/weirs/signatories.csv", UriKind.Relative), Ct);
        var rows = Rows(await first.Content.ReadAsStringAsync(Ct));
        Assert.Equal(Enumerable.Range(1, 2_001), rows.Select(r => int.Parse(r["signatory"], CultureInfo.InvariantCulture)));
        Assert.Equal(2_001, Rows(await WithMiniExcelAsync(await visitor.GetByteArrayAsync(new Uri("letters/weirs/signatories.xlsx", UriKind.Relative), Ct))).Count);

        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync(first.Headers.ETag!.ToString()));
        await letter.WithdrawAsync(7);
        Assert.Equal(HttpStatusCode.OK, await AgainAsync(first.Headers.ETag!.ToString()));

        async Task<HttpStatusCode> AgainAsync(string tag)
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri("letters/weirs/signatories.csv", UriKind.Relative));
            ask.Headers.TryAddWithoutValidation("If-None-Match", tag);
            using var answer = await visitor.SendAsync(ask, Ct);
            return answer.StatusCode;
        }
    }

    private static async Task PublishEditionAsync(EditionStory story)
    {
        await story.Letter.App.Get<EditionWriter>().PublishAsync(story.Letter.LetterId, null, null, Ct);
        await story.Letter.SequenceAsync();
    }

    // Read by another's program.
    private static List<IDictionary<string, string>> Rows(string csv)
    {
        using var reader = new CsvReader(new StringReader(csv.TrimStart('\uFEFF')), CultureInfo.InvariantCulture);
        return [.. reader.GetRecords<dynamic>().Cast<IDictionary<string, object>>().Select(r => (IDictionary<string, string>)r.ToDictionary(c => c.Key, c => (string)c.Value))];
    }

    /// <summary>The workbook as LibreOffice sees it, saved as CSV.</summary>
    private static async Task<string> WithLibreOfficeAsync(byte[] workbook)
    {
        var folder = Directory.CreateTempSubdirectory("undersigned-office-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "list.xlsx"), workbook, Ct);
        using var office = Process.Start(new ProcessStartInfo("soffice", [$"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", folder, Path.Combine(folder, "list.xlsx")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await office.WaitForExitAsync(Ct);
        var csv = await File.ReadAllTextAsync(Path.Combine(folder, "list.csv"), Ct);
        Directory.Delete(folder, recursive: true);
        return csv;
    }

    private static async Task<string> WithMiniExcelAsync(byte[] workbook)
    {
        using var stream = new MemoryStream(workbook);
        using var text = new StringWriter();
        await using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        await csv.WriteRecordsAsync(MiniExcelLibs.MiniExcel.Query(stream, useHeaderRow: true), Ct);
        return text.ToString();
    }
}
