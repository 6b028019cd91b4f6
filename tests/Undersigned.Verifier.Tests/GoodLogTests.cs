using Undersigned.Log.Tests.Letters;

namespace Undersigned.Verifier.Tests;

public sealed class GoodLogTests : IAsyncLifetime
{
    private SomeSite site = null!;

    public async ValueTask InitializeAsync() => site = await SomeSite.StartAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task Every_good_log_passes_and_its_numbers_are_told()
    {
        foreach (var (name, make) in GoodLogs.All)
        {
            var log = make();
            var run = await Reader.RunAsync("list", site.Add(log).Log, "--thorough");
            Assert.True(run.ExitStatus == 0, $"{name}: {run.Output} {run.Error}");
            Assert.Contains($"{log.Standing} name", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_broken_rule_fails_check_3_at_its_entry()
    {
        foreach (var broken in BrokenRules.All)
        {
            var run = await Reader.RunAsync("list", site.Add(broken.Log()).Log);
            Assert.True(run.ExitStatus == 1 && run.Fails.Single().StartsWith($"FAIL 3 entry {broken.Entry} ", StringComparison.Ordinal), $"{broken.Name}: {run.Output} {run.Error}");
        }
    }
}
