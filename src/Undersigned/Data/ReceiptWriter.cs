using Microsoft.EntityFrameworkCore;
using Undersigned.Log;
using Undersigned.Log.Letters;

namespace Undersigned.Data;

/// <summary>
/// A signer's receipt: the line that stands, its entry, and the proof that both are in the record as last published (section 6 of the
/// signatory log). It holds nothing that is not public.
/// </summary>
public static class ReceiptWriter
{
    /// <summary>The receipt's file, or null while the signature does not stand in a published record.</summary>
    public static async Task<byte[]?> WriteAsync(UndersignedDb db, long signatureId, CancellationToken cancellation)
    {
        var line = await db.Lines.AsNoTracking().Where(l => l.SignatureId == signatureId)
            .Join(db.Logs, l => l.LetterId, g => g.LetterId, (l, g) => new { Line = l, Size = g.PublishedSize })
            .Where(x => x.Line.LeafIndex < x.Size && (x.Line.EndIndex == null || x.Line.EndIndex >= x.Size))
            .SingleOrDefaultAsync(cancellation);
        if (line is null)
            return null;
        var (letterId, index) = (line.Line.LetterId, line.Line.RecordIndex);
        var entry = await db.Entries.Where(e => e.LetterId == letterId && e.LeafIndex == index).Select(e => e.Bytes).SingleAsync(cancellation);
        var note = await db.Checkpoints.Where(c => c.LetterId == letterId && c.Size == line.Size).Select(c => c.Note).SingleAsync(cancellation);
        var hashes = await Proofs.InclusionAsync(index, line.Size, LogTiles.Reader(db, letterId), cancellation);
        var receipt = Receipt.Make(entry, new Opening(index, line.Line.Salt, line.Line.Record), hashes, SignedNote.Parse(note));
        return System.Text.Encoding.UTF8.GetBytes(receipt.Proof.ToString());
    }
}
