using System.Text;
using System.Text.Json;
using Undersigned.Log.Letters;
using Undersigned.Log.Tests.Letters;

namespace Undersigned.Verifier.Tests;

public sealed class AuditTests : IAsyncLifetime
{
    private const string Moment = "2026-02-17T19:00:00Z";
    private const string Value = "3 11 19 24 37 41";
    private SomeSite site = null!;

    public async ValueTask InitializeAsync() => site = await SomeSite.StartAsync();

    public async ValueTask DisposeAsync() => await site.DisposeAsync();

    private static SomeLog Announced(string moment = Moment) => new SomeLog().Open().SignMany(19).SignMany(1, "imported").Later()
        .DrawText(21, 6, $$"""{"kind":"draw","title":"A draw","body":"","time":"2026-02-16T09:01:00Z","language":"en","source":"State lottery","moment":"{{moment}}","reading":"Six numbers, rising"}""");

    private static string Statement(string bound = "72.9", int drawn = 6, int draw = 21) =>
        $$"""{"kind":"audit","title":"An outside look","body":"","time":"2026-02-18T09:01:00Z","language":"en","draw":{{draw}},"auditor":"Audit Chamber","value":"{{Value}}","drawn":{{drawn}},"reached":4,"confirmed":4,"false":0,"unreached":2,"bound":"{{bound}}"}""";

    private static SomeLog Stated(Func<string, string>? change = null) => Announced().Later().Withdraw((int)Drawn[0]).Later(2 * 86400).PostText("audit", (change ?? (text => text))(Statement()));

    private static IReadOnlyList<long> Drawn => AuditSample.Draw(Announced().RootAt(21), Encoding.UTF8.GetBytes(Value), Enumerable.Range(1, 20).Select(number => (long)number), 6);

    private Task<Reader> RunAsync(SomeLog log, params string[] more) => Reader.RunAsync(["audit", site.Add(log).Log, .. more]);

