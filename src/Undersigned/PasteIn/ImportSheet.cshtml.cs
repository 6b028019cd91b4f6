using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.PasteIn;

/// <summary>One import from its columns to its end; what the page offers follows its state.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class ImportSheetModel(UndersignedDb db, TimeProvider time, Imports imports, WorkSignal work) : StaffPage(db, time)
{
    public const int FaultsShown = 50;
    private const string LooksAnew = "3";

    public SheetImport Import { get; private set; } = null!;
    public IReadOnlyList<SheetFault> Faults { get; private set; } = [];
    public int FaultCount { get; private set; }
    public string Who { get; private set; } = "";
    public bool IsAlone { get; private set; }

    [BindProperty]
    public string? Encoding { get; set; }

    [BindProperty]
    public string? Separator { get; set; }

    [BindProperty]
    public bool Headings { get; set; }

    /// <summary>"imported" or "known".</summary>
    [BindProperty]
    public string? Level { get; set; }

    [BindProperty]
    public string? How { get; set; }

    public bool IsOpen => Letter.State is LetterState.Draft or LetterState.Private or LetterState.Published;
    public bool CanMap => IsOpen && Import.State is ImportState.Mapping or ImportState.Tried;
    public bool CanUndo => Import.BulkActId is not null && Import.State is ImportState.Taken or ImportState.Stopped;
    public bool CanDrop => Import.BulkActId is null && Import.State is ImportState.Mapping or ImportState.Tried or ImportState.Stopped;

    public async Task<IActionResult> OnGetAsync(long importId, CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null || !await FindAsync(importId, cancellation))
            return NotFound();
        return await ShowAsync(cancellation);
    }

    /// <summary>The first rows in another encoding, with another separator, with or without headings.</summary>
    public Task<IActionResult> OnPostReadingAsync(long importId, CancellationToken cancellation) => DoAsync(importId, () => CanMap, async () =>
    {
        var form = Import.Encoding == SheetForm.Workbook.Encoding ? SheetForm.Workbook : new SheetForm(
            SheetEncoding.All.Any(e => e.Name == Encoding) ? Encoding! : Import.Encoding,
            SheetReading.Separators.Any(s => s.Character == Separator) ? Separator! : Import.Separator);
        try
        {
            await imports.ReadAsAsync(Import, form, Headings, cancellation);
            Record("import-column", detail: string.Create(CultureInfo.InvariantCulture, $"{Import.Id}: read as {form.Encoding}"));
            await Db.SaveChangesAsync(cancellation);
        }
        catch (UnreadableSheetException why)
        {
            ModelState.AddModelError("encoding", why.Message);
        }
    }, cancellation);

    /// <summary>The dry run with these columns.</summary>
    public Task<IActionResult> OnPostTrialAsync(long importId, CancellationToken cancellation) => DoAsync(importId, () => CanMap, async () =>
    {
        var fields = Import.Columns.Select((_, i) => Enum.TryParse<SheetField>(Request.Form[$"field-{i}"], out var field) && Enum.IsDefined(field) ? field : SheetField.None).ToList();
        if (!fields.Any(f => f is SheetField.Name or SheetField.Given or SheetField.Family or SheetField.Line))
            ModelState.AddModelError("field-0", "Say which column holds the name.");
        foreach (var twice in fields.Where(f => f is SheetField.Address or SheetField.Name or SheetField.Given or SheetField.Family or SheetField.From or SheetField.To or SheetField.Line).GroupBy(f => f).Where(g => g.Count() > 1))
            ModelState.AddModelError($"field-{fields.LastIndexOf(twice.Key)}", $"“{ImportWords.Fields.Single(f => f.Field == twice.Key).Words}” can be one column only.");
        if (ModelState.IsValid)
            await imports.TryAsync(Import, AccountId, fields, cancellation);
        else
            Import.Columns = [.. Import.Columns.Select((c, i) => c with { Field = fields[i].ToString() })];
    }, cancellation);

    public Task<IActionResult> OnPostTakingAsync(long importId, CancellationToken cancellation) => DoAsync(importId, () => IsOpen && Import is { State: ImportState.Tried, Good: > 0 }, async () =>
    {
        var known = Level == "known" ? How?.Trim() ?? "" : null;
        if (known is { Length: 0 or > PasteInModel.LongestHow })
            ModelState.AddModelError("how", $"Say how you know these people, in at most {PasteInModel.LongestHow} characters.");
        else
            await imports.TakeAsync(Import, AccountId, known, cancellation);
    }, cancellation);

    public Task<IActionResult> OnPostStopAsync(long importId, CancellationToken cancellation) =>
        DoAsync(importId, () => Import.State is ImportState.Trying or ImportState.Taking, () => imports.StopAsync(Import, AccountId, cancellation), cancellation);

    public Task<IActionResult> OnPostOnAsync(long importId, CancellationToken cancellation) =>
        DoAsync(importId, () => IsOpen && Import.CanGoOn, () => imports.GoOnAsync(Import, AccountId, cancellation), cancellation);

    public Task<IActionResult> OnPostUndoAsync(long importId, CancellationToken cancellation) =>
        DoAsync(importId, () => CanUndo, () => imports.UndoAsync(Import, AccountId, cancellation), cancellation);

    public async Task<IActionResult> OnPostDropAsync(long importId, CancellationToken cancellation)
    {
        var letterId = Letter.Id;
        if (!await FindAsync(importId, cancellation))
            return NotFound();
        if (CanDrop)
            await imports.DropAsync(Import, AccountId, cancellation);
        return LocalRedirect($"~/desk/letters/{letterId}/import");
    }

    /// <summary>The rows that are not taken, as they stood, and why. A post, since whoever takes addresses away is recorded.</summary>
    public async Task<IActionResult> OnPostFaultsAsync(long importId, CancellationToken cancellation)
    {
        if (!await FindAsync(importId, cancellation))
            return NotFound();
        Record("import-faults", detail: Import.Id.ToString(CultureInfo.InvariantCulture));
        await Db.SaveChangesAsync(cancellation);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"{Letter.Slug}-import-{Import.Id}-not-taken.csv\"";
        await Response.Body.WriteAsync(Csv.ByteOrderMark, cancellation);
        await using var text = new StreamWriter(Response.Body, new UTF8Encoding(false), leaveOpen: true);
        var headings = Import.Columns.Select((c, i) => c.Heading.Length > 0 ? c.Heading : $"Column {i + 1}").ToList();
        await text.WriteAsync(Csv.Line([.. headings, "Row in the sheet", "Not taken because", "In words"]));
        await foreach (var fault in Db.SheetFaults.AsNoTracking().Where(f => f.ImportId == importId).OrderBy(f => f.RowNumber).AsAsyncEnumerable().WithCancellation(cancellation))
            await text.WriteAsync(Csv.Line([.. Enumerable.Range(0, headings.Count).Select(i => i < fault.Cells.Count ? fault.Cells[i] : ""),
                fault.RowNumber.ToString(CultureInfo.InvariantCulture), ImportWords.Kind(fault.Kind), fault.Why]));
        return new EmptyResult();
    }

    /// <summary>Does it where the state still allows it; a state that moved meanwhile is shown as it is now.</summary>
    private async Task<IActionResult> DoAsync(long importId, Func<bool> isAllowed, Func<Task> act, CancellationToken cancellation)
    {
        if (!await FindAsync(importId, cancellation))
            return NotFound();
        try
        {
            if (isAllowed())
                await act();
        }
        catch (DbUpdateConcurrencyException)
        {
            // The worker, or a colleague, was quicker.
        }
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        work.Poke();
        return LocalRedirect($"~/desk/letters/{Letter.Id}/import/{importId}");
    }

    private async Task<bool> FindAsync(long importId, CancellationToken cancellation)
    {
        if (await Db.Imports.SingleOrDefaultAsync(i => i.Id == importId && i.LetterId == Letter.Id && i.State != ImportState.Dropped, cancellation) is not { } import)
            return false;
        Import = import;
        return true;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        Who = await Db.Users.Where(u => u.Id == Import.AccountId).Select(u => u.DisplayName).SingleAsync(cancellation);
        IsAlone = await Db.IsAloneAsync(Letter.Id, AccountId, cancellation);
        if (!Import.IsAtWork)
        {
            FaultCount = await Db.SheetFaults.CountAsync(f => f.ImportId == Import.Id, cancellation);
            // What is wrong is what can be mended: it comes first.
            Faults = await Db.SheetFaults.AsNoTracking().Where(f => f.ImportId == Import.Id)
                .OrderBy(f => f.Kind == FaultKind.Wrong ? 0 : f.Kind == FaultKind.Unwanted ? 1 : 2).ThenBy(f => f.RowNumber).Take(FaultsShown).ToListAsync(cancellation);
        }
        if (CanMap && Import.First.Count > 0)
            await LookedAsync($"the first rows of import {Import.Id}", cancellation);
        if (Faults.Count > 0)
            await LookedAsync($"{StaffWords.Count(Faults.Count, "row", "rows")} of import {Import.Id} compared with the addresses that stand", cancellation);
        if (Import.IsAtWork)
            Response.Headers.Append("Refresh", LooksAnew);
        return Page();
    }

    // What was typed wrongly stands in the tracked row for the page alone, and is not saved by the record of the look.
    private async Task LookedAsync(string what, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            Db.Entry(Import).State = EntityState.Detached;
        await LookedAtAsync(null, what, cancellation);
    }
}
