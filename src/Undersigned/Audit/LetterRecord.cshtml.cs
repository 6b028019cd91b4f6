using Microsoft.AspNetCore.Mvc;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Audit;

/// <summary>Who did what on this letter, and when. Read by its owners and its auditor; changed by nobody.</summary>
[StaffOnly(StaffRole.Owner, AuditorReads = true)]
public sealed class LetterRecordModel(UndersignedDb db, TimeProvider time, RecordOfActs record) : StaffPage(db, time)
{
    public RecordView View { get; private set; } = null!;

    public async Task OnGetAsync(long? by, string? what, DateOnly? from, DateOnly? to, long? signature, string? q, long? before, CancellationToken cancellation)
    {
        var filter = new ActFilter { By = by, What = what, From = from, To = to, Signature = signature, Text = q, Before = before };
        var acts = record.OfLetter(Letter.Id);
        var lines = await record.ReadAsync(acts, filter, RecordView.LinesAPage + 1, cancellation);
        var (people, codes) = await record.ChoicesAsync(acts, cancellation);
        View = new RecordView($"/desk/letters/{Letter.Id}/record", filter, [.. lines.Take(RecordView.LinesAPage)], lines.Count > RecordView.LinesAPage,
            people, codes, $"/desk/letters/{Letter.Id}/signatures");
    }

    /// <summary>What is asked for, as a sheet. A get, since an auditor posts nothing; that it was taken is in the record all the same.</summary>
    public async Task<IActionResult> OnGetCsvAsync(long? by, string? what, DateOnly? from, DateOnly? to, long? signature, string? q, CancellationToken cancellation)
    {
        Record("take-record");
        await Db.SaveChangesAsync(cancellation);
        var filter = new ActFilter { By = by, What = what, From = from, To = to, Signature = signature, Text = q };
        await RecordSheet.WriteAsync(Response, $"{Letter.Slug}-record-{Printed.Machine(Now)[..10]}", record, record.OfLetter(Letter.Id), filter, cancellation);
        return new EmptyResult();
    }
}
