using System.Text.Json;
using Undersigned.Operation;

namespace Undersigned.Tests.Operation;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("serve")]
    [InlineData("config")]
    [InlineData("hold")]
    [InlineData("health")]
    [InlineData("setup")]
    [InlineData("mirror")]
    [InlineData("export")]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("account")]
    [InlineData("account list")]
    [InlineData("account reset")]
    [InlineData("mail")]
    [InlineData("mail test")]
    public async Task Every_verb_explains_itself_with_an_example(string verb)
    {
        var (status, output, _) = await RunAsync([.. verb.Split(' '), "--help"]);
        Assert.Equal(0, status);
        Assert.Contains($"Example:\n  undersigned {verb}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("receipt")]
    [InlineData("page")]
    public async Task Verify_is_the_checking_program_itself(string verb)
    {
        var (status, output, _) = await RunAsync("verify", verb, "--help");
        Assert.Equal(0, status);
        Assert.Contains($"undersigned verify {verb}", output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("verify", verb)).Status);
    }

    [Fact]
    public async Task All_unusable_settings_are_named_at_once_with_key_value_reason_and_remedy()
    {
        var (status, _, error) = await RunAsync("serve", "--url", "foo", "--smtp", "x", "--port", "70000", "--from", "nobody", "--trusted-proxies", "10.0.0.1,me", "--log-format", "xml", "--database", "Host=", "--issuers", "/no/such/file");
        Assert.Equal(2, status);
        var lines = error.TrimEnd().Split('\n');
        Assert.Equal(["--data", "--url", "--database", "--smtp", "--from", "--port", "--log-format", "--trusted-proxies", "--issuers"], lines.Select(l => l.Split(' ')[0]));
        Assert.Equal("--url (UNDERSIGNED_URL) is “foo”: this is not a web address. It begins with https:// (http:// only for trials), as in https://letters.example.org.", lines[1]);
    }

    [Fact]
    public async Task A_Chromium_that_is_not_there_is_refused_and_none_is_none()
    {
        var (status, _, error) = await RunAsync("serve", "--data", "d", "--chromium", "/nowhere/chromium");
        Assert.Equal(2, status);
        Assert.Contains("--chromium (UNDERSIGNED_CHROMIUM) is “/nowhere/chromium”: there is no such program.", error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("config", "--data", "d", "--chromium", "none")).Status);
    }

    [Fact]
    public async Task Placeholders_are_refused()
    {
        var (status, _, error) = await RunAsync("serve", "--data", "d", "--url", "https://letters.example.org", "--smtp", "smtp://me:changeme@mail.example.org");
        Assert.Equal(2, status);
        Assert.Contains("placeholder", error, StringComparison.Ordinal);
        Assert.DoesNotContain("changeme", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_without_a_public_address_is_refused_since_its_links_would_lead_nowhere()
    {
        var (status, _, error) = await RunAsync("serve", "--data", "d", "--smtp", "smtp://mail.example.org");
        Assert.Equal(2, status);
        Assert.StartsWith("--url", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sirve")]
    [InlineData("serve", "--dta", "x")]
    [InlineData("hold", "everything")]
    [InlineData("health", "--at", "nowhere")]
    public async Task Wrong_arguments_exit_with_2_and_say_so(params string[] args)
    {
        var (status, _, error) = await RunAsync(args);
        Assert.Equal(2, status);
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task Config_shows_where_each_value_comes_from_and_no_secret()
    {
        var (status, output, _) = await RunAsync("config", "--json", "--data", "d", "--url", "https://letters.example.org",
            "--smtp", "smtp://me:hunter2@mail.example.org", "--database", "Host=db;Database=u;Username=u;Password=hunter2");
        Assert.Equal(0, status);
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
        var settings = JsonDocument.Parse(output).RootElement.EnumerateArray().ToDictionary(s => s.GetProperty("flag").GetString()!, s => s.GetProperty("source").GetString());
        Assert.Equal("command line", settings["--url"]);
        Assert.Equal("default", settings["--port"]);
        Assert.Equal("not set", settings["--from"]);
    }

    internal static async Task<(int Status, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var status = await CommandLine.RunAsync(args, output, error);
        return (status, output.ToString(), error.ToString());
    }
}
