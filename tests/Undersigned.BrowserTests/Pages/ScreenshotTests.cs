using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.BrowserTests.Pages;

/// <summary>The picture in the README: a fixed letter on a phone, beside its list at a desk. UNDERSIGNED_SCREENSHOTS=1 writes it.</summary>
public sealed class ScreenshotTests(Chromium chromium)
{
    private const int MostBytes = 300_000;

    [Fact]
    public async Task The_letter_on_a_phone_beside_a_desk_makes_a_picture_of_modest_size()
    {
        await using var site = await Site.OpenAsync(chromium);
        var letter = await SeededLetter.PublishAsync(site.App, "waterways");
        await letter.SignAsync(Lines());
        var phone = await ShotAsync(await site.PhoneAsync(), "/letters/waterways", 844);
        var desk = await ShotAsync(await site.DeskAsync(), "/letters/waterways/signatories", 1000);

        var picture = await TogetherAsync(phone, desk);

        Assert.InRange(picture.Length, 20_000, MostBytes);
        if (Environment.GetEnvironmentVariable("UNDERSIGNED_SCREENSHOTS") == "1")
            await File.WriteAllBytesAsync(Path.Combine(Docs(), "letter.png"), picture, TestContext.Current.CancellationToken);
    }

    private static async Task<string> ShotAsync(IPage page, string address, int height)
    {
        await page.SetViewportSizeAsync(page.ViewportSize!.Width, height);
        await page.GotoAsync(address);
        return Convert.ToBase64String(await page.ScreenshotAsync());
    }

    private async Task<byte[]> TogetherAsync(string phone, string desk)
    {
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1470, Height = 850 } });
        var page = await context.NewPageAsync();
        await page.SetContentAsync($$"""
            <style>body { margin: 0; padding: 30px; display: flex; gap: 30px; align-items: start; background: #e6e8e4 } img { border: 1px solid #555a60; height: 788px }</style>
            <img src="data:image/png;base64,{{phone}}"><img src="data:image/png;base64,{{desk}}">
            """);
        await page.WaitForFunctionAsync("[...document.images].every(i => i.complete)");
        return await page.ScreenshotAsync();
    }

    private static ShownLine[] Lines() =>
    [
        Line("Ottoline Marchetti-Dahl", "Director", "Inspectorate of Dams and Locks", 1998, 2011),
        Line("Teodor Ravensworth", "Senior inspector", "Inspectorate of Dams and Locks", 1994, 2017),
        Line("Наталья Воробьёва", "Engineer", "Ministry of Waterways", 1987, 2003),
        Line("سلمى الخطيب", "Counsel", "Ministry of Waterways", 2004, 2019),
        Line("Brónagh Pilkington", "Inspector", "Inspectorate of Dams and Locks", 2009, null),
        Line("Yevgenia Quintanilha", "Hydrologist", "River Office", 2001, 2015),
        Line("Casimir Østergaard", "Lock master", "River Office", 1979, 2006),
        Line("Zoë Müllerová", "Legal trainee", "Ministry of Waterways", 2012, 2014),
        Line("Marguerite Óladóttir-Vance", "Senior inspector", "Inspectorate of Dams and Locks", 1994, 2017),
    ];

    private static ShownLine Line(string name, string position, string organization, int from, int? to) =>
        ShownLine.Of(name, [new Post(position, organization, new YearSpan(from, to))], null);

    private static string Docs([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs"));
}
