using System.CommandLine;
using System.Text.Json;

namespace Undersigned.Operation;

/// <summary>`undersigned config`: every setting, its value without secrets, and where it came from.</summary>
internal static class ConfigVerb
{
    public static Command Make(TextWriter output, TextWriter error)
    {
        var json = new Option<bool>("--json") { Description = "An array of {flag, variable, value, source, problem}." };
        var command = new Command("config", "Show each setting, its value (secrets masked) and where it came from; exit 2 if one cannot be used.")
        {
            json,
        }.WithExample("undersigned config --data /var/lib/undersigned --url https://letters.example.org");
        var options = Setting.All.ToDictionary(s => s, s => new Option<string?>(s.Flag) { Description = s.Help, HelpName = s.Flag[2..] });
        foreach (var option in options.Values)
            command.Options.Add(option);
        command.SetAction(async parsed =>
        {
            var settings = Settings.Read(parsed, options);
            await output.WriteLineAsync(parsed.GetValue(json) ? Json(settings) : Text(settings));
            foreach (var problem in settings.Problems)
                await error.WriteLineAsync(problem.ToString());
            return settings.Problems.Count == 0 ? ExitStatus.Done : ExitStatus.Usage;
        });
        return command;
    }

    private static string Text(Settings settings) => string.Join('\n', settings.Values.Select(v =>
        $"{v.Setting.Flag,-18} {(v.Shown.Length == 0 ? "–" : v.Shown),-40} {v.Source}"));

    private static string Json(Settings settings) => JsonSerializer.Serialize(settings.Values.Select(v => new
    {
        flag = v.Setting.Flag,
        variable = v.Setting.Variable,
        value = v.Value is null ? null : v.Shown,
        source = v.Source,
        problem = settings.Problems.FirstOrDefault(p => p.Value == v)?.Reason,
    }));
}
