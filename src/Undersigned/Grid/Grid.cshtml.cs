using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>
/// All signatures of the letter. Without script a table in pages with one bar of acts; with it a sheet (wwwroot/grid.js), which reads and writes
/// through the JSON of Grid.Sheet.cs. Whoever may not edit sees the same without the bar.
/// </summary>
[StaffOnly(StaffRole.Reviewer, AuditorReads = true)]
[RequestSizeLimit(LargestBody)]
public sealed partial class GridModel(UndersignedDb db, TimeProvider time, GridQuery query, GridActs acts, GridEdits edits, Presence presence, WorkSignal work) : StaffPage(db, time)
{
    /// <summary>Twenty thousand cells, as a fill of the whole sheet sends them.</summary>
    private const int LargestBody = 8 * 1024 * 1024;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true, Name = "state")]
    public SignatureState? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "level")]
    public SignatureLevel? Level { get; set; }

    [BindProperty(SupportsGet = true, Name = "domain")]
    public string? Domain { get; set; }

    [BindProperty(SupportsGet = true, Name = "organization")]
    public string? Organization { get; set; }

    [BindProperty(SupportsGet = true, Name = "since")]
    public DateOnly? Since { get; set; }

    [BindProperty(SupportsGet = true, Name = "noted")]
    public bool Noted { get; set; }

    [BindProperty(SupportsGet = true, Name = "press")]
    public bool Press { get; set; }

    [BindProperty(SupportsGet = true, Name = "sort")]
    public GridSort Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = "down")]
    public bool Down { get; set; }

    /// <summary>The last row of the page before.</summary>
    [BindProperty(SupportsGet = true, Name = "after")]
    public long? After { get; set; }

    /// <summary>The act just done.</summary>
    [BindProperty(SupportsGet = true, Name = "did")]
    public long? Did { get; set; }

    [BindProperty(SupportsGet = true, Name = "undone")]
    public int? Undone { get; set; }

    [BindProperty(SupportsGet = true, Name = "kept")]
    public int Kept { get; set; }

    public GridPage Rows { get; private set; } = null!;
    public int Total { get; private set; }
    public BulkAct? Done { get; private set; }
    /// <summary>What came of the act, where some lines were left or need another person too.</summary>
    public string? Said { get; private set; }
    public IReadOnlyList<(string Who, string Why)> LeftOut { get; private set; } = [];
    public string? Refusal { get; private set; }
    public HashSet<long> Picked { get; private set; } = [];

    /// <summary>An address, a note and a private tick are not searched by whoever is not shown them.</summary>
    public GridFilter Filter => new()
    {
        Text = MayEdit || !IsForAddress ? Text : null,
        State = State,
        Level = Level,
        Domain = Domain,
        Organization = Organization,
        Since = Since,
        Noted = MayEdit && Noted,
        Press = MayEdit && Press,
        Sort = Sort,
        Down = Down,
    };

    /// <summary>The page of one signature is for editors and the auditor.</summary>
    public bool MayOpen => MayEdit || Role == StaffRole.Auditor;

    private bool IsForAddress => Text?.Contains('@', StringComparison.Ordinal) == true;

    public bool IsFiltered => Filter with { Sort = default, Down = false } != new GridFilter { Text = Text is { Length: > 0 } ? Text : null };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        return await ShowAsync(cancellation);
    }

    private async Task<PageResult> ShowAsync(CancellationToken cancellation)
    {
        Rows = await query.PageAsync(Letter.Id, Filter, After, cancellation);
        Total = await query.CountAsync(Letter.Id, cancellation);
        if (MayEdit)
            await LookedAtRowsAsync(Rows.Rows, cancellation);
        Done = Did is { } did ? await Db.BulkActs.AsNoTracking().SingleOrDefaultAsync(a => a.Id == did && a.LetterId == Letter.Id, cancellation) : null;
        return Page();
    }

    /// <summary>Notes and private ticks that were shown, and an address that was asked for.</summary>
    private async Task LookedAtRowsAsync(IReadOnlyList<Signature> rows, CancellationToken cancellation)
    {
        if (IsForAddress)
            await LookedAtAsync(rows.Count == 1 ? rows[0] : null, "grid: searched by an address", cancellation);
        var (notes, ticks) = (rows.Count(r => r.HasNote), rows.Count(r => r.PressMayCall));
        if (notes + ticks > 0)
            await LookedAtAsync(null, $"grid: {StaffWords.Count(notes, "note", "notes")}, {StaffWords.Count(ticks, "tick", "ticks")} for the press, signatures {rows.Min(r => r.Id)} to {rows.Max(r => r.Id)}", cancellation);
    }

    /// <summary>The bar below the table: one act on what is ticked, or on everything that fits the filter.</summary>
    public async Task<IActionResult> OnPostActAsync(GridForm form, CancellationToken cancellation)
    {
        if (!MayEdit)
            return NotFound();
        var picked = form.All ? await query.IdsAsync(Letter.Id, Filter, cancellation) : form.Ids;
        Picked = form.All ? [] : [.. picked];
        Refusal = picked.Count == 0 ? "Tick at least one line." : picked.Count > GridActs.Most ? $"At most {GridActs.Most:N0} lines at once." : form.Wrong;
        if (Refusal is not null)
            return await ShowAsync(cancellation);
        var outcome = form.Act == "write"
            ? await edits.WriteAsync(Letter, AccountId, "edit", form.Reason, await CellsAsync(form, picked, cancellation), cancellation)
            : await ActAsync(form, picked, cancellation);
        work.Poke();
        if (outcome.Left.Count + outcome.Looks == 0)
            return Here($"did={outcome.ActId}");
        (Did, Said, LeftOut) = (outcome.ActId, GridWords.Done(outcome), await NamedAsync(outcome.Left, cancellation));
        return await ShowAsync(cancellation);
    }

    private Task<GridOutcome> ActAsync(GridForm form, IReadOnlyCollection<long> ids, CancellationToken cancellation) => form.Act switch
    {
        "admit" => acts.AdmitAsync(Letter, (AccountId, Role), ids, cancellation),
        "aside" => acts.SetAsideAsync(Letter, (AccountId, Role), ids, cancellation),
        "back" => acts.ReinstateAsync(Letter, (AccountId, Role), ids, cancellation),
        "remove" => acts.RemoveAsync(Letter, (AccountId, Role), ids, form.Why!, cancellation),
        "known" => acts.MarkKnownAsync(Letter, (AccountId, Role), ids, form.How!.Trim(), cancellation),
        _ => acts.NoteAsync(Letter, (AccountId, Role), ids, (form.Note ?? "").Trim(), cancellation),
    };

    // Of what was ticked the form carries the marks of what was seen; "everything that fits" is as it stands now.
    private async Task<IReadOnlyList<CellEdit>> CellsAsync(GridForm form, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var marks = form.All
            ? (await Db.Signatures.AsNoTracking().Where(s => s.LetterId == Letter.Id && ids.Contains(s.Id)).ToListAsync(cancellation)).ToDictionary(s => s.Id, GridCells.Mark)
            : form.Marks;
        return [.. ids.Where(marks.ContainsKey).Select(id => new CellEdit(id, marks[id], form.Column, form.Value ?? ""))];
    }

    private async Task<IReadOnlyList<(string, string)>> NamedAsync(IReadOnlyList<Left> left, CancellationToken cancellation)
    {
        var ids = left.Select(l => l.Id).ToList();
        var names = await Db.Signatures.AsNoTracking().Where(s => s.LetterId == Letter.Id && ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, cancellation);
        return [.. left.Select(l => (names[l.Id].Length > 0 ? names[l.Id] : "data gone", l.Why))];
    }

    public async Task<IActionResult> OnPostUndoAsync(long act, CancellationToken cancellation)
    {
        if (!MayEdit)
            return NotFound();
        var undone = await Db.UndoBulkAsync(Letter, act, AccountId, Now, cancellation);
        work.Poke();
        return Here($"undone={undone.Restored}&kept={undone.Left}");
    }

    private LocalRedirectResult Here(string and) => LocalRedirect($"~/desk/letters/{Letter.Id}/grid{Asked(Sort, Down, After, and)}");

    /// <summary>The filter as a query string, with another order or another page.</summary>
    public string Asked(GridSort sort, bool down, long? after = null, string? and = null)
    {
        var parts = new List<string>();
        void Put(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }
        Put("q", Text);
        Put("state", State?.ToString());
        Put("level", Level?.ToString());
        Put("domain", Domain);
        Put("organization", Organization);
        Put("since", Since?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Put("noted", Noted ? "true" : null);
        Put("press", Press ? "true" : null);
        Put("sort", sort == GridSort.Signed ? null : sort.ToString());
        Put("down", down ? "true" : null);
        Put("after", after is null or 0 ? null : after.Value.ToString(CultureInfo.InvariantCulture));
        if (and is not null)
            parts.Add(and);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private string MyName => User.FindFirstValue("display_name") ?? User.Identity?.Name ?? "";
}

/// <summary>What the bar sends: the ticked lines with the marks of what was seen, and the act with what it needs.</summary>
public sealed class GridForm
{
    /// <summary>"17.0a1b2c3d4e": a line's id and its mark.</summary>
    public string[] Pick { get; set; } = [];
    public bool All { get; set; }
    public string? Act { get; set; }
    public string? Why { get; set; }
    public string? How { get; set; }
    public string? Note { get; set; }
    public GridColumn Column { get; set; }
    public string? Value { get; set; }
    public string Reason { get; set; } = "typo";

    public Dictionary<long, string> Marks
    {
        get
        {
            var marks = new Dictionary<long, string>();
            foreach (var one in Pick)
                if (one.Split('.') is [var id, var mark] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    marks[number] = mark;
            return marks;
        }
    }

    public IReadOnlyList<long> Ids => [.. Marks.Keys];

    /// <summary>What the act lacks, in words.</summary>
    public string? Wrong => Act switch
    {
        "admit" or "aside" or "back" => null,
        "remove" => StaffWords.IsReason(Why) ? null : "Choose the reason, then decline or remove.",
        "known" => How?.Trim() is { Length: > 0 and <= GridActs.LongestHow } ? null : $"Say how they are known, in at most {GridActs.LongestHow} characters.",
        "note" => (Note ?? "").Trim().Length <= GridCells.LongestNote ? null : $"A note has at most {GridCells.LongestNote:N0} characters.",
        "write" => GridEdits.Reasons.Contains(Reason) ? null : "Choose why the line changes.",
        _ => "Choose what to do.",
    };
}
