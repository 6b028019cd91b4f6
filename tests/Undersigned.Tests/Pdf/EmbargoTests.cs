using System.Net;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Pdf;

public sealed class EmbargoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_presses_make_a_copy_whose_link_always_gives_the_newest()
    {
        await using var story = await PdfStory.BeginAsync();
        await story.Letter.AdmitAsync("Ada Okafor");
        var bo = await story.Letter.AdmitAsync("Bo Ekelund");
        using var editor = await story.EnterAsync();
        var made = await editor.PressAsync(await editor.OpenAsync(story.Desk), "Make the PDF", ("Outlet", "The Lindenmoor \"Courier\""));
        var link = new Uri(made.QuerySelector("pre.all")!.TextContent).AbsolutePath[1..];
        Assert.NotNull(made.QuerySelector("template.copy"));
        await story.MakeAsync();

        var page = await OpenAsync(story, link);
        Assert.Contains("The newest: 2 names as of", page, StringComparison.Ordinal);
        var text = await story.TextAsync(await story.PdfAsync(link + "/letter.pdf"));
        Assert.All(["Ada Okafor", "Bo Ekelund", "Not published", "2 people have signed", "2 signed", "Embargoed copy for The Lindenmoor \"Courier\"", "Publish the reports."], said => Assert.Contains(said, text, StringComparison.Ordinal));
        Assert.DoesNotContain("own list", text, StringComparison.Ordinal);
        // Nothing of it is public.
        foreach (var path in new[] { "letters/inspectors", "letters/inspectors.json", "letters/inspectors/signatories.csv", "letters/inspectors/editions/1.pdf", "letters/inspectors/editions/1/pdf" })
        {
            using var hidden = await story.GetAsync(path);
            using var unknown = await story.GetAsync(path.Replace("inspectors", "nothing", StringComparison.Ordinal));
            Assert.Equal((unknown.StatusCode, await unknown.Content.ReadAsStringAsync(Ct)), (hidden.StatusCode, await hidden.Content.ReadAsStringAsync(Ct)));
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }

        // A name came and one went: the old PDF is given no more.
        await story.Letter.AdmitAsync("Cyprian Górska");
        await story.Letter.AdmitAsync("Aarne Imbach", source: SignatureSource.Import, level: SignatureLevel.Imported);
        await story.App.QueryAsync(db => db.Signatures.Where(s => s.Id == bo).ExecuteUpdateAsync(s => s.SetProperty(x => x.State, SignatureState.Declined), Ct));
        using var stale = await story.GetAsync(link + "/letter.pdf");
        Assert.Equal(HttpStatusCode.Redirect, stale.StatusCode);
        Assert.Contains("looks again by itself", await OpenAsync(story, link), StringComparison.Ordinal);
        await story.MakeAsync();
        Assert.Contains("The newest: 3 names", await OpenAsync(story, link + "?again=true"), StringComparison.Ordinal);
        text = await story.TextAsync(await story.PdfAsync(link + "/letter.pdf"));
        Assert.Contains("Cyprian Górska", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bo Ekelund", text, StringComparison.Ordinal);
        var lead = string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        Assert.All(["2 people have signed", "1 more is on the maintainers’ own list.", "2 signed · 1 on the maintainers’ own list"], said => Assert.Contains(said, lead, StringComparison.Ordinal));
        Assert.True(text.IndexOf("Aarne Imbach", StringComparison.Ordinal) > text.IndexOf("On the maintainers’ own list, not confirmed here", StringComparison.Ordinal));

        // Looking again by itself is no opening.
        var desk = await editor.OpenAsync(story.Desk);
        Assert.Contains("opened 2 times", StaffBrowser.Words(desk.Body), StringComparison.Ordinal);
        await editor.PressAsync(desk, "Switch it off");
        Assert.Contains("switched off", await OpenAsync(story, link), StringComparison.Ordinal);
        using var off = await story.GetAsync(link + "/letter.pdf");
        Assert.Equal(HttpStatusCode.NotFound, off.StatusCode);
        Assert.Equal(0, await story.App.QueryAsync(db => db.PdfPieces.CountAsync(Ct)));
        await editor.PressAsync(await editor.OpenAsync(story.Desk), "Switch it on");
        Assert.Equal(["embargo-copy-made", "embargo-copy-off", "embargo-copy-on"], await story.App.QueryAsync(db => db.Acts.Where(a => a.What.StartsWith("embargo")).OrderBy(a => a.Id).Select(a => a.What).ToListAsync(Ct)));

        // Since publication it leads to what everybody reads.
        await story.Letter.PublishAsync();
        await story.PublishEditionAsync();
        using var open = await story.GetAsync(link);
        Assert.Equal("/letters/inspectors/editions/1/pdf", open.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task An_outlet_needs_a_name_and_a_link_that_was_never_given_is_none()
    {
        await using var story = await PdfStory.BeginAsync(hasChromium: false);
        using var editor = await story.EnterAsync();
        var page = await editor.OpenAsync(story.Desk);
        Assert.Contains("cannot make PDFs", StaffBrowser.Words(page.Body), StringComparison.Ordinal);
        Assert.Contains("Which outlet is it for?", StaffBrowser.Words((await editor.PressAsync(page, "Make the PDF", ("Outlet", " "))).Body), StringComparison.Ordinal);
        var made = await editor.PressAsync(page, "Make the PDF", ("Outlet", "Courier"));
        var link = new Uri(made.QuerySelector("pre.all")!.TextContent).AbsolutePath[1..];
        Assert.Contains("its operator can install Chromium", await OpenAsync(story, link), StringComparison.Ordinal);
        foreach (var wrong in new[] { link[..^1] + (link[^1] == 'a' ? 'b' : 'a'), "embargo/1", "embargo/" })
        {
            using var answer = await story.GetAsync(wrong);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task<string> OpenAsync(PdfStory story, string link)
    {
        using var answer = await story.GetAsync(link);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
    }
}
