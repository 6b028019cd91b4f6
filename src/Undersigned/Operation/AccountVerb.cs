using System.CommandLine;
using Microsoft.EntityFrameworkCore;

namespace Undersigned.Operation;

/// <summary>`undersigned account list|reset`: who may work here, and a way back in for somebody who lost theirs.</summary>
internal static class AccountVerb
{
    public static Command Make(TextWriter output, TextWriter error) =>
        new Command("account", "Accounts of staff: list them, or give one a new way in.") { List(output, error), Reset(output, error) }
            .WithExample("undersigned account list --data /var/lib/undersigned");

    private static Command List(TextWriter output, TextWriter error)
    {
        var command = new Command("list", "Name, address and letters of each account.").WithExample("undersigned account list --data /var/lib/undersigned");
        command.SetAction([Setting.Data, Setting.Database], error, async (settings, _, cancellation) =>
        {
            await using var offline = await OfflineInstance.OpenAsync(settings.Instance);
            var db = offline.Db;
            foreach (var account in await db.Users.OrderBy(a => a.CreatedAt).ToListAsync(cancellation))
            {
                var roles = await db.Staff.Where(s => s.AccountId == account.Id)
                    .Join(db.Letters, s => s.LetterId, l => l.Id, (s, l) => l.Slug + ": " + s.Role).ToListAsync(cancellation);
                await output.WriteLineAsync($"{account.Email}  {account.DisplayName}{(account.IsOperator ? "  operator" : "")}  {string.Join(", ", roles)}".TrimEnd());
            }
            return ExitStatus.Done;
        });
        return command;
    }

    private static Command Reset(TextWriter output, TextWriter error)
    {
        var address = new Argument<string>("address") { Description = "The address that the account signs in with." };
        var command = new Command("reset", "Take every way in from an account and print a one-time link that makes a new one. Its letters and roles stay.") { address }
            .WithExample("undersigned account reset owner@example.org --data /var/lib/undersigned --url https://letters.example.org");
        command.SetAction(SetupVerb.Settings, error, async (settings, parsed, cancellation) =>
        {
            await using var offline = await OfflineInstance.OpenAsync(settings.Instance);
            if (await offline.SetupLinks.ResetAsync(parsed.GetValue(address)!, cancellation) is { } link)
            {
                await output.WriteLineAsync(link.ToString());
                return ExitStatus.Done;
            }
            await error.WriteLineAsync($"No account signs in with “{parsed.GetValue(address)}”. See: undersigned account list.");
            return ExitStatus.Failed;
        });
        return command;
    }
}
