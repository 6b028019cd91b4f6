using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Undersigned.Log.Letters;
using Undersigned.Tests.Editions;
using Undersigned.Tests.Harness;
using Undersigned.Tests.Pdf;
using Undersigned.Verifier;

namespace Undersigned.Tests.Updates;

public sealed class DeliveryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string DeskOf(EditionStory story) => $"/desk/letters/{story.Letter.LetterId}/under-the-letter";

    private static (string, string)[] Typed(DateTimeOffset at, string to = "the Minister", string how = "in-person", string words = "", string by = "", string clock = "", string source = "", string paper = "", string body = "") =>
    [
        ("Form.Kind", "Delivery"), ("Form.To", to), ("Form.Date", at.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("Form.How", how), ("Form.HowWords", words),
        ("Form.By", by), ("Form.Clock", clock), ("Form.Source", source), ("Form.Document", paper), ("Form.Body", body),
    ];

    [Fact]
    public async Task A_delivery_is_an_entry_with_the_number_of_its_day_and_silence_is_counted_from_it()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        var first = await story.JsonAsync("../inspectors.json");
        var day = story.Letter.Now;
        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", Typed(day, how: "other", words: "Under the door of his office", by: "Anselm Træholt", source: "https://weirkeepers.example/receipt"));
        story.Letter.Clock.Advance(TimeSpan.FromDays(3));
        await story.Letter.AdmitAsync("Fatma Jansen");
        await story.Letter.SequenceAsync();

        var log = await story.Letter.CheckAsync(standing: 6);
        var entry = log.Entries.Single(e => e.Type == EntryType.Post);
        Assert.Equal("Delivery", entry.Kind.ToString());
        var text = JsonDocument.Parse(await story.PageAsync($"log/texts/{entry.Text!.Value.ToHex()}")).RootElement;
        Assert.Equal(("delivery", "Delivered to the Minister", "https://weirkeepers.example/receipt"), (text.GetProperty("kind").GetString(), text.GetProperty("title").GetString(), text.GetProperty("source").GetString()));
        var delivery = text.GetProperty("delivery");
        Assert.Equal(("the Minister", "Under the door of his office", "Anselm Træholt", 5), (delivery.GetProperty("to").GetString(), delivery.GetProperty("how").GetString(), delivery.GetProperty("by").GetString(), delivery.GetProperty("standing").GetInt32()));
        Assert.Equal(first.GetProperty("treeSize").GetInt64(), delivery.GetProperty("treeSize").GetInt64());
        Assert.False(delivery.TryGetProperty("sha256", out _));
        using var output = new StringWriter();
        Assert.True(await Verify.RunAsync(["list", $"{story.Letter.App.Url}{story.Path}", "--thorough"], output, output, story.Letter.Clock) == 0, output.ToString());

        var says = "Under the door of his office, by Anselm Træholt, with 5 names.";
        var silent = $"The addressee has not responded since the letter was delivered on {day.UtcDateTime.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)}.";
        foreach (var path in new[] { "../" + story.Letter.Slug, "updates", "press" })
        {
            var page = WebUtility.HtmlDecode(await story.PageAsync(path));
            Assert.Contains("Delivered to the Minister", page, StringComparison.Ordinal);
            Assert.Contains(says, page, StringComparison.Ordinal);
            Assert.Contains(silent, page, StringComparison.Ordinal);
        }
        var feed = await story.PageAsync("feed.atom");
        Assert.Contains("<category term=\"delivery\" />", feed, StringComparison.Ordinal);
        Assert.Contains("Under the door of his office, by Anselm", feed, StringComparison.Ordinal);
        var own = WebUtility.HtmlDecode(await story.PageAsync("updates/" + (log.Entries.ToList().IndexOf(entry))));
        Assert.Contains("No PDF of ours was recorded. 5 signatures stood then", own, StringComparison.Ordinal);
        Assert.Equal("publish-delivery", await story.Letter.App.QueryAsync(db => db.Acts.OrderByDescending(a => a.Id).Select(a => a.What).FirstAsync(Ct)));
    }

    [Fact]
    public async Task A_delivery_stands_in_the_timeline_too_and_is_corrected_as_any_post()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        story.Letter.Clock.Advance(TimeSpan.FromHours(2));
        var at = story.Letter.Now.AddMinutes(-30);
        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", Typed(at, how: "post"));
        await story.Letter.SequenceAsync();
        Assert.DoesNotContain("What happened when", await story.PageAsync("updates"), StringComparison.Ordinal);
        await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", ("Form.Kind", "Event"), ("Form.Title", "The order is signed"), ("Form.Date", "2026-01-12"), ("Form.Source", "Register"));
        await story.Letter.SequenceAsync();
        var timeline = (await story.PageAsync("updates")).Split("What happened when")[1];
        Assert.Contains("Delivered to the Minister</a>", timeline, StringComparison.Ordinal);
        Assert.DoesNotContain("By post", timeline, StringComparison.Ordinal);

        var page = await editor.OpenAsync(DeskOf(story));
        var correct = page.QuerySelectorAll("a").First(a => StaffBrowser.Words(a) == "Correct Delivered to the Minister").GetAttribute("href")!;
        page = await editor.OpenAsync(correct);
        Assert.Equal("post", page.QuerySelector("#delivery-how option[selected]")!.GetAttribute("value"));
        await editor.PressAsync(page, "Publish the correction", ("Form.To", "the Minister’s office"), ("Form.Clock", at.UtcDateTime.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        await story.Letter.SequenceAsync();
        var updates = WebUtility.HtmlDecode(await story.PageAsync("updates"));
        Assert.Contains("Delivered to the Minister’s office", updates, StringComparison.Ordinal);
        Assert.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"By post, at {at.UtcDateTime:HH:mm} UTC, with 5 names."), updates, StringComparison.Ordinal);
        Assert.Contains("Corrected on", updates, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lacks_something_or_cannot_have_been_is_said_and_kept()
    {
        await using var story = await EditionStory.BeginAsync();
        using var editor = await story.EnterAsync();
        async Task<string> SaidAsync((string, string)[] typed)
        {
            var page = await editor.PressAsync(await editor.OpenAsync(DeskOf(story)), "Publish", typed);
            Assert.Equal("Some words.", page.QuerySelector("#delivery-body")!.TextContent);
            return StaffBrowser.Words(page.Body);
        }
        var now = story.Letter.Now;
        Assert.Contains("To whom was it delivered?", await SaidAsync(Typed(now, to: " ", body: "Some words.")), StringComparison.Ordinal);
        Assert.Contains("How was it delivered?", await SaidAsync(Typed(now, how: "", body: "Some words.")), StringComparison.Ordinal);
        Assert.Contains("In which other way?", await SaidAsync(Typed(now, how: "other", body: "Some words.")), StringComparison.Ordinal);
        Assert.Contains("A time of day is written 14:30.", await SaidAsync(Typed(now, clock: "half past two", body: "Some words.")), StringComparison.Ordinal);
        Assert.Contains("has not come yet", await SaidAsync(Typed(now.AddDays(4), body: "Some words.")), StringComparison.Ordinal);
        Assert.Contains("There was no list here yet then", await SaidAsync(Typed(now.AddDays(-9), body: "Some words.")), StringComparison.Ordinal);
        Assert.Contains("This file is none of this letter’s editions.", await SaidAsync(Typed(now, paper: new string('a', 64), body: "Some words.")), StringComparison.Ordinal);
        Assert.Equal(0, await story.Letter.App.QueryAsync(db => db.Posts.CountAsync(Ct)));
    }

    [Fact]
    public async Task The_very_file_is_kept_and_checked_with_one_command_until_somebody_in_it_leaves_and_then_its_hash_alone()
    {
        await using var story = await PdfStory.BeginAsync();
        await story.Letter.AdmitAsync("Łucja Wierzbołowicz");
        var leaves = await story.Letter.AdmitAsync("Wilhelmina Carrowgate");
        await story.Letter.PublishAsync();
        await story.PublishEditionAsync();
        await story.MakeAsync();
        var pdf = await story.PdfAsync("letters/inspectors/editions/1.pdf");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(pdf));
        using var editor = await story.EnterAsync();
        var desk = $"/desk/letters/{story.Letter.LetterId}/under-the-letter";
        var early = await editor.PressAsync(await editor.OpenAsync(desk), "Publish", Typed(story.Letter.Now.AddDays(-2), paper: sha256));
        Assert.Contains("it cannot have been handed over before", StaffBrowser.Words(early.Body), StringComparison.Ordinal);
        await editor.PressAsync(await editor.OpenAsync(desk), "Publish", Typed(story.Letter.Now, paper: sha256));
        await story.Letter.SequenceAsync();

        var entry = await story.App.QueryAsync(db => db.Posts.Where(p => p.Kind == Undersigned.Model.PostKind.Delivery).Select(p => p.LeafIndex).SingleAsync(Ct));
        var (own, file) = ($"letters/inspectors/updates/{entry}", $"letters/inspectors/delivered/{sha256}.pdf");
        Assert.Equal(pdf, await story.PdfAsync(file));
        var page = await story.Visitor.GetStringAsync(new Uri(own, UriKind.Relative), Ct);
        Assert.Contains("with 2 names (edition 1).", page, StringComparison.Ordinal);
        var command = WebUtility.HtmlDecode(page.Split("<pre").Single(p => p.Contains("sha256sum", StringComparison.Ordinal)).Split('>', 2)[1].Split("</pre>")[0]);
        Assert.Contains("document.pdf: OK", await ShellAsync(command, pdf), StringComparison.Ordinal);
        Assert.Contains("FAILED", await ShellAsync(command, [.. pdf, 1]), StringComparison.Ordinal);
        using var other = await story.GetAsync($"letters/inspectors/delivered/{new string('b', 64)}.pdf");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);

        await story.Letter.WithdrawAsync(leaves);
        await story.Letter.SequenceAsync();
        // At once, before anything is destroyed, and when the edition's file is another.
        for (var i = 0; i < 2; i++)
        {
            using var gone = await story.GetAsync(file);
            Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
            page = WebUtility.HtmlDecode(await story.Visitor.GetStringAsync(new Uri(own, UriKind.Relative), Ct));
            Assert.Contains("has left the list since, so the file is no longer given here", page, StringComparison.Ordinal);
            Assert.Contains(sha256, page, StringComparison.Ordinal);
            Assert.DoesNotContain(file, page, StringComparison.Ordinal);
            await story.MakeAsync();
        }
        Assert.NotEqual(pdf, await story.PdfAsync("letters/inspectors/editions/1.pdf"));
        var option = (await editor.OpenAsync(desk)).QuerySelectorAll("#delivery-document option").Single(o => o.GetAttribute("value") == sha256);
        Assert.EndsWith(", given no more", StaffBrowser.Words(option), StringComparison.Ordinal);
    }

    private static async Task<string> ShellAsync(string command, byte[] document)
    {
        var folder = Directory.CreateTempSubdirectory("delivered-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "document.pdf"), document, Ct);
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        Directory.Delete(folder, recursive: true);
        return said;
    }
}
