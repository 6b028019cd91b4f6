using Microsoft.Playwright;

namespace Undersigned.BrowserTests.Harness;

/// <summary>Stands in for a person with a passkey; the weekend of bench/ compiles this file too.</summary>
internal static class VirtualPasskey
{
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
