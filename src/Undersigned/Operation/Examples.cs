using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Undersigned.Operation;

/// <summary>Each verb's example, shown below its own --help and not in the list of verbs.</summary>
internal static class Examples
{
    private static readonly ConditionalWeakTable<Command, string> ByCommand = [];

    public static T WithExample<T>(this T command, string example) where T : Command
    {
        ByCommand.AddOrUpdate(command, example);
        return command;
    }

    public static string? Of(Command command) => ByCommand.TryGetValue(command, out var example) ? example : null;

    public static void ShowInHelp(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpThenExample((HelpAction)help.Action!);
    }

    private sealed class HelpThenExample(HelpAction help) : SynchronousCommandLineAction
    {
        // Whoever asks for help is not told what else is missing.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var status = help.Invoke(parseResult);
            if (Of(parseResult.CommandResult.Command) is { } example)
                parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {example.Replace("\n", "\n  ", StringComparison.Ordinal)}");
            return status;
        }
    }
}
