using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Undersigned.Log.Tests.Letters;

namespace Undersigned.Verifier.Tests;

/// <summary>A real web server with as many sites as are wanted, each below a path of its own; each request is answered from files, or as told.</summary>
public sealed class SomeSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, Site> sites = [];

    private SomeSite(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public static async Task<SomeSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var some = new SomeSite(builder.Build());
        some.app.Run(some.AnswerAsync);
        await some.app.StartAsync();
        return some;
    }

    /// <summary>A site with the files of a log below <c>letters/waterways/log/</c>.</summary>
    public Site Add(SomeLog log) => Add(log.Files());

    public Site Add(Dictionary<string, byte[]> files)
    {
        var name = $"s{sites.Count}";
        var site = new Site($"{Address.AbsoluteUri}{name}/letters/waterways");
        foreach (var (path, bytes) in files) site.Files[$"letters/waterways/log/{path}"] = bytes;
        lock (sites) sites[name] = site;
        return site;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', 3);
        Site? site;
        lock (sites) site = sites.GetValueOrDefault(parts[1]);
        if (site is null || parts.Length < 3)
        {
            context.Response.StatusCode = 404;
            return;
        }
        await site.AnswerAsync(context, parts[2]);
    }

    public sealed class Site(string letter)
    {
        public string Letter => letter;

        public string Log => letter + "/log";

        public Dictionary<string, byte[]> Files { get; } = [];

        /// <summary>Answers of another kind, by path; false leaves the request to the files.</summary>
        public Func<HttpContext, string, Task<bool>>? Otherwise { get; set; }

        public List<string> Asked { get; } = [];

        internal async Task AnswerAsync(HttpContext context, string path)
        {
            lock (Asked) Asked.Add(path + context.Request.QueryString);
            if (Otherwise is not null && await Otherwise(context, path)) return;
            if (Files.TryGetValue(path + context.Request.QueryString, out var bytes)) await context.Response.Body.WriteAsync(bytes);
            else context.Response.StatusCode = 404;
        }
    }
}
