using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Desk;
using Undersigned.Model;

namespace Undersigned.Operation;

/// <summary>`undersigned hold`: the desk's four switches from the console, also while the web is stopped.</summary>
internal static class HoldVerb
{
    public static Command Make(TextWriter output, TextWriter error)
    {
        var what = new Argument<string>("what") { Description = "signing, publishing, display or mail" }.AcceptOnlyFromAmong([.. LetterSwitch.All.Select(s => s.Name)]);
        var letter = new Option<string?>("--letter") { Description = "The letter's slug; without it, every letter.", HelpName = "slug" };
        var lift = new Option<bool>("--lift") { Description = "Let it go on again." };
        var command = new Command("hold", "Hold signing, publishing, display or mail of a letter, or lift the hold.") { what, letter, lift }.WithExample("undersigned hold mail --letter waterways --data /var/lib/undersigned");
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
                var (which, hold) = (LetterSwitch.Find(parsed.GetValue(what))!, !parsed.GetValue(lift));
                if (!which.IsFor(found))
                {
                    await output.WriteLineAsync($"{found.Slug}: not public yet, so there is no {which.Name} to hold");
                    continue;
                }
                which.Set(found, hold, await db.PublishedSizeAsync(found.Id, cancellation));
                await output.WriteLineAsync($"{found.Slug}: {which.Name} {(hold ? "is " + which.Held : "goes on")}");
                db.Acts.Add(new StaffAct { LetterId = found.Id, AccountId = StaffAct.Console, At = TimeProvider.System.GetUtcNow(), What = $"{(hold ? "hold" : "lift")}-{which.Name}" });
            }
            await db.SaveChangesAsync(cancellation);
            return ExitStatus.Done;
        });
        return command;
    }
}
