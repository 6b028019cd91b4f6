using System.Text.Json;
using Undersigned.Log;
using Undersigned.Log.Tests.Letters;

namespace Undersigned.Verifier.Tests;

public sealed class MonitorTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("undersigned-monitor").FullName;
    private SomeSite site = null!;

    public async ValueTask InitializeAsync() => site = await SomeSite.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static SomeLog Today() => GoodLogs.Published();

    private static SomeLog Tomorrow() => GoodLogs.Published().Later().Sign("Ida Brekke").Sign("Noor Aziz").Withdraw(1);

    private Task<Reader> LookAsync(SomeSite.Site at, params string[] more) =>
        Reader.RunAsync(["monitor", at.Log, "--state", Path.Combine(folder, "watch"), "--once", .. more]);

    private static void Put(SomeSite.Site at, SomeLog log)
    {
        foreach (var (path, bytes) in log.Files()) at.Files[$"letters/waterways/log/{path}"] = bytes;
    }

    [Fact]
    public async Task Says_the_first_look_then_only_what_changed()
    {
        var at = site.Add(Today());
        var first = await LookAsync(at);
        Assert.Equal(0, first.ExitStatus);
        Assert.Contains(" first: As last changed at ", first.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (await LookAsync(at)) is var second ? (second.ExitStatus, second.Output) : default);

        Put(at, Tomorrow());
        var changed = await LookAsync(at);
        Assert.Equal(0, changed.ExitStatus);
        Assert.Contains(" changed: 6 names are listed (+1); since the last look 1 withdrawn, 0 removed, 0 amended; 3 entries.", changed.Output, StringComparison.Ordinal);
        Assert.Equal("", (await LookAsync(at)).Output);
    }

    [Fact]
    public async Task A_list_that_was_rolled_back_breaks_until_it_is_put_right_and_is_told_once()
    {
        var at = site.Add(Tomorrow());
        await LookAsync(at);
        Put(at, Today());
        var broke = await LookAsync(at);
        Assert.Equal(1, broke.ExitStatus);
        Assert.Contains(" broke: FAIL 6 checkpoint", broke.Output, StringComparison.Ordinal);
        Assert.Equal((1, ""), (await LookAsync(at)) is var still ? (still.ExitStatus, still.Output) : default);

        Put(at, Tomorrow());
        var again = await LookAsync(at);
        Assert.Equal(0, again.ExitStatus);
        Assert.Contains(" again: All holds again. Nothing changed.", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_of_the_first_look_is_the_key_of_all_later_ones()
    {
        var at = site.Add(Today());
        await LookAsync(at);
        at.Files["letters/waterways/log/key"] = System.Text.Encoding.UTF8.GetBytes(LogKey.LetterKey(new byte[32], SomeLog.Origin).VerifierKey + "\n");
        Assert.Equal((0, ""), (await LookAsync(at)) is var same ? (same.ExitStatus, same.Output) : default);
        Assert.Equal(SomeLog.Signer.VerifierKey + "\n", await File.ReadAllTextAsync(Path.Combine(folder, "watch", "key"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_hook_gets_the_event_and_the_result()
    {
        var (hook, told) = (Path.Combine(folder, "hook"), Path.Combine(folder, "told"));
        await File.WriteAllTextAsync(hook, $"#!/bin/sh\nprintf '%s ' \"$1\" >> {told}\ncat >> {told}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var at = site.Add(Today());
        var run = await LookAsync(at, "--hook", hook, "--json");

        var line = await File.ReadAllTextAsync(told, TestContext.Current.CancellationToken);
        Assert.StartsWith("first {", line, StringComparison.Ordinal);
        Assert.Equal(run.Output, line["first ".Length..]);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(at.Log, json.RootElement.GetProperty("url").GetString());
        Assert.Equal(5, json.RootElement.GetProperty("result").GetProperty("standing").GetInt64());
    }

    [Fact]
    public async Task A_site_that_does_not_answer_is_told_once_and_ends_with_2()
    {
        var at = site.Add(Today());
        await LookAsync(at);
        at.Otherwise = (context, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };
        var away = await LookAsync(at);
        Assert.Equal(2, away.ExitStatus);
        Assert.Contains(" unreachable: cannot tell: ", away.Output, StringComparison.Ordinal);
        Assert.Equal((2, ""), (await LookAsync(at)) is var still ? (still.ExitStatus, still.Output) : default);
    }

    [Theory]
    [InlineData("monitor")]
    [InlineData("monitor", "http://127.0.0.1:1/letters/a")]
    [InlineData("monitor", "nowhere", "--state", "x", "--once")]
    [InlineData("monitor", "http://127.0.0.1:1/letters/a", "--state", "/proc/nowhere", "--once")]
    [InlineData("monitor", "http://127.0.0.1:1/letters/a", "--state", "x", "--every", "0")]
    [InlineData("monitor", "http://127.0.0.1:1/letters/a", "--state", "x", "--hook", "/nowhere")]
    public async Task Arguments_that_cannot_be_used_end_with_2_and_a_word_why(params string[] arguments)
    {
        var run = await Reader.RunAsync(arguments);
        Assert.Equal((2, ""), (run.ExitStatus, run.Output));
        Assert.NotEqual("", run.Error);
    }
}