    [Fact]
    public async Task A_statement_that_holds_is_said_in_a_sentence()
    {
        var run = await RunAsync(Stated());
        Assert.Equal(
            "Of 6 lines drawn from the 20 that stood at size 21, 4 people were reached: 4 confirmed that they signed, 0 did not; 2 were not reached. "
            + "With 95 % confidence at most 72.9 % of these lines are false, counting those not reached as false. "
            + "Announced in entry 21 at 2026-02-16 09:01 UTC, before the value was known at 2026-02-17 19:00 UTC; stated in entry 23. 1 of the drawn lines does not stand any more. "
            + "The value is the statement's own: compare it with its source.\n",
            run.Output);
        Assert.Equal((0, ""), (run.ExitStatus, run.Error));
        Assert.EndsWith("The value is the one that you gave.\n", (await RunAsync(Stated(), "--value", Value)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_drawn_lines_are_named_so_that_an_opponent_can_ask_them_too()
    {
        var run = await RunAsync(Stated(), "--drawn");
        Assert.Equal((0, 7), (run.ExitStatus, run.Output.TrimEnd('\n').Split('\n').Length));
        Assert.Contains($"\n{Drawn[0]} (withdrawn since)\n{Drawn[1]} Ada Okafor {Drawn[1]}\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draw_without_a_statement_is_said_too_and_who_is_drawn_where_the_reader_knows_the_value()
    {
        var run = await RunAsync(Announced("2026-04-01T19:00:00Z"));
        Assert.Equal(
            (0, "", "Entry 21 announced at 2026-02-16 09:01 UTC that 6 lines of the 20 that stood at size 21 will be drawn, by a value known at 2026-04-01 19:00 UTC. No statement has followed.\n"),
            (run.ExitStatus, run.Error, run.Output));
        var late = await RunAsync(Announced(), "--value", Value, "--drawn");
        Assert.Contains("no statement has followed", late.Error, StringComparison.Ordinal);
        Assert.Equal(7, late.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Equal(late.Output.Split('\n')[1..7].Select(line => line.Split(' ')[0]), (await RunAsync(Stated(), "--drawn")).Output.Split('\n')[1..7].Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task A_draw_given_up_is_said_to_prove_nothing()
    {
        var log = Announced().Later(86400).PostText("audit", """{"kind":"audit","draw":21,"auditor":"Audit Chamber","abandoned":"The lottery was cancelled."}""");
        var run = await RunAsync(log);
        Assert.Equal((0, "The draw of 6 lines announced in entry 21 at 2026-02-16 09:01 UTC was given up in entry 22. It says nothing of the list.\n"), (run.ExitStatus, run.Output));
    }

    public static TheoryData<string, string> Tampered() => new()
    {
        { $"\"value\":\"{Value}\"", "\"value\":\"\"" },
        { "\"reached\":4", "\"reached\":5" },
        { "\"confirmed\":4", "\"confirmed\":5" },
        { "\"drawn\":6", "\"drawn\":7" },
        { "\"unreached\":2", "\"unreached\":1" },
        { "\"bound\":\"72.9\"", "\"bound\":\"52.9\"" },
        { "\"draw\":21", "\"draw\":20" },
        { "\"auditor\":\"Audit Chamber\"", "\"auditor\":7" },
        { "\"kind\":\"audit\"", "\"kind\":\"update\"" },
    };

    [Theory]
    [MemberData(nameof(Tampered))]
    public async Task A_statement_changed_in_one_thing_fails_with_its_line(string what, string by)
    {
        var run = await RunAsync(Stated(text => text.Contains(what, StringComparison.Ordinal) ? text.Replace(what, by, StringComparison.Ordinal) : throw new ArgumentException(what)));
        Assert.Equal(1, run.ExitStatus);
        Assert.StartsWith("FAIL 8 entry 23 expected ", run.Fails.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_value_than_the_readers_fails()
    {
        var run = await RunAsync(Stated(), "--value", "3 11 19 24 37 42");
        Assert.Equal((1, "FAIL 8 entry 23 expected the value that you gave found another"), (run.ExitStatus, run.Fails.Single()));
    }

    [Fact]
    public async Task A_draw_announced_after_its_value_was_known_fails()
    {
        var run = await RunAsync(Announced("2026-02-16T09:01:00Z"));
        Assert.Equal((1, "FAIL 8 entry 21 expected a draw announced before the moment of its value, 2026-02-16T09:01:00Z found 2026-02-16T09:01:00Z"), (run.ExitStatus, run.Fails.Single()));
    }

    [Fact]
    public async Task A_statement_before_the_value_was_known_and_a_second_one_fail()
    {
        Assert.Contains("FAIL 8 entry 22 expected a statement after the moment", (await RunAsync(Announced().Later().PostText("audit", Statement()))).Output, StringComparison.Ordinal);
        Assert.Contains("FAIL 8 entry 24 expected one statement about the draw in entry 21 found a second", (await RunAsync(Stated().Later().PostText("audit", Statement("73.0")))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draw_whose_text_says_no_moment_fails() =>
        Assert.StartsWith("FAIL 8 entry 6 expected a draw's text as specified", (await RunAsync(GoodLogs.Published().Later().Draw(6, 3))).Output, StringComparison.Ordinal);

    [Fact]
    public async Task A_list_that_does_not_hold_is_not_said_to_be_audited()
    {
        var log = Stated();
        var put = site.Add(log);
        put.Files["letters/waterways/log/records/000"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(log.Records(0, log.Size)).Replace($"Okafor {Drawn[1]}\\", "Okafor 51\\", StringComparison.Ordinal));
        var run = await Reader.RunAsync("audit", put.Log);
        Assert.Equal(1, run.ExitStatus);
        Assert.StartsWith("FAIL 4 ", run.Fails.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_draw_nothing_can_be_told()
    {
        var run = await RunAsync(GoodLogs.Published());
        Assert.Equal((2, "", "cannot tell: this log announces no draw\n"), (run.ExitStatus, run.Output, run.Error));
        Assert.Equal("cannot tell: entry 22 is no draw\n", (await RunAsync(Stated(), "--draw", "22")).Error);
        Assert.Equal(2, (await RunAsync(GoodLogs.All["a draw and its audit"]().Erase(7, "text"))).ExitStatus);
    }

    [Fact]
    public async Task The_result_as_JSON_has_the_documented_members()
    {
        using var json = JsonDocument.Parse((await RunAsync(Stated(), "--json", "--drawn")).Output);
        var audit = json.RootElement.GetProperty("audits")[0];
        Assert.Equal(
            "draw announced size standing count source moment reading statement auditor value drawn reached confirmed false unreached bound left lines",
            string.Join(' ', audit.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(6, audit.GetProperty("lines").GetArrayLength());
    }

    [Fact]
    public async Task A_verifier_in_another_language_draws_the_same_lines_and_finds_the_same_bound()
    {
        using var python = CaseTests.Start();
        await python.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new[] { site.Add(Stated()).Log, "--audit", "--no-wait", "--now", "2026-03-01T09:30:00Z" }));
        await python.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        using var theirs = JsonDocument.Parse((await python.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
        python.StandardInput.Close();
        Assert.Equal(0, theirs.RootElement.GetProperty("status").GetInt32());
        Assert.EndsWith($"entry 21: {string.Join(' ', Drawn)} bound 72.9\n", theirs.RootElement.GetProperty("output").GetString(), StringComparison.Ordinal);
    }
}
