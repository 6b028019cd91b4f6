using System.CommandLine;
using System.Net.Sockets;
using Undersigned.Accounts;
using Undersigned.Data.Migrations;
using Undersigned.Model;

namespace Undersigned.Operation;

/// <summary>`undersigned serve`: the instance itself.</summary>
internal static class ServeVerb
{
    public static Command Make(TextWriter output, TextWriter error)
    {
        var command = new Command("serve", "Run an instance. The first start prints a one-time set-up link.").WithExample("undersigned serve --data /var/lib/undersigned --url https://letters.example.org --smtp smtp://user:password@mail.example.org:587");
        command.SetAction(Setting.All, error, (settings, _, cancellation) => RunAsync(settings, output, error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            await MigrateAsync(settings, output, cancellation);
            await using var app = App.Build(settings.Instance, builder => builder.WriteLogs(settings).WebHost.UseUrls(settings.ListenUrl));
            await app.StartAsync(cancellation);
            await SayWhereAsync(app, settings, output, cancellation);
            await app.WaitForShutdownAsync(cancellation);
            return ExitStatus.Done;
        }
        catch (NewerDatabaseException e)
        {
            await error.WriteLineAsync(e.Message);
            return ExitStatus.NewerDatabase;
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException or InvalidDataException or System.Data.Common.DbException)
        {
            await error.WriteLineAsync($"Cannot start: {e.Message}");
            return ExitStatus.Failed;
        }
    }

    private static async Task MigrateAsync(Settings settings, TextWriter output, CancellationToken cancellation)
    {
        if (!await Migrations.IsPendingAsync(settings.Instance))
        {
            await Migrations.RunAsync(settings.Instance);
            return;
        }
        // Visitors who come meanwhile are told to wait a moment, not that there is nothing here.
        await using var waiting = MigrationPage.Build(settings.ListenUrl);
        await waiting.StartAsync(cancellation);
        await output.WriteLineAsync("Bringing the database to this release …");
        await Migrations.RunAsync(settings.Instance);
        await waiting.StopAsync(cancellation);
    }

    private static async Task SayWhereAsync(WebApplication app, Settings settings, TextWriter output, CancellationToken cancellation)
    {
        if (settings.Instance.Smtp is null)
            await output.WriteLineAsync("No mail server is set (--smtp): mails wait until there is one. Everything else works.");
        if (await app.Services.GetRequiredService<SetupLinks>().EnsureAsync(cancellation) is { } link)
            await output.WriteLineAsync($"Make the first account here; the link works once, for 24 hours: {link}");
        await output.WriteLineAsync($"Listening on {app.Urls.First()}");
        await output.FlushAsync(cancellation);
    }
}

internal static class Logs
{
    /// <summary>
    /// One line an event, on standard error. Levels by category may be changed while it runs, in logging.json in the data
    /// folder: {"Logging":{"LogLevel":{"Undersigned.Mail":"Debug"}}}.
    /// </summary>
    public static WebApplicationBuilder WriteLogs(this WebApplicationBuilder builder, Settings settings)
    {
        builder.Configuration.AddJsonFile(Path.Combine(settings.Instance.DataFolder, "logging.json"), optional: true, reloadOnChange: true);
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        // The key ring lies in a folder that only its owner may open; its warning about that would repeat at each start.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        if (settings.LogsJson)
            builder.Logging.AddJsonConsole(o => (o.UseUtcTimestamp, o.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
        else
            builder.Logging.AddSimpleConsole(o => (o.SingleLine, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ssZ "));
        return builder;
    }
}
