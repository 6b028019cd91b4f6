using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Desk;

/// <summary>The holds, each with its consequence.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class SwitchesModel(UndersignedDb db, TimeProvider time, PublishedLetters published, WorkSignal work) : StaffPage(db, time)
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(string? name, bool hold, CancellationToken cancellation)
    {
        if (LetterSwitch.Find(name) is not { } which || !which.IsFor(Letter))
            return NotFound();
        if (which.IsHeld(Letter) != hold)
        {
            which.Set(Letter, hold, await Db.PublishedSizeAsync(Letter.Id, cancellation));
            Record($"{(hold ? "hold" : "lift")}-{which.Name}");
            await Db.SaveChangesAsync(cancellation);
            // Visitors of this process read it at once, those of others within a second.
            await published.RefreshAsync(cancellation);
            work.Poke();
        }
        return LocalRedirect($"~/desk/letters/{Letter.Id}#switches");
    }
}
