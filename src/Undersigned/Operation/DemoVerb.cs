using System.CommandLine;
using Undersigned.Demo;

namespace Undersigned.Operation;

/// <summary>`undersigned demo`: everything at once, on this machine alone.</summary>
internal static class DemoVerb
{
    public static Command Make(TextWriter output, TextWriter error)
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1.", HelpName = "port", DefaultValueFactory = _ => 5080 };
        var data = new Option<string?>("--data") { Description = "A folder that keeps the demo for the next time; without it, everything is gone at the end.", HelpName = "folder" };
        port.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > 65535)
                r.AddError("--port: a port is a number from 1 to 65535.");
        });
        var command = new Command("demo", "An invented letter with 1,143 names, its desk and its inbox, on this machine alone.") { port, data }.WithExample("undersigned demo --port 5080");
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await DemoRun.RunAsync(App.Build, parsed.GetValue(port), parsed.GetValue(data), output, cancellation);
            }
            catch (IOException e)
            {
                await error.WriteLineAsync($"Cannot start: {e.Message}");
                return ExitStatus.Failed;
            }
        });
        return command;
    }
}
