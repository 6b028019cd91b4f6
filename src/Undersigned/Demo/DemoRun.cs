using System.Diagnostics;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Model;
using Undersigned.Outbound;

namespace Undersigned.Demo;

/// <summary>`undersigned demo`: an instance of its own on this machine, filled with an invented letter. Nothing leaves the machine.</summary>
public sealed class DemoRun
{
    private readonly Func<Instance, Action<WebApplicationBuilder>, WebApplication> build;
    private readonly Instance instance;
    private readonly SmtpInbox inbox;
    private readonly TextWriter output;

    private DemoRun(Func<Instance, Action<WebApplicationBuilder>, WebApplication> build, Instance instance, SmtpInbox inbox, TextWriter output) =>
        (this.build, this.instance, this.inbox, this.output) = (build, instance, inbox, output);

    /// <summary>Written once the demo is whole; a folder with only <see cref="Begun"/> is one that was interrupted.</summary>
    private string Whole => Path.Combine(instance.DataFolder, "demo.whole");
    private string Begun => Path.Combine(instance.DataFolder, "demo.begun");

    /// <param name="build">Builds the application.</param>
    /// <param name="port">On 127.0.0.1.</param>
    /// <param name="dataFolder">Kept, and used again next time; null for a temporary folder that is removed at the end.</param>
    /// <param name="output">Says in words what happens, and `Listening on …` when the demo is ready.</param>
    /// <param name="cancellation">Ends the demo.</param>
    /// <returns>0, or 2 where the folder holds something else.</returns>
    public static async Task<int> RunAsync(
        Func<Instance, Action<WebApplicationBuilder>, WebApplication> build, int port, string? dataFolder, TextWriter output, CancellationToken cancellation)
    {
        var folder = dataFolder ?? Directory.CreateTempSubdirectory("undersigned-demo-").FullName;
        try
        {
            await using var inbox = SmtpInbox.Start();
            var instance = new Instance
            {
                DataFolder = folder,
                PublicUrl = new Uri($"http://127.0.0.1:{port}"),
                Smtp = inbox.Address,
                MailFrom = "letters@weirkeepers.example",
                Issuers = [StaffIndexModel.Issuer(new Uri($"http://127.0.0.1:{port}"))],
                Chromium = Programs.Chromium(),
                IsDemo = true,
            };
            return await new DemoRun(build, instance, inbox, output).RunAsync(cancellation);
        }
        finally
        {
            if (dataFolder is null)
            {
                Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task<int> RunAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(instance.DataFolder);
        if (!File.Exists(Whole) && !MakeRoom())
        {
            await output.WriteLineAsync($"{instance.DataFolder} holds something else than a demo. Give an empty folder, or none.");
            return 2;
        }
        await Migrations.RunAsync(instance);
        var clock = File.Exists(Whole) ? null : new StoryClock(DemoSeeding.Story);
        await using var app = build(instance, builder => Configure(builder, clock));
        try
        {
            await app.StartAsync(cancellation);
            if (clock is not null)
                await SeedAsync(app, clock, cancellation);
            await output.WriteLineAsync($"What to try: {instance.UrlOf("/demo")}");
            await output.WriteLineAsync($"Listening on {instance.UrlOf("")}");
            await output.FlushAsync(cancellation);
            await app.WaitForShutdownAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await app.StopAsync(CancellationToken.None);
        }
        return 0;
    }

    /// <summary>Removes what an interrupted demo left; false where the folder holds anything else.</summary>
    private bool MakeRoom()
    {
        var entries = Directory.GetFileSystemEntries(instance.DataFolder);
        if (entries.Length > 0 && !File.Exists(Begun))
            return false;
        foreach (var entry in entries)
            if (Directory.Exists(entry))
                Directory.Delete(entry, recursive: true);
            else
                File.Delete(entry);
        File.WriteAllText(Begun, "");
        return true;
    }

    private void Configure(WebApplicationBuilder builder, StoryClock? clock)
    {
        builder.WebHost.UseUrls(instance.UrlOf(""));
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(inbox);
        builder.Services.AddSingleton(new OutboundRules { MayReachThisMachine = true });
        if (clock is not null)
            builder.Services.AddSingleton<TimeProvider>(clock);
    }

    private async Task SeedAsync(WebApplication app, StoryClock clock, CancellationToken cancellation)
    {
        await output.WriteLineAsync("Making the demo: an invented nonprofit's letter, signed, confirmed, looked at and recorded as in life.");
        var watch = Stopwatch.StartNew();
        var desks = DemoStory.Staff.ToDictionary(who => who, who => new DemoDesk(new Uri(instance.UrlOf("/")), who));
        await new DemoSeeding(app.Services, clock, inbox, desks, output).RunAsync(cancellation);
        foreach (var desk in desks.Values)
            desk.Dispose();
        await File.WriteAllTextAsync(Whole, "", cancellation);
        await output.WriteLineAsync($"1,143 names stand. {inbox.Mails.Count:N0} mails were sent to the demo's own inbox. It took {watch.Elapsed.TotalSeconds:N0} seconds.");
    }
}
