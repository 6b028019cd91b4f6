using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Playwright;
using Undersigned.Model;
using Undersigned.Tests.Harness;

namespace Undersigned.BrowserTests.Harness;

/// <summary>
/// The application at http://localhost:PORT (passkeys want a name, not a number) and people at phones and desks before it:
/// <c>var page = await site.PhoneAsync(script: false);</c>
/// </summary>
public sealed class Site : IAsyncDisposable
{
    private readonly Chromium chromium;
    private readonly List<IBrowserContext> visits = [];
    private readonly Troubles troubles;

    private Site(Chromium chromium, TestApp app)
    {
        (this.chromium, App) = (chromium, app);
        troubles = new Troubles(Url);
    }

    public TestApp App { get; }

    public string Url => App.Instance.PublicUrl.AbsoluteUri.TrimEnd('/');

    public static async Task<Site> OpenAsync(Chromium chromium, Func<Instance, Instance>? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var url = new Uri($"http://localhost:{FreePort()}");
        var app = await TestApp.StartAsync(
            i => (settings?.Invoke(i) ?? i) with
            {
                PublicUrl = url,
                Issuers = [new AccountIssuer { Key = "orcid", Name = "ORCID", Issuer = new Uri("https://orcid.example"), ClientId = "letters" }],
            },
            b =>
            {
                b.WebHost.UseUrls(url.AbsoluteUri);
                configure?.Invoke(b);
            });
        return new Site(chromium, app);
    }

    /// <summary>A phone, 390 px wide; each call is another person.</summary>
    public Task<IPage> PhoneAsync(bool script = true, ColorScheme scheme = ColorScheme.Light) => VisitAsync(390, 844, script, scheme);

    /// <summary>A phone without JavaScript, or a desk with it: what a story is told at.</summary>
    public Task<IPage> VisitAsync(bool phone) => phone ? PhoneAsync(script: false) : DeskAsync();

    /// <summary>A desk, 1280 px wide.</summary>
    public Task<IPage> DeskAsync(bool script = true, ColorScheme scheme = ColorScheme.Light) => VisitAsync(1280, 900, script, scheme);

    private async Task<IPage> VisitAsync(int width, int height, bool script, ColorScheme scheme)
    {
        var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = Url,
            ViewportSize = new() { Width = width, Height = height },
            JavaScriptEnabled = script,
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        visits.Add(context);
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        troubles.Watch(page);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visit in visits)
            await visit.DisposeAsync();
        await App.DisposeAsync();
        troubles.AssertNone();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
