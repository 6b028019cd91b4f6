using System.CommandLine;

namespace Undersigned.Operation;

/// <summary>The settings that a verb takes as flags, and its run once they are in order.</summary>
internal static class VerbSettings
{
    public static void SetAction(this Command command, IReadOnlyList<Setting> settings, TextWriter error, Func<Settings, ParseResult, CancellationToken, Task<int>> run)
    {
        var options = settings.ToDictionary(s => s, OptionOf);
        foreach (var option in options.Values)
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var read = Settings.Read(parsed, options);
            if (read.Problems.Count == 0)
                return await run(read, parsed, cancellation);
            foreach (var problem in read.Problems)
                await error.WriteLineAsync(problem.ToString());
            return ExitStatus.Usage;
        });
    }

    private static Option<string?> OptionOf(Setting setting) => new(setting.Flag)
    {
        Description = $"{setting.Help} [{setting.Variable}{(setting.Default is { Length: > 0 } d ? $", default {d}" : "")}]",
        HelpName = setting.Flag[2..],
    };
}
