using Microsoft.Playwright;

namespace Undersigned.Weekend;

/// <summary>
/// One claim a screen. The rule, by what the page says: a joke, an insult and a name made of two scripts are declined; for a prominent name
/// or a title of office a published number is called, and it is let in only if the call says so; one that looks like another is declined as a
/// duplicate where organization and years agree, and let in where they do not; everything else is let in.
/// </summary>
internal static class Reviewing
{
    /// <summary>Finding a published number and asking at it: three minutes.</summary>
    private const double Call = 180;
    /// <summary>The second of two asks who called: a message of a line.</summary>
    private const double Message = 10;

    /// <summary>Where somebody else was faster.</summary>
    private const string GoOn = "main a:text('Go on with the queue')";

    public static async Task WorkAsync(Desk desk, Func<string, bool> answersTheCall)
    {
        desk.At("review");
        await desk.OpenAsync(desk.Root + "/review");
        while (true)
            if (await desk.HasAsync("form.decide"))
                await ClaimAsync(desk, answersTheCall);
            else if (await desk.HasAsync(GoOn))
                await desk.PressAsync(desk.Page.Locator(GoOn).First);
            else
                return;
    }

    private static async Task ClaimAsync(Desk desk, Func<string, bool> answersTheCall)
    {
        if (desk.Page.Url.Contains("/corrections/", StringComparison.Ordinal))
        {
            await desk.ReadAsync(desk.Page.Locator("section[aria-labelledby=wish]"));
            desk.Decide();
            await desk.PressAsync(desk.Page.Locator("main button[data-key=a]"));
            return;
        }
        var why = await desk.ReadAsync(desk.Page.Locator(".notice.heed").First);
        var claim = await desk.ReadAsync(desk.Page.Locator("section[aria-labelledby=claim] .line"));
        desk.Decide();
        await DecideAsync(desk, await ReasonToDeclineAsync(desk, why, claim, answersTheCall));
    }

    /// <returns>Value of the reason's field; null to let it in.</returns>
    private static async Task<string?> ReasonToDeclineAsync(Desk desk, string why, string claim, Func<string, bool> answersTheCall)
    {
        var name = (await desk.Page.Locator("section[aria-labelledby=claim] .line .name").InnerTextAsync()).Trim();
        if (desk.Sense.SeesJoke(name) || HumanSense.IsInsult(claim))
            return "other";
        if (why.Contains("scripts", StringComparison.Ordinal))
            return "impersonation";
        if (why.Contains("two people decide", StringComparison.OrdinalIgnoreCase) || why.Contains("title of office", StringComparison.Ordinal))
        {
            desk.Away(why.Contains("A first person decided", StringComparison.Ordinal) ? Message : Call);
            return answersTheCall(name) ? null : "impersonation";
        }
        foreach (var similar in await desk.Page.Locator("section[id^=s-]").AllAsync())
            if (await IsSamePersonAsync(desk, similar))
                return "duplicate";
        return null;
    }

    private static async Task<bool> IsSamePersonAsync(Desk desk, ILocator similar)
    {
        await desk.ReadAsync(similar);
        var differing = await similar.Locator("tr.differs th").AllInnerTextsAsync();
        return !differing.Any(d => d.Contains("Organization", StringComparison.OrdinalIgnoreCase) || d.Contains("Years", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task DecideAsync(Desk desk, string? reason)
    {
        if (reason is not null)
            await desk.TouchAsync(desk.Page.Locator($"form.decide label:has(input[name=why][value={reason}])"));
        await desk.PressAsync(desk.Page.Locator($"main button[data-key={(reason is null ? 'a' : 'd')}]"));
    }
}
