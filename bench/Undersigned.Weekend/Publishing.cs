using Microsoft.Playwright;

namespace Undersigned.Weekend;

/// <summary>The letter goes out; later each edition does, in one click.</summary>
internal static class Publishing
{
    public static async Task LetterAsync(Desk desk)
    {
        desk.At("publishing");
        await desk.OpenAsync(desk.Root + "/publication");
        await desk.ReadAsync(desk.Page.Locator("section[aria-labelledby=now-h]"));
        desk.Decide(about: 0);
        await desk.PressAsync("Publish now");
    }

    /// <summary>New names wait from now on, or come out together.</summary>
    public static async Task HoldAsync(Desk desk, bool hold)
    {
        desk.At("publishing");
        await desk.OpenAsync(desk.Root + "/switches");
        await desk.PressAsync(hold ? "Hold publishing" : "Lift publishing");
    }

    public static async Task EditionAsync(Desk desk)
    {
        desk.At("publishing");
        await desk.OpenAsync(desk.Root + "/editions");
        await desk.ReadAsync(desk.Page.Locator("section[aria-labelledby=next]"));
        desk.Decide(about: 0);
        // One came with the letter and one comes every day by itself: where nothing has changed since, there is none to publish.
        if (await desk.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Publish edition" }).CountAsync() > 0)
            await desk.PressAsync("Publish edition");
    }
}
