using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.PasteIn;

/// <summary>
/// Tries, takes and undoes imports. Which one is at work stands in the database with a lease: of several servers one works on an import. A
/// piece and how far it is are one transaction; so after a crash whoever comes next reads the sheet from its beginning, passes over what is
/// taken, and goes on.
/// </summary>
public sealed partial class ImportWork(
    IDbContextFactory<UndersignedDb> databases, InstanceKeys keys, WorkSignal work, TimeProvider time, ILogger<ImportWork> log) : BackgroundService
{
    private const int RowsAtOnce = 500;
    private const int Attempts = 5;
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(2);
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    /// <summary>What is left of a sheet is kept so long after the last press.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly string me = Guid.NewGuid().ToString("N");
    private DateTimeOffset sweptAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = work.Next(AtLeast, stoppingToken);
            try
            {
                if (!await WorkAsync(stoppingToken))
                    await next;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException or InvalidOperationException)
            {
                // The database does not answer, or somebody else was quicker: the next round goes on where this one was.
                CannotGoOn(log, e);
                await next;
            }
        }
    }

    /// <summary>Works on one import, if there is one that nobody works on.</summary>
    internal async Task<bool> WorkAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await SweepAsync(db, cancellation);
        if (await ClaimAsync(db, cancellation) is not { } import)
            return false;
        try
        {
            await (import.State switch
            {
                ImportState.Trying => TryAsync(db, import, cancellation),
                ImportState.Taking => TakeAsync(db, import, cancellation),
                _ => UndoAsync(db, import, cancellation),
            });
        }
        catch (UnreadableSheetException why)
        {
            await StopAsync(db, import, why.Message, cancellation);
        }
        finally
        {
            db.ChangeTracker.Clear();
            await db.Imports.Where(i => i.Id == import.Id && i.Worker == me).ExecuteUpdateAsync(s => s.SetProperty(i => i.Worker, (string?)null).SetProperty(i => i.LeasedUntil, (DateTimeOffset?)null), CancellationToken.None);
        }
        work.Poke();
        return true;
    }

    private async Task<SheetImport?> ClaimAsync(UndersignedDb db, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var free = db.Imports.Where(i => (i.State == ImportState.Trying || i.State == ImportState.Taking || i.State == ImportState.Undoing) && (i.LeasedUntil == null || i.LeasedUntil < now));
        foreach (var id in await free.OrderBy(i => i.StateAt).Select(i => i.Id).ToListAsync(cancellation))
            if (await free.Where(i => i.Id == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Worker, me).SetProperty(i => i.LeasedUntil, now + Lease), cancellation) == 1)
                return await db.Imports.AsNoTracking().SingleAsync(i => i.Id == id, cancellation);
        return null;
    }

    /// <summary>The import, as long as it is ours and in the state in which we took it on: a person may have stopped it.</summary>
    private IQueryable<SheetImport> Mine(UndersignedDb db, SheetImport import) => db.Imports.Where(i => i.Id == import.Id && i.Worker == me && i.State == import.State);

    /// <summary>Ours, tracked and with its row locked by a new lease; null where it is no longer ours.</summary>
    private async Task<SheetImport?> HoldAsync(UndersignedDb db, SheetImport import, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var until = time.GetUtcNow() + Lease;
        return await Mine(db, import).ExecuteUpdateAsync(s => s.SetProperty(i => i.LeasedUntil, until), cancellation) == 1
            ? await db.Imports.SingleAsync(i => i.Id == import.Id, cancellation) : null;
    }

    private async Task TryAsync(UndersignedDb db, SheetImport import, CancellationToken cancellation)
    {
        await db.SheetFaults.Where(f => f.ImportId == import.Id).ExecuteDeleteAsync(cancellation);
        var comparison = await LineComparison.BeginAsync(db, keys, import.LetterId, "row", cancellation);
        await using var reading = await databases.CreateDbContextAsync(cancellation);
        var tally = new Tally();
        foreach (var piece in Looked(reading, import, comparison).Chunk(RowsAtOnce))
        {
            foreach (var row in piece)
                tally.Add(row);
            if (!await SaveAsync(db, import, (held, _) => { tally.Write(held, isEnd: false); return Task.CompletedTask; }, piece, cancellation))
                return;
        }
        await SaveAsync(db, import, (held, _) =>
        {
            tally.Write(held, isEnd: true);
            (held.State, held.StateAt) = (ImportState.Tried, time.GetUtcNow());
            return Task.CompletedTask;
        }, [], cancellation);
    }

    private async Task TakeAsync(UndersignedDb db, SheetImport import, CancellationToken cancellation)
    {
        if (import.RowsDone == 0)
            await db.SheetFaults.Where(f => f.ImportId == import.Id).ExecuteDeleteAsync(cancellation);
        var comparison = await LineComparison.BeginAsync(db, keys, import.LetterId, "row", cancellation);
        await using var reading = await databases.CreateDbContextAsync(cancellation);
        var tally = Tally.Of(import);
        // What is taken already is read all the same: a row further down may repeat it.
        foreach (var piece in Looked(reading, import, comparison).Skip(import.RowsDone).Chunk(RowsAtOnce))
            if (!await TakePieceAsync(db, import, piece, comparison, tally, cancellation))
                return;
        await SaveAsync(db, import, async (held, c) =>
        {
            (held.State, held.StateAt) = (ImportState.Taken, time.GetUtcNow());
            await db.ForgetSheetAsync(held, withFaults: false, c);
        }, [], cancellation);
    }

    /// <summary>One transaction; false where the import is no longer ours, or the letter takes no names any more.</summary>
    private async Task<bool> TakePieceAsync(UndersignedDb db, SheetImport import, LookedRow[] piece, LineComparison comparison, Tally tally, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = tally with { };
            try
            {
                foreach (var row in piece)
                    tally.Add(row);
                var isOpen = true;
                return await SaveAsync(db, import, async (held, c) =>
                {
                    var letter = await db.Letters.SingleAsync(l => l.Id == held.LetterId, c);
                    isOpen = letter.State is LetterState.Draft or LetterState.Private or LetterState.Published;
                    if (!isOpen)
                    {
                        (held.State, held.StateAt, held.Problem) = (ImportState.Stopped, time.GetUtcNow(), "The letter takes no new names any more.");
                        return;
                    }
                    await WriteAsync(db, letter, held, [.. piece.Where(r => r.Fault is null).Select(r => r.Line)], c);
                    tally.Write(held, isEnd: false);
                    held.Taken = tally.Good;
                }, piece, cancellation) && isOpen;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // One of these addresses signed meanwhile, or a first signer fixed the letter's words: look at what stands by now.
                (tally.Good, tally.Doubled, tally.Unwanted, tally.Wrong, tally.Rows) = (before.Good, before.Doubled, before.Unwanted, before.Wrong, before.Rows);
                db.ChangeTracker.Clear();
                await comparison.ReadStandingAsync(db, cancellation);
                piece = [.. piece.Select(r => r with { Fault = r.Fault ?? comparison.Stands(r.Line) })];
            }
        }
    }

    private async Task WriteAsync(UndersignedDb db, Letter letter, SheetImport held, List<PastedLine> lines, CancellationToken cancellation)
    {
        var act = held.BulkActId is { } id ? await db.BulkActs.SingleAsync(a => a.Id == id, cancellation) : null;
        if (lines.Count == 0)
            return;
        var isAlone = await db.IsAloneAsync(letter.Id, held.AccountId, cancellation);
        act = await new LineWriting(db, keys, letter, held.AccountId, held.How, time.GetUtcNow()).WriteAsync(
            lines, (l, _) => $"import/{held.Id}/{l.Number}", isAlone, BulkActs.Import, held.IsKnown ? "known" : "imported", act, cancellation);
        held.BulkActId = act.Id;
    }

    private async Task UndoAsync(UndersignedDb db, SheetImport import, CancellationToken cancellation)
    {
        for (var attempt = 1; ;)
            try
            {
                var isMore = false;
                var isOurs = await SaveAsync(db, import, async (held, c) => isMore = await UndoPieceAsync(db, held, c), [], cancellation);
                if (!isOurs || !isMore)
                    return;
                attempt = 1;
            }
            catch (DbUpdateException) when (attempt++ < Attempts)
            {
                // The sequencer listed one of them just now.
            }
    }

    private async Task<bool> UndoPieceAsync(UndersignedDb db, SheetImport held, CancellationToken cancellation)
    {
        var letter = await db.Letters.SingleAsync(l => l.Id == held.LetterId, cancellation);
        var (restored, last) = await db.UndoNextAsync(letter, held.BulkActId!.Value, held.UndoneUpTo, RowsAtOnce, held.UndoneBy!.Value, time.GetUtcNow(), cancellation);
        held.Restored += restored;
        if (last is { } up)
            held.UndoneUpTo = up;
        else
        {
            (held.State, held.StateAt) = (ImportState.Undone, time.GetUtcNow());
            await db.ForgetSheetAsync(held, withFaults: false, cancellation);
        }
        return last is not null;
    }

    /// <summary>A piece, the faults in it and how far it is: one transaction, or nothing. False where the import is no longer ours.</summary>
    private async Task<bool> SaveAsync(
        UndersignedDb db, SheetImport import, Func<SheetImport, CancellationToken, Task> write, LookedRow[] piece, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await HoldAsync(db, import, cancellation) is not { } held)
            return false;
        await write(held, cancellation);
        if (held.State != ImportState.Stopped)
            foreach (var row in piece.Where(r => r.Fault is not null))
                db.SheetFaults.Add(new SheetFault { LetterId = import.LetterId, ImportId = import.Id, RowNumber = row.Line.Number, Kind = row.Fault!.Kind, Why = row.Fault.Why, Cells = row.Cells });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
        return true;
    }

    private async Task StopAsync(UndersignedDb db, SheetImport import, string why, CancellationToken cancellation) => await SaveAsync(db, import, (held, _) =>
    {
        (held.State, held.StateAt, held.Problem) = (ImportState.Stopped, time.GetUtcNow(), why);
        return Task.CompletedTask;
    }, [], cancellation);

    private IEnumerable<LookedRow> Looked(UndersignedDb reading, SheetImport import, LineComparison comparison)
    {
        var lines = new SheetLines([.. import.Columns.Select(c => Enum.Parse<SheetField>(c.Field))], time.GetUtcNow().Year);
        foreach (var row in SheetReading.Rows(reading.OpenParts(import), new SheetForm(import.Encoding, import.Separator), Imports.Limits).Skip(import.HasHeadings ? 1 : 0))
        {
            var line = lines.Read(row);
            yield return new LookedRow(line, comparison.FaultOf(line), row.Cells);
        }
    }

    private async Task SweepAsync(UndersignedDb db, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (now - sweptAt < SweepEvery)
            return;
        var before = now - Kept;
        var old = await db.Imports.Where(i => i.StateAt < before && i.State != ImportState.Trying && i.State != ImportState.Taking && i.State != ImportState.Undoing
            && (db.SheetParts.Any(p => p.ImportId == i.Id) || db.SheetFaults.Any(f => f.ImportId == i.Id))).ToListAsync(cancellation);
        foreach (var import in old)
        {
            await db.ForgetSheetAsync(import, withFaults: true, cancellation);
            if (import.BulkActId is null)
                import.State = ImportState.Dropped;
        }
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
        sweptAt = now;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An import stopped in the middle; the next round goes on where it was")]
    private static partial void CannotGoOn(ILogger logger, Exception exception);

    private sealed record LookedRow(PastedLine Line, LineFault? Fault, IReadOnlyList<string> Cells);

    private sealed record Tally
    {
        public int Rows, Good, Doubled, Unwanted, Wrong;

        public static Tally Of(SheetImport import) =>
            new() { Rows = import.RowsDone, Good = import.Good, Doubled = import.Doubled, Unwanted = import.Unwanted, Wrong = import.Wrong };

        public void Add(LookedRow row)
        {
            Rows++;
            _ = row.Fault?.Kind switch
            {
                null => Good++,
                FaultKind.Doubled => Doubled++,
                FaultKind.Unwanted => Unwanted++,
                _ => Wrong++,
            };
        }

        public void Write(SheetImport import, bool isEnd)
        {
            (import.RowsDone, import.Good, import.Doubled, import.Unwanted, import.Wrong) = (Rows, Good, Doubled, Unwanted, Wrong);
            if (isEnd)
                import.Rows = Rows;
        }
    }
}
