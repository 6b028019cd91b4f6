using Microsoft.AspNetCore.Http.HttpResults;

namespace Undersigned.Health;

/// <summary>/healthz: the process lives. /readyz: it can do its work, else 503 with what is missing. /desk/instance: its last lines of log.</summary>
public static class HealthFeature
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<RecentLog>();
        builder.Services.AddSingleton<ILoggerProvider>(s => s.GetRequiredService<RecentLog>());
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapMethods("/healthz", ["GET", "HEAD"], () => "alive");
        app.MapMethods("/readyz", ["GET", "HEAD"], ReadyAsync);
    }

    private static async Task<JsonHttpResult<IReadOnlyList<ReadinessLine>>> ReadyAsync(HttpContext context, Readiness readiness, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        var lines = await readiness.AskAsync(cancellation);
        return TypedResults.Json(lines, statusCode: lines.All(l => l.IsReady) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
