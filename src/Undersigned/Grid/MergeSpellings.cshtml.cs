using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>One suggestion as the form sends it.</summary>
public sealed class ClusterForm
{
    public bool Merge { get; set; }
    public string[] From { get; set; } = [];
    public string? To { get; set; }
}

/// <summary>Spellings of an organization or a position that may mean the same, in clusters; the ticked ones become one.</summary>
[StaffOnly(StaffRole.Editor)]
[RequestSizeLimit(LargestBody)]
public sealed class MergeSpellingsModel(UndersignedDb db, TimeProvider time, SpellingMerge merge, SpellingsApart apart, WorkSignal work) : StaffPage(db, time)
{
    private const int LargestBody = 1024 * 1024;
    public const int ClustersAPage = 20;
    public const int SpellingsShown = 25;

    /// <summary>Organization, or Position.</summary>
    [BindProperty(SupportsGet = true, Name = "of")]
    public GridColumn Of { get; set; } = GridColumn.Organization;

    [BindProperty(SupportsGet = true, Name = "further")]
    public int PageNumber { get; set; }

    [BindProperty(SupportsGet = true, Name = "did")]
    public long? Did { get; set; }

    [BindProperty(SupportsGet = true, Name = "done")]
    public int Done { get; set; }

    [BindProperty(SupportsGet = true, Name = "left")]
    public int LeftOut { get; set; }

    /// <summary>How many spellings were just told apart, or taken for possibly the same again.</summary>
    [BindProperty(SupportsGet = true, Name = "told")]
    public int? Told { get; set; }

    [BindProperty(SupportsGet = true, Name = "back")]
    public bool TakenBack { get; set; }

    public IReadOnlyList<Cluster> Clusters { get; private set; } = [];
    public IReadOnlyList<ToldApart> Apart { get; private set; } = [];
    public int Found { get; private set; }
    public int Written { get; private set; }
    public string? Refusal { get; private set; }
    public IReadOnlyList<ClusterForm> Sent { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        await FindAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostMergeAsync(List<ClusterForm> c, int? one, CancellationToken cancellation)
    {
        var chosen = one is { } index ? c.Skip(index).Take(1).ToList() : [.. c.Where(x => x.Merge)];
        var merges = chosen.Select(x => new Merge([.. x.From.Where(f => f.Length > 0)], string.Join(' ', (x.To ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))).Where(m => m.From.Count > 0).ToList();
        Refusal = merges.Count == 0 ? "Tick the spellings that mean the same."
            : merges.Any(m => m.To.Length == 0) ? "Write what they become."
            : merges.Select(m => m.To.Contains(';', StringComparison.Ordinal) ? "A semicolon divides offices and cannot stand in one." : LineFaults.OfField(m.To)).FirstOrDefault(w => w is not null);
        if (Refusal is not null)
        {
            await FindAsync(cancellation);
            Sent = c;
            return Page();
        }
        var outcome = await merge.MergeAsync(Letter, AccountId, Of, merges, cancellation);
        work.Poke();
        return LocalRedirect($"~/desk/letters/{Letter.Id}/spellings?of={Of}&did={outcome.ActId ?? 0}&done={outcome.Done.Count}&left={outcome.Left.Count}");
    }

    /// <summary>What is ticked in one group are different bodies, checked: never suggested as one again.</summary>
    public async Task<IActionResult> OnPostApartAsync(List<ClusterForm> c, int one, CancellationToken cancellation)
    {
        var spellings = one >= 0 && one < c.Count ? c[one].From.Where(f => f.Length is > 0 and <= LineFaults.LongestField).Distinct(StringComparer.Ordinal).Take(SpellingsShown).ToList() : [];
        if (spellings.Count < 2)
        {
            Refusal = "Tick at least two that are different.";
            await FindAsync(cancellation);
            Sent = c;
            return Page();
        }
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        await apart.TellAsync(Letter, AccountId, Of, spellings, cancellation);
        Record("spellings-apart", detail: Counted(spellings.Count));
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return LocalRedirect($"~/desk/letters/{Letter.Id}/spellings?of={Of}&told={spellings.Count}");
    }

    /// <summary>They may be the same after all.</summary>
    public async Task<IActionResult> OnPostTogetherAsync(long at, CancellationToken cancellation)
    {
        if (at is < 0 or > 253_402_300_799_000_000)
            return NotFound();
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        var taken = await apart.TakeBackAsync(Letter.Id, Of, DateTimeOffset.UnixEpoch.AddMicroseconds(at), cancellation);
        if (taken > 0)
            Record("spellings-together", detail: Of.ToString().ToLowerInvariant());
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return LocalRedirect($"~/desk/letters/{Letter.Id}/spellings?of={Of}&told={taken}&back=true");
    }

    private string Counted(int spellings) => $"{Of.ToString().ToLowerInvariant()}: {StaffWords.Count(spellings, "spelling", "spellings")}";

    public static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    public async Task<IActionResult> OnPostUndoAsync(long act, CancellationToken cancellation)
    {
        var letterId = Letter.Id;
        var undone = await Db.UndoBulkAsync(Letter, act, AccountId, Now, cancellation);
        work.Poke();
        return LocalRedirect($"~/desk/letters/{letterId}/acts?undone={undone.Restored}&kept={undone.Left}");
    }

    private async Task FindAsync(CancellationToken cancellation)
    {
        if (Of != GridColumn.Position)
            Of = GridColumn.Organization;
        var spellings = await merge.CountAsync(Letter.Id, Of, cancellation);
        var known = await apart.KnownAsync(Letter.Id, Of, cancellation);
        var found = Spellings.Clusters(spellings, known.Rows.Count == 0 ? null : known.AreApart);
        Apart = await apart.ToldAsync(Letter.Id, Of, spellings, cancellation);
        (Written, Found) = (spellings.Count, found.Count);
        Clusters = [.. found.Skip(Math.Max(0, PageNumber) * ClustersAPage).Take(ClustersAPage)];
    }
}
