using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Undersigned.BrowserTests.Harness;

/// <summary>What holds on every page.</summary>
public static class PageChecks
{
    /// <summary>Nothing that axe finds wrong, and nothing that sticks out sideways. Pages without script are checked by those with.</summary>
    public static async Task CheckAsync(this IPage page)
    {
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, page.Url + "\n" + string.Join('\n', found.Violations.Select(v =>
            $"{v.Id}: {v.Help}\n" + string.Join('\n', v.Nodes.Select(n => "    " + n.Html)))));
        var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(over <= 0, $"{page.Url} is {over} px wider than the screen.");
    }

    /// <summary>A picture for the eye, where UNDERSIGNED_TEST_PICTURES names a folder; otherwise nothing.</summary>
    public static async Task PictureAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("UNDERSIGNED_TEST_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{page.ViewportSize!.Width}.png"), FullPage = true });
    }

    /// <summary>A passkey without a person: says yes to whatever this page's browser asks.</summary>
    public static async Task GivePasskeyAsync(this IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
