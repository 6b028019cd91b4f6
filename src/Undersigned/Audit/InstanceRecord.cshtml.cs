using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Audit;

/// <summary>What belongs to no letter: sign-ins, resets, backups. For the operator; to everybody else the address does not exist.</summary>
[Authorize]
public sealed class InstanceRecordModel(UndersignedDb db, TimeProvider time, RecordOfActs record) : PageModel
{
    public RecordView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long? by, string? what, DateOnly? from, DateOnly? to, string? q, long? before, CancellationToken cancellation)
    {
        if (!await IsOperatorAsync(cancellation))
            return NotFound();
        var filter = new ActFilter { By = by, What = what, From = from, To = to, Text = q, Before = before };
        var lines = await record.ReadAsync(record.OfInstance(), filter, RecordView.LinesAPage + 1, cancellation);
        var (people, codes) = await record.ChoicesAsync(record.OfInstance(), cancellation);
        View = new RecordView("/desk/instance/record", filter, [.. lines.Take(RecordView.LinesAPage)], lines.Count > RecordView.LinesAPage, people, codes, null);
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(long? by, string? what, DateOnly? from, DateOnly? to, string? q, CancellationToken cancellation)
    {
        if (!await IsOperatorAsync(cancellation))
            return NotFound();
        db.Acts.Add(new StaffAct { AccountId = User.AccountId(), At = time.GetUtcNow(), What = "take-record" });
        await db.SaveChangesAsync(cancellation);
        var filter = new ActFilter { By = by, What = what, From = from, To = to, Text = q };
        await RecordSheet.WriteAsync(Response, $"instance-record-{Printed.Machine(time.GetUtcNow())[..10]}", record, record.OfInstance(), filter, cancellation);
        return new EmptyResult();
    }

    private Task<bool> IsOperatorAsync(CancellationToken cancellation)
    {
        var me = User.AccountId();
        return db.Users.AnyAsync(a => a.Id == me && a.IsOperator, cancellation);
    }
}
