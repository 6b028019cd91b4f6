using Microsoft.Playwright;

namespace Undersigned.Weekend;

/// <summary>
/// Pairs that may be one person, twenty a screen. The rule: where the years agree it is one person, where they do not they are two. Where the
/// page says that somebody may be using a name, the person is written to, and the answer decides.
/// </summary>
internal static class Comparing
{
    /// <summary>A mail of two lines, and reading the answer.</summary>
    private const double Mail = 60;

    public static async Task WorkAsync(Desk desk, Func<string, bool> saysItWasThem)
    {
        desk.At("duplicates");
        await desk.OpenAsync(desk.Root + "/duplicates");
        while (await desk.HasAsync("section.pairing"))
            await ScreenAsync(desk);
        await DoubtfulAsync(desk, saysItWasThem);
    }

    private static async Task ScreenAsync(Desk desk)
    {
        foreach (var pair in await desk.Page.Locator("section.pairing").AllAsync())
        {
            await desk.ReadAsync(pair);
            desk.Decide();
            var differing = await pair.Locator("tr.differs th").AllInnerTextsAsync();
            var told = differing.Any(d => d.Contains("Years", StringComparison.OrdinalIgnoreCase)) ? "different" : "same";
            await desk.TouchAsync(pair.Locator($"label:has(input[value={told}])"));
        }
        await desk.PressAsync("Decide what is marked");
    }

    private static async Task DoubtfulAsync(Desk desk, Func<string, bool> saysItWasThem)
    {
        var items = desk.Page.Locator("section[aria-labelledby=doubtful] li");
        for (var i = 0; i < await items.CountAsync();)
        {
            var item = items.Nth(i);
            var name = (await item.Locator("b").First.InnerTextAsync()).Trim();
            await desk.ReadAsync(item);
            desk.Decide();
            desk.Away(Mail);
            var same = item.Locator("button[value^='same.']");
            if (saysItWasThem(name) && await same.CountAsync() > 0)
                await desk.PressAsync(same);
            else
                i++;
        }
    }
}
