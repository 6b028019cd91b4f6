using Microsoft.Playwright;
using Undersigned.BrowserTests.Harness;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Undersigned.BrowserTests.Harness;

/// <summary>One browser for all stories: the system's Chromium, driven by Playwright, which downloads nothing.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Quiet =
        ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("UNDERSIGNED_TEST_CHROMIUM") ?? "/usr/bin/chromium",
            // The sandbox cannot be had as root, and only our own pages are opened.
            ChromiumSandbox = false,
            Args = Quiet,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
    }
}
