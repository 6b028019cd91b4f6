namespace Undersigned.Weekend;

/// <summary>
/// While new names are held back, the organiser reads once, in the grid, what the others let in; then the names go out together. The rule:
/// a joke or an insult that was missed at the glance and is seen here is declined.
/// </summary>
internal static class SecondLook
{
    public static async Task WorkAsync(Desk desk)
    {
        desk.At("second look");
        await desk.OpenAsync(desk.Root + "/grid?state=Admitted");
        while (true)
        {
            await PageAsync(desk);
            if (!await desk.HasAsync("[data-pages] a:text('The next')"))
                return;
            await desk.PressAsync(desk.Page.Locator("[data-pages] a:text('The next')"));
        }
    }

    private static async Task PageAsync(Desk desk)
    {
        var names = (await desk.Page.Locator("[data-table] tbody th").AllInnerTextsAsync()).Select(n => n.Trim()).ToList();
        desk.Read(string.Join(' ', names));
        desk.Decide(names.Count);
        var odd = Enumerable.Range(0, names.Count).Where(i => desk.Sense.SeesJokeInAList(names[i]) || HumanSense.IsInsult(names[i])).ToList();
        foreach (var i in odd)
            await desk.TouchAsync(desk.Page.Locator("[data-table] tbody tr").Nth(i).Locator(".gridtick"));
        if (odd.Count == 0)
            return;
        await desk.TouchAsync(desk.Page.GetByText("Decline or remove").First);
        await desk.Page.Locator("#why").SelectOptionAsync("other");
        await desk.PressAsync(desk.Page.Locator("button[name=act][value=remove]"));
    }
}
