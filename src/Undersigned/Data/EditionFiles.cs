using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>The PDF of an edition, as it stands at the edition's address.</summary>
public sealed record EditionFile(int Edition, string Sha256, long Length, int Pages, DateTimeOffset MadeAt);

public static class EditionFiles
{
    /// <summary>The PDFs that are made, an edition each, newest first; SHA-256 in hex. An edition whose PDF is not made, or not any more, is missing.</summary>
    public static async Task<IReadOnlyList<EditionFile>> EditionFilesAsync(this UndersignedDb db, long letterId, CancellationToken cancellation)
    {
        var made = await db.Pdfs.AsNoTracking().Where(p => p.LetterId == letterId && p.Edition != null && p.State == PdfState.Made).OrderByDescending(p => p.Id).ToListAsync(cancellation);
        return [.. made.DistinctBy(p => p.Edition).OrderByDescending(p => p.Edition).Select(p => new EditionFile(p.Edition!.Value, Convert.ToHexStringLower(p.Sha256!), p.Length, p.Pages, p.MadeAt!.Value))];
    }

    /// <summary>Every file that was ever given of an edition, newest first, also those that are given no more.</summary>
    public static Task<List<LetterPdf>> FilesEverGivenAsync(this UndersignedDb db, long letterId, CancellationToken cancellation) =>
        db.Pdfs.AsNoTracking().Where(p => p.LetterId == letterId && p.Edition != null && p.Sha256 != null).OrderByDescending(p => p.Id).ToListAsync(cancellation);

    /// <summary>The file that a delivery names; null where its bytes are gone, or somebody who is named in it has left.</summary>
    public static async Task<LetterPdf?> DeliveredFileAsync(this UndersignedDb db, PastLists past, PublishedLetter letter, Delivery delivery, CancellationToken cancellation)
    {
        if (delivery.Sha256 is not { } hex || await past.AtSizeAsync(letter, delivery.TreeSize, cancellation) is not { } then)
            return null;
        var (id, sha256) = (letter.Letter.Id, Convert.FromHexString(hex));
        var file = await db.Pdfs.AsNoTracking().Where(p => p.LetterId == id && p.Sha256 == sha256 && p.State == PdfState.Made).OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancellation);
        return file is not null && file.Mark == await db.ShownMarkAsync(then, cancellation) ? file : null;
    }

    /// <summary>
    /// Tells a list from any other list of the same edition: who has left since is shown no more, and then its files are others. Count, sum
    /// and sum of squares of the numbers that are shown.
    /// </summary>
    public static async Task<string> ShownMarkAsync(this UndersignedDb db, PublishedLetter letter, CancellationToken cancellation)
    {
        var shown = await db.Lines.AsNoTracking().StandingAt(letter).GroupBy(l => l.LetterId)
            .Select(g => new { Count = g.Count(), Sum = g.Sum(l => (long)l.Number), Squares = g.Sum(l => (long)l.Number * l.Number) }).SingleOrDefaultAsync(cancellation);
        return shown is null ? "0" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{shown.Count}.{shown.Sum}.{shown.Squares}");
    }
}
