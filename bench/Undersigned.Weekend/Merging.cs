namespace Undersigned.Weekend;

/// <summary>Spellings of one organization become one. The rule: each group is read; those that mean the same body are ticked and merged together.</summary>
internal static class Merging
{
    public static async Task WorkAsync(Desk desk)
    {
        desk.At("spellings");
        await desk.OpenAsync(desk.Root + "/spellings");
        var groups = await desk.Page.Locator("section.spelling").AllAsync();
        foreach (var group in groups)
        {
            await desk.ReadAsync(group);
            desk.Decide();
            if (groups.Count > 1)
                await desk.TouchAsync(group.Locator("label:has(input[name$='.Merge'])"));
        }
        if (groups.Count > 0)
            await desk.PressAsync(groups.Count > 1 ? "Merge the marked groups" : "Merge these");
    }
}
