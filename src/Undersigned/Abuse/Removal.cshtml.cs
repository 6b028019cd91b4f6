using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Abuse;

/// <summary>Many at once, by what they have in common. First it counts and shows some; the act can be undone.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class RemovalModel(UndersignedDb db, TimeProvider time, BulkRemoval removal, WorkSignal work) : StaffPage(db, time)
{
    private const int Samples = 20;
    private const int Longest = 200;
    private const int ActsShown = 10;

    [BindProperty]
    public string? Domain { get; set; }
    [BindProperty]
    public string? Network { get; set; }
    [BindProperty]
    public string? Name { get; set; }
    [BindProperty]
    public string? From { get; set; }
    [BindProperty]
    public string? Until { get; set; }
    [BindProperty]
    public string? Level { get; set; }
    [BindProperty]
    public string? State { get; set; }

    /// <summary>What came of the press before.</summary>
    [BindProperty(SupportsGet = true, Name = "did")]
    public string? Did { get; set; }

    public int? Count { get; private set; }
    public IReadOnlyList<Signature> Sample { get; private set; } = [];
    public IReadOnlyList<BulkAct> Acts { get; private set; } = [];
    public bool LacksReason { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        await ActsAsync(cancellation);
        return Page();
    }

    /// <summary>Counts, and changes nothing.</summary>
    public Task<IActionResult> OnPostCountAsync(CancellationToken cancellation) => ShowAsync(cancellation);

    public async Task<IActionResult> OnPostActAsync(string? why, int counted, CancellationToken cancellation)
    {
        if (Read() is not { } condition)
            return await ShowAsync(cancellation);
        if (!StaffWords.IsReason(why))
        {
            LacksReason = true;
            return await ShowAsync(cancellation);
        }
        if (await removal.RemoveAsync(Letter, AccountId, condition, why!, counted, cancellation) is not { } act)
        {
            Did = "changed";
            return await ShowAsync(cancellation);
        }
        work.Poke();
        return Here(act.Count.ToString(CultureInfo.InvariantCulture));
    }

    public async Task<IActionResult> OnPostUndoAsync(long act, CancellationToken cancellation)
    {
        var isOurs = await Db.BulkActs.AnyAsync(a => a.Id == act && a.LetterId == Letter.Id && a.What == BulkRemoval.What, cancellation);
        if (!isOurs)
            return NotFound();
        var undone = await Db.UndoBulkAsync(Letter, act, AccountId, Now, cancellation);
        work.Poke();
        return Here(undone.WasUndone ? "undone-before" : string.Create(CultureInfo.InvariantCulture, $"undone-{undone.Restored}-{undone.Left}"));
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        if (Read() is { } condition)
            (Count, Sample) = await removal.TryAsync(Letter, condition, Samples, cancellation);
        await ActsAsync(cancellation);
        if (!ModelState.IsValid || LacksReason || Did is not null)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private Condition? Read()
    {
        ModelState.Clear();
        // A part that is left out would mean more people than was typed.
        foreach (var (field, typed) in new[] { (nameof(Domain), Domain), (nameof(Network), Network), (nameof(Name), Name) })
            if (typed?.Trim().Length > Longest)
                ModelState.AddModelError(field, $"At most {Longest} characters.");
        if (Level is { Length: > 0 } && !Enum.TryParse<SignatureLevel>(Level, out _))
            ModelState.AddModelError(nameof(Level), "There is no such level.");
        if (State is { Length: > 0 } && !(Enum.TryParse<SignatureState>(State, out var asked) && BulkRemoval.States.Contains(asked)))
            ModelState.AddModelError(nameof(State), "Nobody there can be removed.");
        var condition = new Condition
        {
            Domain = Tidy(Domain)?.TrimStart('@'),
            Network = Tidy(Network),
            Name = Tidy(Name),
            From = Time(nameof(From), From),
            Until = Time(nameof(Until), Until),
            Level = Enum.TryParse<SignatureLevel>(Level, out var level) ? level : null,
            State = Enum.TryParse<SignatureState>(State, out var state) && BulkRemoval.States.Contains(state) ? state : null,
        };
        if (ModelState.IsValid && !condition.SaysEnough)
            ModelState.AddModelError(nameof(Domain), "Say what they have in common: a domain, a network, a name or a time. Level and state alone would mean everybody.");
        return ModelState.IsValid ? condition : null;
    }

    private static readonly string[] TimeFormats = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"];

    private DateTimeOffset? Time(string field, string? typed)
    {
        if (Tidy(typed) is not { } text)
            return null;
        if (DateTime.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return new DateTimeOffset(time, TimeSpan.Zero);
        ModelState.AddModelError(field, "Write the time as 2026-03-01 09:00; it is UTC.");
        return null;
    }

    private async Task ActsAsync(CancellationToken cancellation) => Acts = await Db.BulkActs.AsNoTracking()
        .Where(a => a.LetterId == Letter.Id && a.What == BulkRemoval.What).OrderByDescending(a => a.Id).Take(ActsShown).ToListAsync(cancellation);

    private static string? Tidy(string? text) => text?.Trim() is { Length: > 0 and <= Longest } tidy ? tidy : null;

    private LocalRedirectResult Here(string did) => LocalRedirect($"~/desk/letters/{Letter.Id}/bulk-removal?did={did}");
}
