using System.CommandLine;
using Undersigned.Accounts;
using Undersigned.Model;

namespace Undersigned.Operation;

/// <summary>`undersigned setup`: a new link for the first account, also while the web is stopped.</summary>
internal static class SetupVerb
{
    public static readonly IReadOnlyList<Setting> Settings = [Setting.Data, Setting.Database, Setting.Url, Setting.Port];

    public static Command Make(TextWriter output, TextWriter error)
    {
        var command = new Command("setup", "Print a new one-time link that makes the first account; the one before dies.").WithExample("undersigned setup --data /var/lib/undersigned --url https://letters.example.org");
        command.SetAction(Settings, error, async (settings, _, cancellation) =>
        {
            await using var offline = await OfflineInstance.OpenAsync(settings.Instance);
            if (await offline.SetupLinks.EnsureAsync(cancellation) is { } link)
            {
                await output.WriteLineAsync(link.ToString());
                return ExitStatus.Done;
            }
            await error.WriteLineAsync("There is an account already. Its owner signs in, or you give them a new way in: undersigned account reset ADDRESS.");
            return ExitStatus.Failed;
        });
        return command;
    }
}
