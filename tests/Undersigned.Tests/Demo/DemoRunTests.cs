using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Undersigned.Demo;
using Undersigned.Operation;
using Undersigned.Tests.Harness;

namespace Undersigned.Tests.Demo;

/// <summary>The whole demo, as a newcomer starts it.</summary>
public sealed class DemoRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("undersigned-demo-").FullName;
    private readonly int port = FreePort();

    [Fact]
    public async Task The_demo_lives_through_two_weeks_and_ends_with_1143_names_that_verify_and_starts_at_once_the_next_time()
    {
        // The demo always has a database of its own, an SQLite file.
        if (TestEngine.IsPostgres)
            return;
        await RunningAsync(async http =>
        {
            var letter = await http.GetFromJsonAsync<JsonObject>("letters/waterways.json", TestContext.Current.CancellationToken);
            Assert.Equal((1143, 31), ((int)letter!["standing"]!, (int)letter["byLevel"]!["imported"]!));
            Assert.Equal(3, (int)letter["edition"]!);
            Assert.All(new[] { "email", "account", "domain", "roster", "vouched", "known" }, level => Assert.True((int)letter["byLevel"]![level]! > 0, level));
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("letters/night-shift", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
            var mails = await http.GetFromJsonAsync<JsonArray>("demo/inbox.json", TestContext.Current.CancellationToken);
            Assert.Equal(["to", "subject", "text"], mails![0]!.AsObject().Select(m => m.Key));
            Assert.Contains("1,112 signatures", await VerifyAsync(), StringComparison.Ordinal);
        });
        Assert.Equal([("Confirmed", 20), ("Declined", 3), ("InReview", 5), ("Listed", 1143), ("Removed", 3), ("Submitted", 6), ("Withdrawn", 7)], States());
        Assert.Equal((3, 1, 1), (Count("inquiry WHERE state = 'Waiting'"), Count("look JOIN signature ON signature.id = look.signature_id WHERE signature.state = 'InReview'"), Count("bulk_act WHERE what = 'paste-in' AND undone_at IS NOT NULL")));
        Assert.All(new[] { "signature WHERE press_may_call", "roster_entry", "watch_name", "letter_staff WHERE role = 'Auditor'", "quotation WHERE state = 'Agreed' AND agreed_how = 'OwnPage'", "quotation WHERE agreed_how = 'Recorded'", "letter_post WHERE kind = 'Channels' AND leaf_index IS NOT NULL" }, what => Assert.True(Count(what) > 0, what));

        await RunningAsync(async http => Assert.Empty((await http.GetFromJsonAsync<JsonArray>("demo/inbox.json", TestContext.Current.CancellationToken))!));
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_left_alone()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "thesis.txt"), "not yours", TestContext.Current.CancellationToken);
        await using var said = new StringWriter();
        Assert.Equal(2, await DemoRun.RunAsync(App.Build, port, folder, said, TestContext.Current.CancellationToken));
        Assert.Equal("not yours", await File.ReadAllTextAsync(Path.Combine(folder, "thesis.txt"), TestContext.Current.CancellationToken));
    }

    private async Task RunningAsync(Func<HttpClient, Task> look)
    {
        using var stop = new CancellationTokenSource();
        await using var said = new Said();
        var running = DemoRun.RunAsync(App.Build, port, folder, said, stop.Token);
        await await Task.WhenAny(said.Listening, running);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        await look(http);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    private async Task<string> VerifyAsync()
    {
        await using var output = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync(["verify", "list", $"http://127.0.0.1:{port}/letters/waterways"], output, output));
        return output.ToString();
    }

    private int Count(string what)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM " + what;
        return (int)(long)command.ExecuteScalar()!;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "undersigned.db")}");
        connection.Open();
        return connection;
    }

    private List<(string State, int Count)> States()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT state, count(*) FROM signature WHERE letter_id = (SELECT id FROM letter WHERE slug = 'waterways') GROUP BY state ORDER BY state";
        using var reader = command.ExecuteReader();
        var states = new List<(string, int)>();
        while (reader.Read())
            states.Add((reader.GetString(0), reader.GetInt32(1)));
        return states;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What the demo says, watched for the line that it is ready.</summary>
    private sealed class Said : StringWriter
    {
        private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Listening => listening.Task;

        public override Task WriteLineAsync(string? value)
        {
            if (value?.StartsWith("Listening on http://127.0.0.1:", StringComparison.Ordinal) == true)
                listening.TrySetResult();
            return base.WriteLineAsync(value);
        }
    }
}
