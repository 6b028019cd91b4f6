using System.Text.Json;

namespace Undersigned.Weekend;

/// <summary>
/// Forty names a screen. The rule: what the page ticked stays ticked; of the others, what is seen to be a joke or an insult is ticked too;
/// the rest goes in.
/// </summary>
internal static class Glancing
{
    private const string Lines = """
        () => [...document.querySelectorAll("form[data-glance] .glance li")].map(li => ({
          name: li.querySelector("b").innerText, text: li.querySelector("label").innerText, ticked: li.querySelector("input[type=checkbox]").checked }))
        """;

    public static async Task WorkAsync(Desk desk)
    {
        desk.At("glance");
        await desk.OpenAsync(desk.Root + "/glance");
        while (true)
            if (await desk.HasAsync("form[data-glance]"))
                await ScreenAsync(desk);
            else if (await desk.HasAsync("form[action$='/glance/loan'] button"))
                await desk.PressAsync(desk.Page.Locator("form[action$='/glance/loan'] button"));
            else
                return;
    }

    private static async Task ScreenAsync(Desk desk)
    {
        var lines = (await desk.Page.EvaluateAsync<JsonElement>(Lines)).EnumerateArray().ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var (name, text) = (lines[i].GetProperty("name").GetString()!, lines[i].GetProperty("text").GetString()!);
            desk.Read(text);
            if (!lines[i].GetProperty("ticked").GetBoolean() && (desk.Sense.SeesJokeAtAGlance(name) || HumanSense.IsInsult(text)))
            {
                desk.Decide(about: 0);
                await desk.TouchAsync(desk.Page.Locator("form[data-glance] .glance li").Nth(i).Locator("label"));
            }
        }
        desk.Decide(lines.Count);
        await desk.PressAsync(desk.Page.Locator("form[data-glance] .decide button").First);
    }
}
