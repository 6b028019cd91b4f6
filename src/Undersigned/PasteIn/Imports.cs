using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.PasteIn;

/// <summary>What a person does with a sheet; the work itself is <see cref="ImportWork"/>'s. Each act is in the record.</summary>
public sealed class Imports(UndersignedDb db, TimeProvider time)
{
    /// <summary>Bounds of a sheet; 100,000 rows fit with room.</summary>
    public static readonly SheetLimits Limits = new(32 * 1024 * 1024, 768L * 1024 * 1024, 200_000, 200, 5_000);
    public const int FirstRows = 6;
    private const int LongestFileName = 200;
    private const int Remembered = 20;

    /// <exception cref="UnreadableSheetException">Nothing was kept.</exception>
    public async Task<SheetImport> UploadAsync(Letter letter, long accountId, string fileName, Stream file, CancellationToken cancellation)
    {
        var form = SheetReading.Look(file, Limits);
        var first = SheetReading.Rows(file, form, Limits).Take(200).Select(r => r.Cells).ToList();
        var now = time.GetUtcNow();
        var import = new SheetImport
        {
            LetterId = letter.Id,
            AccountId = accountId,
            At = now,
            State = ImportState.Mapping,
            StateAt = now,
            Length = file.Length,
            Encoding = form.Encoding,
            Separator = form.Separator,
            HasHeadings = SheetColumns.HasHeadings(first),
            FileName = fileName.Length > LongestFileName ? fileName[..LongestFileName] : fileName,
        };
        await ColumnsAsync(import, first, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Imports.Add(import);
        await db.SaveChangesAsync(cancellation);
        await db.WritePartsAsync(import, file, cancellation);
        Record(import, accountId, "import-sheet", string.Create(CultureInfo.InvariantCulture, $"{import.Id}: {file.Length} bytes"));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return import;
    }

    /// <summary>Headings and what they hold: as it was said the last time, else as it looks.</summary>
    private async Task ColumnsAsync(SheetImport import, List<IReadOnlyList<string>> first, CancellationToken cancellation)
    {
        var guessed = SheetColumns.Guess(first, import.HasHeadings);
        var before = await db.Imports.AsNoTracking().Where(i => i.LetterId == import.LetterId && i.Id != import.Id && i.State != ImportState.Mapping && i.HasHeadings)
            .OrderByDescending(i => i.Id).Take(Remembered).ToListAsync(cancellation);
        var said = before.SelectMany(i => i.Columns).DistinctBy(c => c.Heading).ToDictionary(c => c.Heading, c => c.Field, StringComparer.Ordinal);
        import.Columns = [.. guessed.Select((field, i) =>
        {
            var heading = import.HasHeadings && i < first[0].Count ? first[0][i] : "";
            return new ImportColumn(heading, heading.Length > 0 && said.TryGetValue(heading, out var last) ? last : field.ToString());
        })];
        import.First = [.. first.Take(FirstRows)];
    }

    /// <summary>Reads the first rows anew, in another form; the columns are guessed anew.</summary>
    /// <exception cref="UnreadableSheetException">So it cannot be read; nothing was changed.</exception>
    public async Task ReadAsAsync(SheetImport import, SheetForm form, bool hasHeadings, CancellationToken cancellation)
    {
        var first = SheetReading.Rows(db.OpenParts(import), form, Limits).Take(200).Select(r => r.Cells).ToList();
        (import.Encoding, import.Separator, import.HasHeadings) = (form.Encoding, form.Separator, hasHeadings);
        await ColumnsAsync(import, first, cancellation);
    }

    /// <summary>Begins the dry run with these columns.</summary>
    public async Task TryAsync(SheetImport import, long accountId, IReadOnlyList<SheetField> fields, CancellationToken cancellation)
    {
        import.Columns = [.. import.Columns.Select((c, i) => c with { Field = (i < fields.Count ? fields[i] : SheetField.None).ToString() })];
        Move(import, ImportState.Trying);
        (import.RowsDone, import.Rows, import.Good, import.Doubled, import.Unwanted, import.Wrong) = (0, 0, 0, 0, 0, 0);
        Record(import, accountId, "import-column", Text(import, string.Join(", ", fields.Where(f => f != SheetField.None).Distinct())));
        await db.SaveChangesAsync(cancellation);
    }

    public async Task TakeAsync(SheetImport import, long accountId, string? knownHow, CancellationToken cancellation)
    {
        // Whoever presses it answers for it, and is the one who may not let it in.
        (import.AccountId, import.IsKnown, import.How) = (accountId, knownHow is not null, knownHow);
        (import.RowsDone, import.Taken, import.Good, import.Doubled, import.Unwanted, import.Wrong) = (0, 0, 0, 0, 0, 0);
        Move(import, ImportState.Taking);
        Record(import, accountId, "import", Text(import, "begun"));
        await db.SaveChangesAsync(cancellation);
    }

    public async Task GoOnAsync(SheetImport import, long accountId, CancellationToken cancellation)
    {
        import.Problem = null;
        Move(import, ImportState.Taking);
        Record(import, accountId, "import", Text(import, "went on"));
        await db.SaveChangesAsync(cancellation);
    }

    public async Task StopAsync(SheetImport import, long accountId, CancellationToken cancellation)
    {
        import.Problem = "Somebody of the desk stopped it.";
        Move(import, ImportState.Stopped);
        Record(import, accountId, "import-stop", Text(import, null));
        await db.SaveChangesAsync(cancellation);
    }

    public async Task UndoAsync(SheetImport import, long accountId, CancellationToken cancellation)
    {
        (import.UndoneBy, import.UndoneUpTo, import.Restored, import.Problem) = (accountId, 0, 0, null);
        Move(import, ImportState.Undoing);
        Record(import, accountId, "undo-import", Text(import, "begun"));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The sheet and everything of it goes; nothing of it was taken.</summary>
    public async Task DropAsync(SheetImport import, long accountId, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        Move(import, ImportState.Dropped);
        await db.ForgetSheetAsync(import, withFaults: true, cancellation);
        Record(import, accountId, "import-drop", Text(import, null));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private void Move(SheetImport import, ImportState to) =>
        (import.State, import.StateAt, import.Worker, import.LeasedUntil) = (to, time.GetUtcNow(), null, null);

    private void Record(SheetImport import, long accountId, string what, string detail) =>
        db.Acts.Add(new StaffAct { LetterId = import.LetterId, AccountId = accountId, At = time.GetUtcNow(), What = what, Detail = detail });

    private static string Text(SheetImport import, string? more) => string.Create(CultureInfo.InvariantCulture, $"{import.Id}{(more is null ? "" : ": " + more)}");
}
