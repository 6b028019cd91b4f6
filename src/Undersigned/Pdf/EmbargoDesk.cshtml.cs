using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Pdf;

/// <summary>A PDF under embargo in three presses: the outlet's name, make, copy the link.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class EmbargoDeskModel(UndersignedDb db, EmbargoCopies copies, PrintedLetters letters, ChromiumPrint printer, WorkSignal work, TimeProvider time) : StaffPage(db, time)
{
    private const int LongestName = 80;

    [BindProperty]
    public string? Outlet { get; set; }

    /// <summary>The one that was made just now.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Made { get; set; }

    public IReadOnlyList<EmbargoCopy> All { get; private set; } = [];
    public int LetIn { get; private set; }
    public int Waiting { get; private set; }
    public bool CanPrint => printer.IsThere;

    public string LinkOf(EmbargoCopy copy) => copies.LinkOf(copy);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        All = await Db.EmbargoCopies.AsNoTracking().Where(c => c.LetterId == Letter.Id).OrderByDescending(c => c.Id).ToListAsync(cancellation);
        LetIn = await Db.Signatures.CountAsync(s => s.LetterId == Letter.Id && s.State == SignatureState.Admitted, cancellation);
        Waiting = await Db.Signatures.CountAsync(s => s.LetterId == Letter.Id && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview), cancellation);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var outlet = (Outlet ?? "").Trim();
        if (outlet.Length is 0 or > LongestName || outlet.Any(char.IsControl))
            ModelState.AddModelError("Outlet", $"Which outlet is it for? Its name stands on each page: at most {LongestName} characters.");
        if (Letter.IsPublic || !ModelState.IsValid)
        {
            await OnGetAsync(cancellation);
            return Page();
        }
        var copy = new EmbargoCopy { LetterId = Letter.Id, Outlet = outlet, MadeAt = Now, MadeBy = AccountId };
        Db.EmbargoCopies.Add(copy);
        Record("embargo-copy-made", detail: outlet);
        await Db.SaveChangesAsync(cancellation);
        // It is ready by the time the link is pasted into a mail.
        await Db.WantAsync(Letter.Id, null, copy.Id, await letters.EmbargoMarkAsync(Letter, cancellation), Now, cancellation);
        work.Poke();
        return LocalRedirect($"~/desk/letters/{Letter.Id}/embargo?made={copy.Id}");
    }

    public async Task<IActionResult> OnPostSwitchAsync(long copy, bool on, CancellationToken cancellation)
    {
        if (await Db.EmbargoCopies.SingleOrDefaultAsync(c => c.Id == copy && c.LetterId == Letter.Id, cancellation) is not { } found)
            return NotFound();
        if (found.IsOff == on)
        {
            found.IsOff = !on;
            Record(on ? "embargo-copy-on" : "embargo-copy-off", detail: found.Outlet);
            await Db.SaveChangesAsync(cancellation);
            if (!on)
                await Db.OutdateAsync(p => p.EmbargoCopyId == copy, cancellation);
        }
        return LocalRedirect($"~/desk/letters/{Letter.Id}/embargo");
    }
}
