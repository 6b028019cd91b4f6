using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Admission;

/// <summary>How many people look at which names before they are public, and for which two must agree.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class AdmissionModel(UndersignedDb db, TimeProvider time, WorkSignal work) : StaffPage(db, time)
{
    public const int MostNames = 5_000;
    private const int Attempts = 8;

    [BindProperty]
    public AdmissionForm Form { get; set; } = new();

    public IReadOnlyList<WatchName> Names { get; private set; } = [];
    /// <summary>What was pasted and not taken, when something about it is wrong.</summary>
    public string? Pasted { get; private set; }
    public string? PasteProblem { get; private set; }

    /// <summary>"rules", "names" or "removed".</summary>
    [BindProperty(SupportsGet = true, Name = "did")]
    public string? Did { get; set; }

    /// <summary>How many names were added, or how many signatures are looked at again.</summary>
    [BindProperty(SupportsGet = true, Name = "n")]
    public int Number { get; set; }

    [BindProperty(SupportsGet = true, Name = "again")]
    public int Again { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        Form = AdmissionForm.Of(Letter.Admission);
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        foreach (var (field, problem) in Form.Problems())
            ModelState.AddModelError(field, problem);
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        return await ChangeAsync("rules", () =>
        {
            Letter.Admission = Form.ToRules();
            Record("admission-rules", detail: Summary(Letter.Admission));
            return Task.FromResult(0);
        }, cancellation);
    }

    /// <summary>One name from the fields, or many from the box.</summary>
    public async Task<IActionResult> OnPostNamesAsync(string? name, string? aliases, string? context, bool isTitle, string? many, CancellationToken cancellation)
    {
        var names = PastedNames.Read(many).ToList();
        if (!string.IsNullOrWhiteSpace(name))
            names.Insert(0, new PastedName(name.Trim(), PastedNames.Aliases(aliases), context?.Trim() ?? ""));
        var there = await Db.WatchNames.CountAsync(w => w.LetterId == Letter.Id, cancellation);
        PasteProblem = names.Count == 0 ? "Type a name, or paste some."
            : there + names.Count > MostNames ? $"At most {MostNames} names."
            : names.Select((n, i) => PastedNames.ProblemOf(n) is { } wrong ? $"{n.Name}: {wrong}" : null).FirstOrDefault(p => p is not null);
        if (PasteProblem is not null)
        {
            Pasted = many;
            Form = AdmissionForm.Of(Letter.Admission);
            return await ShowAsync(cancellation);
        }
        return await ChangeAsync("names", async () =>
        {
            var known = (await Db.WatchNames.Where(w => w.LetterId == Letter.Id).Select(w => w.Name).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
            var added = names.Where(n => known.Add(n.Name)).Select(n => new WatchName
            {
                LetterId = Letter.Id,
                Name = n.Name,
                Aliases = [.. n.Aliases],
                Context = n.Context,
                IsTitle = isTitle,
                AddedBy = AccountId,
                At = Now,
            }).ToList();
            Db.WatchNames.AddRange(added);
            Record("watch-names", detail: $"{added.Count} added");
            return added.Count;
        }, cancellation);
    }

    public Task<IActionResult> OnPostRemovalAsync(long id, CancellationToken cancellation) => ChangeAsync("removed", async () =>
    {
        if (await Db.WatchNames.SingleOrDefaultAsync(w => w.Id == id && w.LetterId == Letter.Id, cancellation) is not { } gone)
            return 0;
        Db.WatchNames.Remove(gone);
        Record("watch-names", detail: "1 removed");
        return 1;
    }, cancellation);

    /// <summary>Under the letter's lock: the change, the letter's rules as the record states them, and everyone who is on the way looked at by the new rules.</summary>
    private async Task<IActionResult> ChangeAsync(string did, Func<Task<int>> change, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (number, again) = await ChangeOnceAsync(change, cancellation);
                work.Poke();
                return LocalRedirect($"~/desk/letters/{Letter.Id}/admission?did={did}&n={number}&again={again}");
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // One of them was listed, or left, while we read: nothing is changed, and everything is read anew.
                Db.ChangeTracker.Clear();
                Db.Attach(Letter);
            }
        }
    }

    private async Task<(int Number, int Again)> ChangeOnceAsync(Func<Task<int>> change, CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        var number = await change();
        await Db.ReviseRulesAsync(Letter, Now, cancellation);
        await Db.SaveChangesAsync(cancellation);
        var again = await Db.RuleWaitingAgainAsync(Letter, Now, cancellation);
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (number, again);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        Names = await Db.WatchNames.AsNoTracking().Where(w => w.LetterId == Letter.Id).OrderBy(w => w.Name).ThenBy(w => w.Id).ToListAsync(cancellation);
        return Page();
    }

    private static string Summary(AdmissionRules rules) =>
        string.Join(", ", Enum.GetValues<SignatureLevel>().Select(l => $"{l.ToString().ToLowerInvariant()} {rules.LooksFor(l)}"))
        + $"; {rules.Words.Count} words; titles {(rules.ShippedTitles ? "on" : "off")}; alarm {rules.AlarmAbove}";

    /// <summary>What follows from letting a level in with nobody looking.</summary>
    public static string AtOnce(SignatureLevel level) => level switch
    {
        SignatureLevel.Imported => "what somebody pastes in stands at once, unless it is odd; only another person’s paste is looked at.",
        SignatureLevel.Email => "everything confirmed appears within seconds: also the joke, the insult and the name that is not theirs.",
        SignatureLevel.Account => "whoever opens an account at such a place appears within seconds, under any name.",
        SignatureLevel.Domain => "whoever has an address there appears within seconds; its administrators can make addresses.",
        SignatureLevel.Roster => "whoever reads an address on your roster appears within seconds, under the name they typed.",
        SignatureLevel.Vouched => "two people on the list have spoken for them already.",
        _ => "a reviewer knows or reached them already.",
    };
}
