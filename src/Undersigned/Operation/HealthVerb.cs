using System.CommandLine;

namespace Undersigned.Operation;

/// <summary>`undersigned health`: asks a running instance's /readyz; for containers that have no shell.</summary>
internal static class HealthVerb
{
    public static Command Make(TextWriter output, TextWriter error)
    {
        var url = new Option<string>("--at") { Description = "Where it listens.", DefaultValueFactory = _ => "http://127.0.0.1:5000", HelpName = "url" };
        var command = new Command("health", "Ask a running instance whether it is ready; exit 0 if so, else 1.") { url }.WithExample("undersigned health --at http://127.0.0.1:5000");
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!Uri.TryCreate(parsed.GetValue(url) + "/readyz", UriKind.Absolute, out var address))
            {
                await error.WriteLineAsync($"--at is “{parsed.GetValue(url)}”: this is not a web address.");
                return ExitStatus.Usage;
            }
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            try
            {
                using var answer = await client.GetAsync(address, cancellation);
                await output.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancellation));
                return answer.IsSuccessStatusCode ? ExitStatus.Done : ExitStatus.Failed;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                await error.WriteLineAsync($"{address} does not answer.");
                return ExitStatus.Failed;
            }
        });
        return command;
    }
}
