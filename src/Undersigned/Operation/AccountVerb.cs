using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
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
        var json = new Option<bool>("--json") { Description = "An array of {address, name, isOperator, roles}, roles by letter." };
        var command = new Command("list", "Name, address and letters of each account.") { json }.WithExample("undersigned account list --data /var/lib/undersigned");
        command.SetAction([Setting.Data, Setting.Database], error, async (settings, parsed, cancellation) =>
        {
            await using var offline = await OfflineInstance.OpenAsync(settings.Instance);
            var accounts = new List<Listed>();
            foreach (var account in await offline.Db.Users.OrderBy(a => a.CreatedAt).ToListAsync(cancellation))
                accounts.Add(new Listed(account.Email!, account.DisplayName, account.IsOperator, await offline.Db.Staff.Where(s => s.AccountId == account.Id)
                    .Join(offline.Db.Letters, s => s.LetterId, l => l.Id, (s, l) => new { l.Slug, s.Role }).ToDictionaryAsync(r => r.Slug, r => r.Role.ToString(), cancellation)));
            await output.WriteAsync(parsed.GetValue(json)
                ? JsonSerializer.Serialize(accounts, JsonSerializerOptions.Web) + "\n"
                : string.Concat(accounts.Select(a => a.Line + "\n")));
            return ExitStatus.Done;
        });
        return command;
    }

    private sealed record Listed(string Address, string Name, bool IsOperator, IReadOnlyDictionary<string, string> Roles)
    {
        [JsonIgnore]
        public string Line => $"{Address}  {Name}{(IsOperator ? "  operator" : "")}  {string.Join(", ", Roles.Select(r => $"{r.Key}: {r.Value}"))}".TrimEnd();
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
