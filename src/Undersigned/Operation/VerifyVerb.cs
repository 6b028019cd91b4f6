using System.CommandLine;
using Undersigned.Verifier;

namespace Undersigned.Operation;

/// <summary>`undersigned verify …`: the same program as `undersigned-verify`, which has its own verbs, help and exit statuses.</summary>
internal static class VerifyVerb
{
    public const string Name = "verify";

    /// <summary>Stands in the list of verbs; what follows it never comes here.</summary>
    public static Command Make() => new(Name, "Check a letter's list, a receipt or a saved page, from outside: list URL, audit URL, receipt FILE, page FILE|URL.");

    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error) =>
        Verify.RunAsync(args.Length == 0 ? ["--help"] : args, output, error, program: "undersigned verify", showProgress: !Console.IsErrorRedirected);
}
