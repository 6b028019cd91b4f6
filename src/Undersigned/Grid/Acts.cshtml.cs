using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Grid;

/// <summary>Every act that can be undone as a whole, newest first.</summary>
[StaffOnly(StaffRole.Editor, AuditorReads = true)]
public sealed class ActsModel(UndersignedDb db, TimeProvider time, ActList list, WorkSignal work) : StaffPage(db, time)
{
    public IReadOnlyList<ActLine> Acts { get; private set; } = [];
    public bool HasMore { get; private set; }

    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    [BindProperty(SupportsGet = true, Name = "undone")]
    public int? Undone { get; set; }

    [BindProperty(SupportsGet = true, Name = "kept")]
    public int Kept { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null)
            return NotFound();
        var found = await list.ReadAsync(Letter.Id, Before, cancellation);
        (Acts, HasMore) = ([.. found.Take(ActList.LinesAPage)], found.Count > ActList.LinesAPage);
        return Page();
    }

    public async Task<IActionResult> OnPostUndoAsync(long act, CancellationToken cancellation)
    {
        var letterId = Letter.Id;
        var undone = await list.UndoAsync(Letter, act, AccountId, Now, cancellation);
        work.Poke();
        return LocalRedirect($"~/desk/letters/{letterId}/acts?undone={undone.Restored}&kept={undone.Left}");
    }
}
