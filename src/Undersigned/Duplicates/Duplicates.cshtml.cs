using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Duplicates;

/// <summary>Two lines side by side, and why they may be one person.</summary>
public sealed record ShownPair(Pair Pair, Signature First, Signature Second)
{
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Pair.FirstId}-{Pair.SecondId}");
    public Signature Kept => Telling.KeptOf(First, Second);
    public IReadOnlyList<ComparedPart> Parts { get; } = [.. Comparison.Of(First.ToShown(), Second.ToShown()).Where(p => p.Left.Length + p.Right.Length > 0)];
    public bool HasOtherWords => Parts.Any(p => p.Differs);
    public string Sum => PairRows.SumOf(Pair);
    public IReadOnlyList<Linkage.Reason> Reasons { get; } = PairRows.ReasonsOf(Pair);

    /// <summary>The one that is checked less, where somebody may be using a name.</summary>
    public Signature Doubtful => First.Level < Second.Level ? First : Second;
}

/// <summary>Twenty pairs a screen: the same person, or different people; and names that somebody may be using.</summary>
[StaffOnly(StaffRole.Reviewer)]
public sealed class DuplicatesModel(UndersignedDb db, TimeProvider time, Telling telling, WorkSignal work) : StaffPage(db, time)
{
    public const int PairsAScreen = 20;

    public IReadOnlyList<ShownPair> Pairs { get; private set; } = [];
    public IReadOnlyList<ShownPair> Doubtful { get; private set; } = [];
    public int Waiting { get; private set; }
    public int Likely { get; private set; }
    public int ToldApart { get; private set; }

    /// <summary>How many pairs were just decided, and how many somebody else had decided or changed.</summary>
    [BindProperty(SupportsGet = true, Name = "done")]
    public int? Done { get; set; }

    [BindProperty(SupportsGet = true, Name = "left")]
    public int Left { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        var waiting = Db.Pairs.AsNoTracking().Where(p => p.LetterId == Letter.Id && p.State == PairState.Waiting);
        Pairs = await ShownAsync(waiting.Where(p => !p.MayBeImpersonation), cancellation);
        Doubtful = await ShownAsync(waiting.Where(p => p.MayBeImpersonation && p.IsLikely), cancellation);
        Waiting = await waiting.CountAsync(p => !p.MayBeImpersonation, cancellation);
        Likely = await waiting.CountAsync(p => !p.MayBeImpersonation && p.IsLikely, cancellation);
        ToldApart = await Db.Pairs.CountAsync(p => p.LetterId == Letter.Id && p.State == PairState.Different, cancellation);
        return Page();
    }

    private async Task<IReadOnlyList<ShownPair>> ShownAsync(IQueryable<Pair> pairs, CancellationToken cancellation) =>
        [.. (await pairs.OrderByDescending(p => p.IsLikely).ThenByDescending(p => p.Bits).ThenBy(p => p.FirstId).ThenBy(p => p.SecondId).Take(PairsAScreen)
            .Join(Db.Signatures.AsNoTracking(), p => p.FirstId, s => s.Id, (p, s) => new { Pair = p, First = s })
            .Join(Db.Signatures.AsNoTracking(), x => x.Pair.SecondId, s => s.Id, (x, s) => new { x.Pair, x.First, Second = s })
            .ToListAsync(cancellation))
            .OrderByDescending(x => x.Pair.IsLikely).ThenByDescending(x => x.Pair.Bits).ThenBy(x => x.Pair.FirstId).ThenBy(x => x.Pair.SecondId)
            .Select(x => new ShownPair(x.Pair, x.First, x.Second))];

    /// <summary>What is marked on the whole screen, or the one pair whose button was pressed ("same.3-9").</summary>
    public async Task<IActionResult> OnPostDecisionsAsync(string[] pair, string? one, CancellationToken cancellation)
    {
        var told = one?.Split('.') is [var verdict, var key]
            ? Read(key, verdict) is { } single ? [single] : []
            : pair.Take(2 * PairsAScreen).Select(k => Read(k, Request.Form["told-" + k].ToString())).OfType<Told>().ToList();
        var (done, left) = (0, 0);
        foreach (var each in told)
            if (await telling.TellAsync(Letter.Id, AccountId, each, cancellation))
                done++;
            else
                left++;
        work.Poke();
        return LocalRedirect($"~/desk/letters/{Letter.Id}/duplicates?done={done}&left={left}");
    }

    private Told? Read(string key, string verdict) =>
        verdict is not ("same" or "different") || key.Split('-') is not [var a, var b]
        || !long.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var first) || !long.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? null
            : new Told(first, second, verdict == "same", long.TryParse(Request.Form["words-" + key], NumberStyles.None, CultureInfo.InvariantCulture, out var words) ? words : null);

    public static string NameOf(Signature s) => s.Number is { } number ? Shared.Printed.Signature(number) : "not on the page";
}
