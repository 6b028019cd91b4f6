using Microsoft.Playwright;

namespace Undersigned.Weekend;

/// <summary>What the organiser tells the desk before anybody signs: prominent names, words, and the domain whose addresses say something.</summary>
internal static class Rules
{
    public static async Task SetAsync(Desk desk)
    {
        desk.At("setting up");
        await desk.OpenAsync(desk.Root + "/admission");
        await desk.TypeAsync(desk.Page.Locator("#words"), string.Join('\n', Stock.InsultWords));
        await desk.PressAsync("Save the rules");
        await desk.TouchAsync(desk.Page.GetByText("Paste many"));
        // Pasted from the organiser's own notes.
        await desk.PasteAsync(desk.Page.Locator("#many"), string.Join('\n', Stock.Prominent.Select(p => (p.Name, p.Context)).Concat(Stock.TrulyProminent.Select(p => (p.Name, p.Context))).Select(p => $"{p.Name} | | {p.Context}")));
        await desk.PressAsync(desk.Page.Locator("form[action$='/admission/names'] button.plain"));

        await RaiseLimitsAsync(desk.Page, desk.Root);
        await desk.OpenAsync(desk.Root + "/checks");
        await desk.TypeAsync(desk.Page.Locator("#domain"), Stock.ListedDomain);
        await desk.TypeAsync(desk.Page.Locator("#controller"), Stock.Organizations[0][0]);
        await desk.PressAsync("List the domain");
    }

    /// <summary>What comes in days comes in minutes here, which would look like an attack. In life nobody does this, so it is not counted.</summary>
    private static async Task RaiseLimitsAsync(IPage page, string root)
    {
        await page.GotoAsync(root + "/limits");
        foreach (var limit in new[] { "SuspectDomain", "SuspectNetwork", "SuspectLetter", "DomainBurst", "NetworkBurst", "MailsAnHour" })
            await page.Locator("#" + limit).FillAsync("20000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the limits" }).ClickAsync();
        await page.GetByText("Saved, and in force.").WaitForAsync();
    }
}
