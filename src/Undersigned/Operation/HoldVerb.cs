using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Operation;

/// <summary>`undersigned hold`: the desk's three switches from the console, also while the web is stopped.</summary>
internal static class HoldVerb
{
    public static Command Make(TextWriter output, TextWriter error)
    {
        var what = new Argument<string>("what") { Description = "signing, publishing or mail" }.AcceptOnlyFromAmong("signing", "publishing", "mail");
        var letter = new Option<string?>("--letter") { Description = "The letter's slug; without it, every letter.", HelpName = "slug" };
        var lift = new Option<bool>("--lift") { Description = "Let it go on again." };
        var command = new Command("hold", "Hold signing, publishing or mail of a letter, or lift the hold.") { what, letter, lift }.WithExample("undersigned hold mail --letter waterways --data /var/lib/undersigned");
        command.SetAction([Setting.Data, Setting.Database], error, async (settings, parsed, cancellation) =>
        {
            await using var offline = await OfflineInstance.OpenAsync(settings.Instance);
            var db = offline.Db;
            var slug = parsed.GetValue(letter);
            var letters = await db.Letters.Where(l => slug == null || l.Slug == slug).ToListAsync(cancellation);
            if (letters.Count == 0)
            {
                await error.WriteLineAsync(slug is null ? "There is no letter here." : $"There is no letter “{slug}” here.");
                return ExitStatus.Failed;
            }
            foreach (var found in letters)
            {
                var (held, hold) = (parsed.GetValue(what)!, !parsed.GetValue(lift));
                await SetAsync(found, held, hold, output);
                db.Acts.Add(new StaffAct { LetterId = found.Id, AccountId = StaffAct.Console, At = TimeProvider.System.GetUtcNow(), What = $"{(hold ? "hold" : "lift")}-{held}" });
            }
            await db.SaveChangesAsync(cancellation);
            return ExitStatus.Done;
        });
        return command;
    }

    private static Task SetAsync(Letter letter, string what, bool hold, TextWriter output)
    {
        if (what == "signing")
            letter.HoldSigning = hold;
        else if (what == "publishing")
            letter.HoldPublishing = hold;
        else
            letter.HoldMail = hold;
        return output.WriteLineAsync($"{letter.Slug}: {what} {(hold ? "is held" : "goes on")}");
    }
}
