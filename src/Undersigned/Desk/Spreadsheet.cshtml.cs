using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Desk;

/// <summary>Everything leaves as one spreadsheet at any hour. A post, since whoever takes the addresses is recorded.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class SpreadsheetModel(UndersignedDb db, TimeProvider time) : StaffPage(db, time)
{
    public int Total { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation) =>
        Total = await Db.Signatures.CountAsync(s => s.LetterId == Letter.Id, cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Record("take-spreadsheet");
        await Db.SaveChangesAsync(cancellation);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"{Letter.Slug}-{Printed.Machine(Now)[..10]}.csv\"";
        await Response.Body.WriteAsync(Csv.ByteOrderMark, cancellation);
        await using var text = new StreamWriter(Response.Body, new UTF8Encoding(false), leaveOpen: true);
        await text.WriteAsync(SignatureSheet.Header);
        var evidence = (await Db.Evidence.AsNoTracking().Where(e => e.LetterId == Letter.Id).OrderBy(e => e.Id).ToListAsync(cancellation)).ToLookup(e => e.SignatureId);
        await foreach (var signature in Db.Signatures.AsNoTracking().Where(s => s.LetterId == Letter.Id).OrderBy(s => s.Id).AsAsyncEnumerable().WithCancellation(cancellation))
            await text.WriteAsync(SignatureSheet.Row(signature, evidence[signature.Id]));
        return new EmptyResult();
    }
}
