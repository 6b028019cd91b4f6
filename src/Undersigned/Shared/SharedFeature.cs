using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.WebEncoders;
using Undersigned.Model;

namespace Undersigned.Shared;

/// <summary>Layout, partials, stylesheet, response headers, error pages.</summary>
public static class SharedFeature
{
    public static void AddShared(this WebApplicationBuilder builder)
    {
        builder.AddPublicApi();
        builder.Services.AddLocalization();
        builder.Services.AddSingleton<HostFonts>();
        builder.Services.AddSingleton<Lettering>();
        // Names of all scripts as they are, not as numbers six times as long; pages say that they are UTF-8.
        builder.Services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        // At Information the framework writes every address it answers, and addresses hold tokens.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<Instance>(Trust);
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = SafeAnswers.LargestForm;
        });
    }

    /// <summary>Comes first: what it adds stands around every other feature.</summary>
    public static void MapShared(this WebApplication app)
    {
        var instance = app.Services.GetRequiredService<Instance>();
        var cache = new PageCache(app.Services.GetRequiredService<PageVersions>(), app.Services.GetRequiredService<TimeProvider>());
        app.Use(cache.ServeAsync);
        app.UseForwardedHeaders();
        if (instance.PublicUrl.AbsolutePath.TrimEnd('/') is { Length: > 0 } basePath)
            app.UsePathBase(basePath);
        app.Use(new RequestTongue.Chosen(app.Services.GetRequiredService<LetterTongues>()).SpeakAsync);
        app.Use(SafeAnswers.HeadAsGet);
        app.UseExceptionHandler("/error/500");
        app.UseWhen(WantsPages, pages => pages.UseStatusCodePagesWithReExecute("/error/{0}"));
        app.Use(SafeAnswers.Headers);
        app.UseRouting();
        app.Use(RequestTongue.OneAddressAsync);
        app.Use(SafeAnswers.BodyLimit);
        app.Use(cache.KeepAsync);
        Assets.Map(app);
        app.MapPublicApi();
        app.MapGet("/robots.txt", () => Results.Text(Robots(instance), "text/plain"));
    }

    // Programs that ask for JSON or a log's bytes get the bare status.
    private static bool WantsPages(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    // Letters may be found; what stands behind tokens and sign-in has no business in an index.
    private static string Robots(Instance instance)
    {
        var basePath = instance.PublicUrl.AbsolutePath.TrimEnd('/');
        var paths = SafeAnswers.PrivatePaths.Concat(Tongue.All.SelectMany(t => SafeAnswers.PrivatePaths.Where(p => RequestTongue.IsSpoken(p)).Select(p => $"/{t}{p}")));
        return "User-agent: *\n" + string.Concat(paths.Select(p => $"Disallow: {basePath}{p}\n")) + $"Allow: /\n\nSitemap: {instance.UrlOf("/sitemap.xml")}\n";
    }

    private static void Trust(ForwardedHeadersOptions options, Instance instance)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in instance.TrustedProxies)
            if (proxy.Contains('/', StringComparison.Ordinal))
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            else
                options.KnownProxies.Add(IPAddress.Parse(proxy));
    }
}
