using System.CommandLine;
using System.CommandLine.Parsing;

namespace Undersigned.Operation;

/// <summary>Exit statuses of every verb.</summary>
internal static class ExitStatus
{
    public const int Done = 0;
    /// <summary>It was tried and failed, or a check failed.</summary>
    public const int Failed = 1;
    /// <summary>Arguments or settings that cannot be used.</summary>
    public const int Usage = 2;
    /// <summary>The database was made by a later release.</summary>
    public const int NewerDatabase = 3;
    /// <summary>EX_TEMPFAIL of sysexits.h: a mail server keeps the mail and tries again.</summary>
    public const int TryLater = 75;
}

/// <summary>The operator's verbs, one line each.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args is [VerifyVerb.Name, .. var rest])
            return await VerifyVerb.RunAsync(rest, output, error);
        var root = new RootCommand("Undersigned keeps open letters whose signatures can be believed.")
        {
            DemoVerb.Make(output, error),
            ServeVerb.Make(output, error),
            VerifyVerb.Make(),
            MirrorVerb.Make(output, error),
            ExportVerb.Make(output, error),
            ConfigVerb.Make(output, error),
            MailVerb.Make(output, error),
            SetupVerb.Make(output, error),
            AccountVerb.Make(output, error),
            HoldVerb.Make(output, error),
            BackupVerb.Make(output, error),
            RestoreVerb.Make(output, error),
            HealthVerb.Make(output, error),
        }.WithExample("undersigned demo\nundersigned serve --data /var/lib/undersigned --url https://letters.example.org --smtp smtp://user:password@mail.example.org:587");
        Examples.ShowInHelp(root);
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        foreach (var problem in parsed.Errors)
            await error.WriteLineAsync(problem.Message);
        await error.WriteLineAsync($"See: {NameOf(parsed.CommandResult)} --help");
        return ExitStatus.Usage;
    }

    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "undersigned";
}
