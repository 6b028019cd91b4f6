using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>A list of addresses that the maintainers have: first a reading that changes nothing, then it is taken and the list itself forgotten.</summary>
[StaffOnly(StaffRole.Editor)]
[RequestSizeLimit(LargestBody)]
[RequestFormLimits(ValueLengthLimit = LargestBody, BufferBodyLengthLimit = LargestBody, MultipartBodyLengthLimit = LargestBody)]
public sealed class RosterModel(UndersignedDb db, TimeProvider time, RosterActs acts, WorkSignal work) : StaffPage(db, time)
{
    // A form's bytes may be three for each of the file.
    private const int LargestBody = 3 * SheetRows.LargestFile;
    public const int RowsShown = 50;

    [BindProperty]
    public IFormFile? Sheet { get; set; }

    /// <summary>The rows as CSV: those of an uploaded sheet, or pasted.</summary>
    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public int? AddressColumn { get; set; }

    [BindProperty]
    public int? NameColumn { get; set; }

    [BindProperty]
    public int? FamilyColumn { get; set; }

    public RosterRead? Read { get; private set; }
    public RosterTaken? Taken { get; private set; }
    public int? Ended { get; private set; }
    public int OnRoster { get; private set; }

    public bool IsOpen => Letter.State != LetterState.Closed;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostReadingAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostTakingAsync(CancellationToken cancellation)
    {
        await ReadAsync(cancellation);
        if (Read is { Good.Count: > 0 } && IsOpen)
        {
            Taken = await acts.TakeAsync(Letter.Id, AccountId, Read.Good, cancellation);
            work.Poke();
            (Text, Read) = (null, null);
            ModelState.Clear();
        }
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostClearingAsync(CancellationToken cancellation)
    {
        if (!IsOpen)
            return NotFound();
        Ended = await acts.ClearAsync(Letter.Id, AccountId, cancellation);
        work.Poke();
        return await ShowAsync(cancellation);
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        IReadOnlyList<IReadOnlyList<string>>? rows;
        string problem;
        var isNew = Sheet is { Length: > 0 };
        if (isNew)
        {
            using var bytes = new MemoryStream();
            await Sheet!.CopyToAsync(bytes, cancellation);
            rows = SheetRows.Read(bytes.ToArray(), out problem);
        }
        else if (string.IsNullOrWhiteSpace(Text))
            (rows, problem) = (null, "Choose a file, or paste the rows.");
        else
            rows = Text.Length > SheetRows.LargestFile ? Refused("This is more than eight million characters. Take it in parts.", out problem) : SheetRows.ReadText(Text, out problem);
        // What is bound stands in the form again, unless it came from a file just now.
        ModelState.Clear();
        if (rows is null)
        {
            ModelState.AddModelError(isNew ? "sheet" : "text", problem);
            return;
        }
        var chosen = isNew || AddressColumn is not >= 0 ? null : new RosterColumns(AddressColumn.Value, NameColumn is >= 0 ? NameColumn : null, FamilyColumn is >= 0 ? FamilyColumn : null);
        (Text, Read) = (isNew ? SheetRows.ToText(rows) : Text, RosterReading.Read(rows, chosen));
        (AddressColumn, NameColumn, FamilyColumn) = (Read.Columns.Address, Read.Columns.Name, Read.Columns.Family);
    }

    private static IReadOnlyList<IReadOnlyList<string>>? Refused(string why, out string problem)
    {
        problem = why;
        return null;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        OnRoster = await Db.Roster.CountAsync(r => r.LetterId == Letter.Id, cancellation);
        return Page();
    }
}
