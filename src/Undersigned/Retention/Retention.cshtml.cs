using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Retention;

/// <summary>How long personal data is kept, and what will be destroyed when.</summary>
[StaffOnly(StaffRole.Owner, AuditorReads = true)]
public sealed class RetentionModel(UndersignedDb db, TimeProvider time, WorkSignal work) : StaffPage(db, time)
{
    public const int Longest = 3_650;

    public DateTimeOffset? End => Letter.KeepingEndsAt;
    public bool IsOver => End <= Now;
    /// <summary>Signatures whose personal data will be destroyed, and is now there.</summary>
    public int Kept { get; private set; }
    public int Telephones { get; private set; }
    public int Reports { get; private set; }
    /// <summary>Of an audit, written about people whose lines were drawn.</summary>
    public int AuditNotes { get; private set; }
    public int NotListed { get; private set; }
    public int KeptInformed { get; private set; }
    public int Unconfirmed { get; private set; }
    public DateTimeOffset? LastEnd { get; private set; }

    public Task OnGetAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(string? days, CancellationToken cancellation)
    {
        if (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > Longest)
        {
            ModelState.AddModelError("days", "A number of days from 1 to 3650, ten years.");
            await LoadAsync(cancellation);
            return Page();
        }
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        if (number == Letter.RetentionDays)
            return RedirectToPage();
        Record("retention", detail: string.Create(CultureInfo.InvariantCulture, $"{Letter.RetentionDays} days → {number} days"));
        Letter.RetentionDays = number;
        await Db.ReviseRulesAsync(Letter, Now, cancellation);
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var ours = Db.Signatures.Where(s => s.LetterId == Letter.Id);
        Kept = await ours.Where(EndOfKeeping.IsKept).CountAsync(cancellation);
        Telephones = await ours.CountAsync(s => s.PressMayCall, cancellation);
        NotListed = await ours.CountAsync(s => s.State != SignatureState.Listed && s.State != SignatureState.Submitted && s.Name != "", cancellation);
        KeptInformed = await ours.CountAsync(s => s.KeepInformed && s.State == SignatureState.Listed, cancellation);
        Unconfirmed = await ours.CountAsync(s => s.State == SignatureState.Submitted, cancellation);
        Reports = await Db.Inquiries.CountAsync(i => i.LetterId == Letter.Id && i.Sealed != null, cancellation);
        AuditNotes = await Db.SampledLines.CountAsync(l => l.LetterId == Letter.Id && l.Sealed != null, cancellation);
        LastEnd = await Db.Acts.Where(a => a.LetterId == Letter.Id && a.What == "forget").OrderByDescending(a => a.Id).Select(a => (DateTimeOffset?)a.At).FirstOrDefaultAsync(cancellation);
    }
}
