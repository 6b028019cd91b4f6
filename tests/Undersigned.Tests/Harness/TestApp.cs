using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Undersigned.Data;
using Undersigned.Data.Migrations;
using Undersigned.Demo;
using Undersigned.Model;

namespace Undersigned.Tests.Harness;

/// <summary>The whole application on a real port, with its own folder and its own database on the engine of this run.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private readonly string folder;
    private readonly ConcurrentDictionary<string, TestMailbox> mailboxes = new(StringComparer.OrdinalIgnoreCase);
    private WebApplication app;

    private TestApp(string folder, Instance instance, WebApplication app) => (this.folder, Instance, this.app) = (folder, instance, app);

    public Instance Instance { get; }

    public IServiceProvider Services => app.Services;

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>http://127.0.0.1:PORT/</summary>
    public Uri Url => new(app.Urls.First() + "/");

    /// <summary>Everything that was logged so far, one line an event; the suite greps it for personal data.</summary>
    public IReadOnlyList<string> Log => LogLines.Snapshot();

    internal LogLines LogLines { get; private init; } = new();

    /// <summary>The mail server that the application sends to, unless the test set another or none.</summary>
    public required SmtpInbox MailServer { get; init; }

    /// <summary>The mails to one address: <c>await app.Inbox("ada@post.example").CodeAsync()</c>.</summary>
    public TestMailbox Inbox(string address) => mailboxes.GetOrAdd(address, a => new TestMailbox(MailServer, a));

    public static async Task<TestApp> StartAsync(Func<Instance, Instance>? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("undersigned-test-").FullName;
        var mailServer = SmtpInbox.Start();
        var instance = new Instance
        {
            DataFolder = folder,
            PublicUrl = new Uri("http://letters.example"),
            Database = await MigratedDatabase.CopyAsync(folder),
            Smtp = mailServer.Address,
            MailFrom = "letters@weirkeepers.example",
        };
        instance = settings?.Invoke(instance) ?? instance;
        await Migrations.RunAsync(instance);
        var lines = new LogLines();
        var app = Build(instance, mailServer, lines, configure);
        await app.StartAsync();
        return new TestApp(folder, instance, app) { LogLines = lines, MailServer = mailServer };
    }

    private static WebApplication Build(Instance instance, SmtpInbox mailServer, LogLines lines, Action<WebApplicationBuilder>? configure) => App.Build(instance, builder =>
    {
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(lines);
        builder.Services.AddSingleton(mailServer);
        configure?.Invoke(builder);
    });

    /// <summary>Stops the process's part and starts it anew on the same folder and database.</summary>
    public async Task RestartAsync(Action<WebApplicationBuilder>? configure = null, Func<Task>? meanwhile = null)
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (meanwhile is not null)
            await meanwhile();
        app = Build(Instance, MailServer, LogLines, configure);
        await app.StartAsync();
    }

    /// <summary>Keeps a copy of the database, while the application is stopped.</summary>
    public async Task BackUpAsync()
    {
        if (Instance.Database is { } connection)
            await TestEngine.CopyAsync(connection, TestEngine.BackupOf(connection));
        else
            CopySqlite("undersigned.db", "backup.db");
    }

    /// <summary>Puts the copy back, while the application is stopped.</summary>
    public async Task RestoreAsync()
    {
        if (Instance.Database is { } connection)
            await TestEngine.CopyAsync(TestEngine.BackupOf(connection), connection);
        else
            CopySqlite("backup.db", "undersigned.db");
    }

    private void CopySqlite(string from, string to)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var end in new[] { "", "-wal", "-shm" })
        {
            File.Delete(Path.Combine(folder, to + end));
            if (File.Exists(Path.Combine(folder, from + end)))
                File.Copy(Path.Combine(folder, from + end), Path.Combine(folder, to + end));
        }
    }

    /// <summary>A browser without cookies of others; does not follow redirects.</summary>
    public HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = Url };

    public async Task<T> QueryAsync<T>(Func<UndersignedDb, Task<T>> query)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<UndersignedDb>>().CreateDbContextAsync();
        return await query(db);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await MailServer.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await TestEngine.DropAsync(Instance.Database);
        await TestEngine.DropAsync(TestEngine.BackupOf(Instance.Database));
        Directory.Delete(folder, recursive: true);
    }
}
