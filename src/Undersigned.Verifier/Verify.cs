using System.CommandLine;
using System.Text.RegularExpressions;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Verifier;

/// <summary>The verbs of <c>undersigned-verify</c>, which the server's program offers too: <c>list</c>, <c>audit</c>, <c>receipt</c>, <c>page</c> and <c>monitor</c>.</summary>
public static partial class Verify
{
    private const int UsageError = 2;

    /// <summary>Runs the program.</summary>
    /// <param name="args">The verb and what follows it.</param>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where usage errors, troubles, warnings and progress go.</param>
    /// <param name="time">The clock, and what waits between attempts; the system's by default.</param>
    /// <param name="program">What the program is called in its help.</param>
    /// <param name="showProgress">Whether progress may be drawn on <paramref name="error"/>, a terminal.</param>
    /// <returns>0 where all holds, 1 where a check fails, 2 where it could not be told.</returns>
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, TimeProvider? time = null, string program = "undersigned-verify", bool showProgress = false)
    {
        var root = new RootCommand($"Checks that the number of an open letter is the number of lines in its list. Exit status: 0 all holds, 1 a check fails, 2 it could not be told. Example: {program} list https://letters.example.org/letters/waterways");
        foreach (var verb in Verbs(new Terminal(output, error, showProgress), time ?? TimeProvider.System, program)) root.Subcommands.Add(verb);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 || args.Length == 0)
        {
            foreach (var wrong in parsed.Errors) await error.WriteLineAsync(wrong.Message).ConfigureAwait(false);
            await error.WriteLineAsync($"Try: {program} --help").ConfigureAwait(false);
            return UsageError;
        }
        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
    }

    /// <summary>Checks a letter's whole list, every tile included, over a connection of the caller's, who may keep what passes through it.</summary>
    /// <param name="letter">The letter's address.</param>
    /// <param name="http">Answers without following redirects.</param>
    /// <param name="output">Where the sentence goes, or a line for each failure.</param>
    /// <param name="error">Where troubles and notes go.</param>
    /// <param name="time">The clock that the ages of answers are judged by.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <returns>0 where all holds, 1 where a check fails, 2 where it could not be told.</returns>
    public static Task<int> ListAsync(Uri letter, HttpMessageInvoker http, TextWriter output, TextWriter error, TimeProvider time, CancellationToken cancel = default) =>
        GuardAsync(new Terminal(output, error, showProgress: false), json: false, async report =>
        {
            var request = new ListRequest(letter, Key: null, Policy: null, Old: null, Pages: [], Thorough: true, LettersPages: true);
            var findings = await new ListCheck(new Site(http, time), request, report, _ => { }).RunAsync(cancel).ConfigureAwait(false);
            return (findings, findings?.Sentence);
        });

    private static IEnumerable<Command> Verbs(Terminal console, TimeProvider time, string program)
    {
        yield return List(console, time, program);
        yield return Audit(console, time, program);
        yield return ReceiptVerb(console, time, program);
        yield return Page(console, time, program);
        yield return MonitorVerb(console, time, program);
    }

    private static readonly Func<Option<string?>> Key = () => new("--key") { Description = "The letter's verifier key, or a file that holds it. Without it the key is taken from the site.", HelpName = "VKEY|FILE" };
    private static readonly Func<Option<string?>> Policy = () => new("--policy") { Description = "Your witnesses and how many must have seen the list (c2sp.org/tlog-policy).", HelpName = "FILE" };
    private static readonly Func<Option<bool>> AsJson = () => new("--json") { Description = "Print the result as JSON." };
    private static readonly Func<Option<bool>> Thorough = () => new("--thorough") { Description = "Check all Merkle tiles too." };
    private static readonly Func<Option<string?>> Old = () => new("--old") { Description = "A checkpoint or receipt saved earlier: the list must continue it.", HelpName = "CHECKPOINT-FILE" };

    private static Command List(Terminal console, TimeProvider time, string program)
    {
        var address = new Argument<string>("URL") { Description = "The letter's address, or that of its log or of a copy, which ends in /log." };
        var pages = new Option<string[]>("--page") { Description = "A page, JSON answer or export to compare with the log; can be given several times.", HelpName = "FILE|URL" };
        var (key, policy, old, json, thorough) = (Key(), Policy(), Old(), AsJson(), Thorough());
        var command = new Command("list", $"Downloads, replays and checks a letter's whole list. Example: {program} list https://letters.example.org/letters/waterways --key key.txt")
        {
            address, key, policy, old, pages, json, thorough,
        };
        command.SetAction((parsed, cancel) => RunListAsync(console, time, parsed.GetValue(json), () => new ListRequest(
            Usage.Address(parsed.GetValue(address)!), OrNull(parsed.GetValue(key), Usage.Key), OrNull(parsed.GetValue(policy), Usage.Policy), OrNull(parsed.GetValue(old), Usage.Old),
            parsed.GetValue(pages) ?? [], parsed.GetValue(thorough), LettersPages: true), cancel));
        return command;
    }

    private static Command Page(Terminal console, TimeProvider time, string program)
    {
        var page = new Argument<string>("FILE|URL") { Description = "A page, JSON answer or export." };
        var log = new Option<string?>("--log") { Description = "The letter's or the log's address, where the page does not tell it.", HelpName = "URL" };
        var (key, policy, json) = (Key(), Policy(), AsJson());
        var command = new Command("page", $"Checks a page against the log at the size that it names. Example: {program} page saved.html --log https://letters.example.org/letters/waterways")
        {
            page, log, key, policy, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            ListRequest Request()
            {
                var (what, given) = (parsed.GetValue(page)!, OrNull(parsed.GetValue(key), Usage.Key));
                var address = parsed.GetValue(log) is { } told ? Usage.Address(told) : AddressOf(what, given);
                return new ListRequest(address, given, OrNull(parsed.GetValue(policy), Usage.Policy), null, [what], Thorough: false, LettersPages: false);
            }
            return RunListAsync(console, time, parsed.GetValue(json), Request, cancel);
        });
        return command;
    }

    private static Command Audit(Terminal console, TimeProvider time, string program)
    {
        var address = new Argument<string>("URL") { Description = "The letter's address, or that of its log or of a copy, which ends in /log." };
        var value = new Option<string?>("--value") { Description = "The public value as you know it, byte for byte: the draw must be by this one. Of a draw without a statement it tells who is drawn.", HelpName = "VALUE" };
        var draw = new Option<long?>("--draw") { Description = "Look at the draw in this entry alone; without it at all, with --value and --drawn about the latest.", HelpName = "ENTRY" };
        var drawn = new Option<bool>("--drawn") { Description = "Print the drawn lines, so that you can ask the same people." };
        var (key, policy, json) = (Key(), Policy(), AsJson());
        var command = new Command("audit", $"Checks a letter's list, the draws that its log announces, and the statements about them. Example: {program} audit https://letters.example.org/letters/waterways --value \"3 11 19 24 37 41\" --drawn")
        {
            address, value, draw, drawn, key, policy, json,
        };
        command.SetAction((parsed, cancel) => GuardAsync(console, parsed.GetValue(json), async report =>
        {
            var asked = new AuditRequest(OrNull(parsed.GetValue(value), Usage.Value), parsed.GetValue(draw), parsed.GetValue(drawn));
            var request = new ListRequest(
                Usage.Address(parsed.GetValue(address)!), OrNull(parsed.GetValue(key), Usage.Key), OrNull(parsed.GetValue(policy), Usage.Policy), Old: null, Pages: [], Thorough: false, LettersPages: false, asked);
            using var http = Site.NewClient();
            var findings = await new ListCheck(new Site(http, time), request, report, console.Progress).RunAsync(cancel).ConfigureAwait(false);
            return (findings, findings is null ? null : string.Join('\n', findings.Audits!.SelectMany(audit => audit.Printed)));
        }));
        return command;
    }

    private static Command ReceiptVerb(Terminal console, TimeProvider time, string program)
    {
        var file = new Argument<string>("FILE") { Description = "A receipt, whose name ends in .tlog-proof." };
        var (key, policy, json) = (Key(), Policy(), AsJson());
        var command = new Command("receipt", $"Checks a receipt; offline, if you have the key. Example: {program} receipt mine.tlog-proof --key key.txt")
        {
            file, key, policy, json,
        };
        command.SetAction((parsed, cancel) => GuardAsync(console, parsed.GetValue(json), async report =>
        {
            using var http = Site.NewClient();
            var check = new ReceiptCheck(new Site(http, time), parsed.GetValue(file)!, OrNull(parsed.GetValue(key), Usage.Key), OrNull(parsed.GetValue(policy), Usage.Policy), report);
            return (null, await check.RunAsync(cancel).ConfigureAwait(false));
        }));
        return command;
    }

    private static Command MonitorVerb(Terminal console, TimeProvider time, string program)
    {
        var address = new Argument<string>("URL") { Description = "The letter's address, or that of its log or of a copy, which ends in /log." };
        var folder = new Option<string>("--state") { Description = "Where the key, the last checkpoint that held and the last result are kept.", HelpName = "FOLDER", Required = true };
        var every = new Option<int>("--every") { Description = "Minutes between two looks, 1 to 1440.", HelpName = "MINUTES", DefaultValueFactory = _ => 10 };
        every.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1440) result.AddError("--every: minutes from 1 to 1440");
        });
        var once = new Option<bool>("--once") { Description = "Look once and end, as for a timer of the system's." };
        var hook = new Option<string?>("--hook") { Description = "A program to run when something changed or broke: the event as its argument, JSON on its standard input.", HelpName = "PROGRAM" };
        var (key, policy, json) = (Key(), Policy(), AsJson());
        var command = new Command("monitor", $"Keeps watching a letter and says what changed or broke. Example: {program} monitor https://letters.example.org/letters/waterways --state watch --hook ./mail-me")
        {
            address, folder, every, once, hook, key, policy, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                var request = new MonitorRequest(
                    Usage.Address(parsed.GetValue(address)!), OrNull(parsed.GetValue(key), Usage.Key), OrNull(parsed.GetValue(policy), Usage.Policy), parsed.GetValue(folder)!,
                    TimeSpan.FromMinutes(parsed.GetValue(every)), parsed.GetValue(once), OrNull(parsed.GetValue(hook), Usage.Hook), parsed.GetValue(json));
                return await new Monitor(request, console, time).RunAsync(cancel).ConfigureAwait(false);
            }
            catch (UsageException e)
            {
                console.Usage(e.Message);
                return UsageError;
            }
        });
        return command;
    }

    private static Task<int> RunListAsync(Terminal console, TimeProvider time, bool json, Func<ListRequest> request, CancellationToken cancel) =>
        GuardAsync(console, json, async report =>
        {
            using var http = Site.NewClient();
            var findings = await new ListCheck(new Site(http, time), request(), report, console.Progress).RunAsync(cancel).ConfigureAwait(false);
            return (findings, findings?.Sentence);
        });

    private static async Task<int> GuardAsync(Terminal console, bool json, Func<Report, Task<(Findings? Findings, string? Sentence)>> check)
    {
        var report = new Report();
        try
        {
            var (findings, sentence) = await check(report).ConfigureAwait(false);
            console.Print(report, findings, sentence, json);
            return report.ExitStatus;
        }
        catch (UsageException e)
        {
            console.Usage(e.Message);
            return UsageError;
        }
    }

    private static T? OrNull<T>(string? text, Func<string, T> read)
        where T : class => text is null ? null : read(text);

    // An address says it, a JSON answer names its origin, and so does the key.
    private static Uri AddressOf(string page, VerifierKey? key)
    {
        if (Usage.IsAddress(page, out var address))
            return LetterPath().Match(address.AbsolutePath) is { Success: true } match ? new Uri(address, match.Value) : throw new UsageException("Say with --log where the letter's log is: the page's address does not tell");
        var origin = key?.Name ?? OriginIn(page) ?? throw new UsageException("Say with --log where the letter's log is: the page does not tell");
        return Uri.TryCreate($"https://{origin}", UriKind.Absolute, out var log) ? (log.IsLoopback ? new Uri($"http://{origin}") : log) : throw new UsageException("The origin that the page names is no address");
    }

    private static string? OriginIn(string page)
    {
        try
        {
            return PageAnswer.Parse(page, Usage.Read(page)).Origin is { } origin && Origin.TryParse(origin, out _) ? origin : null;
        }
        catch (LogFormatException)
        {
            return null;
        }
    }

    [GeneratedRegex("^.*/letters/[a-z0-9-]{1,64}(?=[./]|$)")]
    private static partial Regex LetterPath();
}
