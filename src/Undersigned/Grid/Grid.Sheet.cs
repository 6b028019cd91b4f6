using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>Cells that the sheet sends to be written.</summary>
public sealed record SheetCells(string What, string Reason, IReadOnlyList<CellEdit> Cells);

/// <summary>An act on rows of the sheet.</summary>
public sealed record SheetAct(string Act, IReadOnlyList<long> Ids, string? Why, string? How, string? Note);

public sealed record SheetUndo(long Act);

/// <summary>Where a window is, and since when it knows of changes.</summary>
public sealed record SheetSeat(string Window, IReadOnlyList<long> Rows, long Since, long Act);

/// <summary>What came of it, and the rows as they are now, whether they changed or somebody else changed them.</summary>
public sealed record SheetAnswer(long? Act, string Words, IReadOnlyList<SheetLeft> Left, IReadOnlyList<GridRow> Rows);

public sealed record SheetLeft(long Id, string? Column, string Why);

/// <summary>What the script of the sheet reads and writes, as JSON.</summary>
public sealed partial class GridModel
{
    private static readonly string[] Writing = ["edit", "fill-down", "paste"];

    /// <summary>A thousand rows after this id; and from when on changes are to be asked for.</summary>
    public async Task<IActionResult> OnGetRowsAsync(long after, CancellationToken cancellation)
    {
        var (since, act) = (Micros(Now), await LastActAsync(cancellation));
        var rows = await query.ChunkAsync(Letter.Id, after, cancellation);
        if (MayEdit)
            await LookedAtRowsAsync(rows, cancellation);
        return new JsonResult(new
        {
            rows = rows.Select(r => GridRow.Of(r, MayEdit)),
            next = rows.Count == GridQuery.LinesAChunk ? rows[^1].Id : (long?)null,
            total = await query.CountAsync(Letter.Id, cancellation),
            since,
            act,
        });
    }

    /// <summary>Ids of what fits, for what the sheet cannot know: an address.</summary>
    public async Task<IActionResult> OnGetIdsAsync(CancellationToken cancellation)
    {
        if (MayEdit && IsForAddress)
            await LookedAtAsync(null, "grid: searched by an address", cancellation);
        return new JsonResult(new { ids = await query.IdsAsync(Letter.Id, Filter, cancellation) });
    }

    public async Task<IActionResult> OnPostCellsAsync([FromBody] SheetCells sent, CancellationToken cancellation)
    {
        if (!MayEdit)
            return NotFound();
        if (!Writing.Contains(sent.What) || !GridEdits.Reasons.Contains(sent.Reason) || sent.Cells.Count is 0 or > GridActs.Most)
            return BadRequest();
        return await AnswerAsync(await edits.WriteAsync(Letter, AccountId, sent.What, sent.Reason, sent.Cells, cancellation), cancellation);
    }

    public async Task<IActionResult> OnPostActsAsync([FromBody] SheetAct sent, CancellationToken cancellation)
    {
        if (!MayEdit)
            return NotFound();
        var form = new GridForm { Act = sent.Act, Why = sent.Why, How = sent.How, Note = sent.Note };
        if (sent.Act == "write" || sent.Ids.Count is 0 or > GridActs.Most)
            return BadRequest();
        if (form.Wrong is { } wrong)
            return new JsonResult(new SheetAnswer(null, wrong, [], []));
        return await AnswerAsync(await ActAsync(form, sent.Ids, cancellation), cancellation);
    }

    public async Task<IActionResult> OnPostTakeBackAsync([FromBody] SheetUndo sent, CancellationToken cancellation)
    {
        if (!MayEdit)
            return NotFound();
        var letterId = Letter.Id;
        var about = await Db.BulkActItems.AsNoTracking().Where(i => i.BulkActId == sent.Act && i.LetterId == letterId).Select(i => i.SignatureId).ToListAsync(cancellation);
        var undone = await Db.UndoBulkAsync(Letter, sent.Act, AccountId, Now, cancellation);
        work.Poke();
        var words = undone.WasUndone ? "That was undone already." : GridWords.Undone(undone.Restored, undone.Left);
        return new JsonResult(new SheetAnswer(null, words, [], await RowsAsync(about, cancellation)));
    }

    private async Task<IActionResult> AnswerAsync(GridOutcome outcome, CancellationToken cancellation)
    {
        work.Poke();
        var rows = await RowsAsync([.. outcome.Done, .. outcome.Left.Select(l => l.Id)], cancellation);
        var left = outcome.Left.Select(l => new SheetLeft(l.Id, l.Column?.ToString(), l.Why)).ToList();
        return new JsonResult(new SheetAnswer(outcome.ActId, GridWords.Done(outcome), left, rows));
    }

    /// <summary>A sign of life every few seconds: where this window is; where the others are, and what has changed meanwhile.</summary>
    public async Task<IActionResult> OnPostPresenceAsync([FromBody] SheetSeat seat, CancellationToken cancellation)
    {
        if (seat.Window is not { Length: > 0 and <= 40 })
            return BadRequest();
        var others = presence.Sit(Letter.Id, seat.Window, AccountId, MyName, seat.Rows);
        // What is saved a moment later may carry an earlier time.
        var (now, act) = (Micros(Now.AddSeconds(-5)), await LastActAsync(cancellation));
        var since = DateTimeOffset.UnixEpoch.AddTicks(seat.Since * 10);
        var changed = await Db.Signatures.AsNoTracking()
            .Where(s => s.LetterId == Letter.Id && (s.StateAt >= since || Db.Acts.Any(a => a.LetterId == Letter.Id && a.Id > seat.Act && a.SignatureId == s.Id && a.What != Look)))
            .OrderBy(s => s.Id).Take(GridQuery.LinesAChunk + 1).ToListAsync(cancellation);
        if (MayEdit && changed.Any(s => s.HasNote || s.PressMayCall))
            await LookedAtAsync(null, "grid: notes and ticks of lines that changed", cancellation);
        // More than a chunk at once: the window reads the sheet anew.
        return new JsonResult(new { others, rows = changed.Take(GridQuery.LinesAChunk).Select(r => GridRow.Of(r, MayEdit)), more = changed.Count > GridQuery.LinesAChunk, since = now, act });
    }

    private async Task<IReadOnlyList<GridRow>> RowsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        [.. (await Db.Signatures.AsNoTracking().Where(s => s.LetterId == Letter.Id && ids.Contains(s.Id)).ToListAsync(cancellation)).Select(r => GridRow.Of(r, MayEdit))];

    private async Task<long> LastActAsync(CancellationToken cancellation) =>
        await Db.Acts.Where(a => a.LetterId == Letter.Id).MaxAsync(a => (long?)a.Id, cancellation) ?? 0;

    private static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;
}
