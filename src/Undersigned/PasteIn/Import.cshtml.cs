using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.PasteIn;

/// <summary>Takes a sheet of names up, and shows those that came before. The file is never on a disk as it came: in memory while it is uploaded, then sealed.</summary>
[StaffOnly(StaffRole.Editor)]
[RequestSizeLimit(LargestBody)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestBody, MemoryBufferThreshold = LargestBody)]
public sealed class ImportModel(UndersignedDb db, TimeProvider time, Imports imports) : StaffPage(db, time)
{
    // What is somewhat too large is refused in words rather than by the server.
    private const int LargestBody = 64 * 1024 * 1024;
    private const int Shown = 50;

    [BindProperty]
    public IFormFile? Sheet { get; set; }

    /// <summary>Newest first, with the name of whoever began each.</summary>
    public IReadOnlyList<(SheetImport Import, string Who)> All { get; private set; } = [];

    public bool IsOpen => Letter.State is LetterState.Draft or LetterState.Private or LetterState.Published;

    public Task<IActionResult> OnGetAsync(CancellationToken cancellation) => ShowAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!IsOpen)
            return await ShowAsync(cancellation);
        if (Sheet is not { Length: > 0 })
        {
            ModelState.AddModelError("sheet", Sheet is null ? "Choose a file." : "There is nothing in it.");
            return await ShowAsync(cancellation);
        }
        try
        {
            await using var file = Sheet.OpenReadStream();
            var import = await imports.UploadAsync(Letter, AccountId, Path.GetFileName(Sheet.FileName), file, cancellation);
            return LocalRedirect($"~/desk/letters/{Letter.Id}/import/{import.Id}");
        }
        catch (UnreadableSheetException why)
        {
            ModelState.AddModelError("sheet", why.Message);
            return await ShowAsync(cancellation);
        }
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        var all = await Db.Imports.AsNoTracking().Where(i => i.LetterId == Letter.Id && i.State != ImportState.Dropped).OrderByDescending(i => i.Id).Take(Shown)
            .Select(i => new { Import = i, Who = Db.Users.Where(u => u.Id == i.AccountId).Select(u => u.DisplayName).Single() }).ToListAsync(cancellation);
        All = [.. all.Select(i => (i.Import, i.Who))];
        return Page();
    }
}
