namespace Undersigned.Operation;

/// <summary>What answers while the database is brought to this release: 503, when to come again, and one sentence.</summary>
internal static class MigrationPage
{
    public static WebApplication Build(string listen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(listen);
        var app = builder.Build();
        app.MapGet("/healthz", () => "alive");
        app.MapFallback(async context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "10";
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>In a moment</title><p>This site is being brought up to date. Please come again in a minute; nothing is lost.</p></html>");
        });
        return app;
    }
}
