using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Pdf;

/// <summary>What is made and what is under way, asked of the rows that all servers share.</summary>
public static class PdfQueue
{
    /// <summary>A maker that was not heard of for so long has died.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(12);

    /// <summary>What failed is tried again no sooner.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The newest row of an edition or of an outlet's copy: made of this list, or under way, or failed a moment ago. Where there is none such,
    /// it is asked for.
    /// </summary>
    public static async Task<LetterPdf> WantAsync(this UndersignedDb db, long letterId, int? edition, long? copyId, string mark, DateTimeOffset now, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            var newest = await db.Pdfs.AsNoTracking().Where(p => p.LetterId == letterId && p.Edition == edition && p.EmbargoCopyId == copyId).OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancellation);
            if (newest is { IsUnderWay: true } || newest is { State: PdfState.Failed } && newest.HeardAt > now - Rest || newest is { State: PdfState.Made } && newest.Mark == mark)
                return newest;
            var row = new LetterPdf { LetterId = letterId, Edition = edition, EmbargoCopyId = copyId, State = PdfState.Waiting, AskedAt = now };
            db.Pdfs.Add(row);
            try
            {
                await db.SaveChangesAsync(cancellation);
                return row;
            }
            catch (DbUpdateException) when (tries == 0)
            {
                // Somebody else asked at the same moment.
                db.Entry(row).State = EntityState.Detached;
            }
        }
    }

    /// <summary>Takes the next row, those of outlets first; null where nothing waits. Of two who take the same, one has it.</summary>
    public static async Task<LetterPdf?> TakeAsync(this UndersignedDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var dead = now - Silence;
        var next = await db.Pdfs.AsNoTracking().Where(p => p.State == PdfState.Waiting || p.State == PdfState.Making && p.HeardAt < dead)
            .OrderBy(p => p.EmbargoCopyId == null).ThenBy(p => p.Id).FirstOrDefaultAsync(cancellation);
        return next is not null && await db.Pdfs.Where(p => p.Id == next.Id && p.State == next.State && p.HeardAt == next.HeardAt)
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.State, PdfState.Making).SetProperty(p => p.HeardAt, now), cancellation) > 0 ? next : null;
    }

    /// <summary>Destroys the bytes of PDFs that are no longer given; their hashes stay.</summary>
    public static async Task OutdateAsync(this UndersignedDb db, Expression<Func<LetterPdf, bool>> which, CancellationToken cancellation)
    {
        var made = db.Pdfs.Where(p => p.State == PdfState.Made).Where(which).Select(p => p.Id);
        await db.PdfPieces.Where(p => made.Contains(p.LetterPdfId)).ExecuteDeleteAsync(cancellation);
        await db.Pdfs.Where(p => p.State == PdfState.Made).Where(which).ExecuteUpdateAsync(s => s.SetProperty(p => p.State, PdfState.Outdated), cancellation);
    }

    /// <summary>Sends the bytes piece by piece.</summary>
    public static async Task SendAsync(this UndersignedDb db, LetterPdf pdf, Stream to, CancellationToken cancellation)
    {
        for (var ordinal = 0; ; ordinal++)
        {
            var at = ordinal;
            if (await db.PdfPieces.AsNoTracking().Where(p => p.LetterPdfId == pdf.Id && p.Ordinal == at).Select(p => p.Bytes).SingleOrDefaultAsync(cancellation) is not { } bytes)
                return;
            await to.WriteAsync(bytes, cancellation);
        }
    }
}
