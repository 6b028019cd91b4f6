namespace Undersigned.Weekend;

/// <summary>
/// The inbox of requests, the line beside each. The rule: what a signer says of their own line is believed, and the line corrected as they
/// write; everything else would be looked into by a call, and does not come in this weekend.
/// </summary>
internal static class Answering
{
    public static async Task WorkAsync(Desk desk)
    {
        desk.At("requests");
        await desk.OpenAsync(desk.Root + "/requests");
        while (await desk.HasAsync("form[action$='/correction'] button"))
        {
            var said = await desk.ReadAsync(desk.Page.Locator("section[aria-labelledby=said]"));
            await desk.ReadAsync(desk.Page.Locator("section[aria-labelledby=line]"));
            desk.Decide();
            await desk.TypeAsync(desk.Page.Locator("form[action$='/correction'] input[name=position]").First, Between(said, "should be “", "”"));
            await desk.PressAsync(desk.Page.Locator("form[action$='/correction'] button"));
        }
    }

    private static string Between(string text, string from, string to) => text.Split(from)[1].Split(to)[0];
}
