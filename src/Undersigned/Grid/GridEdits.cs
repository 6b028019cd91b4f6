using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>A cell as it is to be, and the mark of the row as it was when it was written.</summary>
public sealed record CellEdit(long Id, string Mark, GridColumn Column, string Value);

/// <summary>
/// Writes cells. A row that somebody else has changed meanwhile is left, and said; a cell that cannot stand is left, and why. Of a line that
/// stands the change is an amendment; one that waits runs the decision about it again.
/// </summary>
public sealed class GridEdits(UndersignedDb db, TimeProvider time)
{
    public const string Changed = "Somebody else changed this line meanwhile.";

    /// <summary>Reasons of an amendment that staff choose from.</summary>
    public static IReadOnlyList<string> Reasons { get; } = ["typo", "update"];

    private const int Attempts = 8;

    /// <param name="letter">The letter of the desk; nothing of another is touched.</param>
    /// <param name="accountId">Who edits.</param>
    /// <param name="what">"edit", "fill-down", "paste" or "merge-spellings".</param>
    /// <param name="reason">Of the amendments: "typo" or "update".</param>
    /// <param name="cells">In the order they are to be written.</param>
    /// <param name="cancellation">Ends the work before it is saved.</param>
    public async Task<GridOutcome> WriteAsync(Letter letter, long accountId, string what, string reason, IReadOnlyList<CellEdit> cells, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await WriteOnceAsync(letter.Id, accountId, what, reason, cells, cancellation);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
            }
        }
    }

    private async Task<GridOutcome> WriteOnceAsync(long letterId, long accountId, string what, string reason, IReadOnlyList<CellEdit> cells, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
        await db.LockAsync(letter, cancellation);
        var ids = cells.Select(c => c.Id).Distinct().ToList();
        var rows = await db.Signatures.Where(s => s.LetterId == letterId && ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);
        var bulk = db.BeginBulk(letter, accountId, what, now);
        var (done, left) = (new List<long>(), new List<Left>());
        foreach (var row in cells.Where(c => rows.ContainsKey(c.Id)).GroupBy(c => c.Id))
            if (await WriteRowAsync(bulk, rows[row.Key], [.. row], reason, left, now, cancellation))
                done.Add(row.Key);
        if (done.Count == 0)
            return new GridOutcome(null, what, [], left);
        var act = await bulk.SaveAsync(reason, cancellation);
        await transaction.CommitAsync(cancellation);
        return new GridOutcome(act.Id, what, done, left);
    }

    private async Task<bool> WriteRowAsync(
        BulkWriting bulk, Signature signature, IReadOnlyList<CellEdit> cells, string reason, List<Left> left, DateTimeOffset now, CancellationToken cancellation)
    {
        if (GridCells.Mark(signature) != cells[0].Mark)
        {
            left.AddRange(cells.Select(c => new Left(c.Id, Changed, c.Column)));
            return false;
        }
        bulk.About(signature);
        var (mark, line) = (cells[0].Mark, signature.ToShown());
        var write = new GridCells(now.Year);
        foreach (var cell in cells)
            if ((GridCells.Closed(signature, cell.Column) ?? write.Write(signature, cell.Column, cell.Value)) is { } wrong)
                left.Add(new Left(cell.Id, wrong, cell.Column));
        if (GridCells.Mark(signature) == mark)
        {
            bulk.Forget(signature);
            return false;
        }
        if (signature.ToShown().Mark() != line.Mark())
            await db.AmendAnywhereAsync(signature, reason, now, cancellation);
        return true;
    }
}
