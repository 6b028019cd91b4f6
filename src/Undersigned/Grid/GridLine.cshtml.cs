using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>One row of the grid as a form, for browsers without script and for phones.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class GridLineModel(UndersignedDb db, TimeProvider time, GridEdits edits, WorkSignal work) : StaffPage(db, time)
{
    public static IReadOnlyList<GridColumn> Columns { get; } = Enum.GetValues<GridColumn>();

    [FromRoute(Name = "signatureId")]
    public long SignatureId { get; set; }

    [BindProperty(SupportsGet = true, Name = "did")]
    public bool Did { get; set; }

    public Signature Signature { get; private set; } = null!;
    public Dictionary<GridColumn, string> Cells { get; private set; } = [];
    public string Mark { get; private set; } = "";

    /// <summary>What somebody else has made of the line meanwhile.</summary>
    public bool IsChanged { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } signature)
            return NotFound();
        Show(signature);
        if (signature.HasNote)
            await LookedAtAsync(signature, "note", cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string mark, string reason, [Bind(Prefix = "cell")] Dictionary<string, string?> cell, CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not { } signature)
            return NotFound();
        var typed = Columns.Where(c => cell.ContainsKey(c.ToString())).ToDictionary(c => c, c => cell[c.ToString()] ?? "");
        var sent = typed.Where(t => t.Value != GridCells.Text(signature, t.Key)).Select(t => new CellEdit(SignatureId, mark, t.Key, t.Value)).ToList();
        var outcome = await edits.WriteAsync(Letter, AccountId, "edit", GridEdits.Reasons.Contains(reason) ? reason : GridEdits.Reasons[0], sent, cancellation);
        work.Poke();
        if (outcome.Left.Count == 0)
            return LocalRedirect($"~/desk/letters/{Letter.Id}/grid/{SignatureId}?did={outcome.ActId is not null}");
        foreach (var left in outcome.Left)
            ModelState.AddModelError($"cell_{left.Column}", left.Why);
        IsChanged = outcome.Left.Any(l => l.Why == GridEdits.Changed);
        Show((await FindAsync(cancellation))!);
        // What was typed stays in the fields; what is there now stands beside it.
        foreach (var (column, value) in typed)
            Cells[column] = value;
        return Page();
    }

    private void Show(Signature signature)
    {
        Signature = signature;
        Mark = GridCells.Mark(signature);
        Cells = Columns.ToDictionary(c => c, c => GridCells.Text(signature, c));
    }

    private Task<Signature?> FindAsync(CancellationToken cancellation) =>
        Db.Signatures.AsNoTracking().SingleOrDefaultAsync(s => s.Id == SignatureId && s.LetterId == Letter.Id, cancellation);
}
