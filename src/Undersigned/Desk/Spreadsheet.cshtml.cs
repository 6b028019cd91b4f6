using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Desk;

/// <summary>Everything leaves as one spreadsheet at any hour. A post, since whoever takes the addresses is recorded.</summary>
[StaffOnly(StaffRole.Owner)]
public sealed class SpreadsheetModel(UndersignedDb db, TimeProvider time, SignatureSheet sheet) : StaffPage(db, time)
{
    public int Total { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation) =>
        Total = await Db.Signatures.CountAsync(s => s.LetterId == Letter.Id, cancellation);

    public Task<IActionResult> OnPostAsync(CancellationToken cancellation) => SendAsync("csv", "text/csv; charset=utf-8", WriteTextAsync, cancellation);

    public Task<IActionResult> OnPostWorkbookAsync(CancellationToken cancellation) =>
        SendAsync("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", WriteWorkbookAsync, cancellation);

    private async Task<IActionResult> SendAsync(string ending, string type, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        Record("take-spreadsheet", detail: ending);
        await Db.SaveChangesAsync(cancellation);
        Response.ContentType = type;
        Response.Headers.ContentDisposition = $"attachment; filename=\"{Letter.Slug}-{Printed.Machine(Now)[..10]}.{ending}\"";
        await write(Response.Body, cancellation);
        return new EmptyResult();
    }

    private async Task WriteTextAsync(Stream to, CancellationToken cancellation)
    {
        await to.WriteAsync(Csv.ByteOrderMark, cancellation);
        await using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
        await text.WriteAsync(Csv.Line(SignatureSheet.Columns));
        await foreach (var row in sheet.RowsAsync(Letter.Id, cancellation))
            await text.WriteAsync(Csv.Line(row));
    }

    private Task WriteWorkbookAsync(Stream to, CancellationToken cancellation)
    {
        // The archive ends each of its parts with some bytes that it does not wait for.
        HttpContext.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        return Workbook.WriteAsync(to, WithHeadAsync(cancellation), Now, cancellation);
    }

    private async IAsyncEnumerable<IReadOnlyList<string>> WithHeadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return SignatureSheet.Columns;
        await foreach (var row in sheet.RowsAsync(Letter.Id, cancellation))
            yield return row;
    }
}
