using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Pdf;

/// <summary>Makes the PDF of one row of the queue and keeps its bytes with the row; told of what is done as it goes.</summary>
public sealed class PdfMaking(UndersignedDb db, PrintedLetters letters, PrintPage page, ChromiumPrint printer, TimeProvider time)
{
    /// <summary>Joins parts, and makes a PDF a third as long; without it a list of one part is kept as it is.</summary>
    private static readonly string? Qpdf = Programs.Find("qpdf");

    public async Task MakeAsync(LetterPdf row, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("undersigned-pdf-").FullName;
        try
        {
            // One file for everybody speaks the letter's language, whoever has it made.
            CultureInfo.CurrentUICulture = Tongue.CultureOf(await db.Letters.Where(l => l.Id == row.LetterId).Select(l => l.Language).SingleAsync(cancellation));
            if (await letters.OfAsync(row, time, cancellation) is { } letter)
                await KeepAsync(row, letter, await PrintAsync(row, letter, folder, cancellation), cancellation);
            else
                await db.Pdfs.Where(p => p.Id == row.Id).ExecuteDeleteAsync(cancellation);
        }
        catch (PrintException e)
        {
            await db.Pdfs.Where(p => p.Id == row.Id).ExecuteUpdateAsync(s => s.SetProperty(p => p.State, PdfState.Failed).SetProperty(p => p.Trouble, e.Message).SetProperty(p => p.HeardAt, time.GetUtcNow()), cancellation);
        }
        catch (OperationCanceledException)
        {
            // The server ends; it is made after the next start, or by another.
            await db.Pdfs.Where(p => p.Id == row.Id && p.State == PdfState.Making).ExecuteUpdateAsync(s => s.SetProperty(p => p.State, PdfState.Waiting), CancellationToken.None);
            throw;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(string File, int Pages)> PrintAsync(LetterPdf row, PrintedLetter letter, string folder, CancellationToken cancellation)
    {
        var isWhole = letter.Count <= page.PartSize;
        if (!isWhole && Qpdf is null)
            throw new PrintException($"A list of more than {page.PartSize:N0} names is set in parts, which qpdf joins: the operator can install it.");
        await HeardAsync(row, 0, letter.Count, cancellation);
        var (parts, pages, done) = (new List<string>(), 0, 0);
        await foreach (var names in letter.Names(cancellation).Chunk(page.PartSize).DefaultIfEmpty([]).WithCancellation(cancellation))
        {
            var (html, pdf) = (Path.Combine(folder, $"part-{parts.Count}.html"), Path.Combine(folder, $"part-{parts.Count}.pdf"));
            done += names.Length;
            await page.WriteAsync(html, letter, names, pages + 1, isLast: done >= letter.Count, isWhole);
            await printer.PrintAsync(folder, html, pdf, cancellation);
            pages += await SettleAsync(pdf, letter.AsOf, cancellation);
            parts.Add(pdf);
            await HeardAsync(row, done, letter.Count, cancellation);
        }
        return (await JoinAsync(parts, folder, cancellation), pages);
    }

    private static async Task<int> SettleAsync(string pdf, DateTimeOffset at, CancellationToken cancellation)
    {
        var bytes = await File.ReadAllBytesAsync(pdf, cancellation);
        PdfBytes.SetTime(bytes, at);
        await File.WriteAllBytesAsync(pdf, bytes, cancellation);
        return PdfBytes.Pages(bytes);
    }

    // The first part keeps its title, language and tags; the tags of later parts do not come along.
    private async Task<string> JoinAsync(List<string> parts, string folder, CancellationToken cancellation)
    {
        if (Qpdf is null)
            return parts[0];
        var joined = Path.Combine(folder, "joined.pdf");
        string[] pages = parts.Count == 1 ? [] : ["--pages", ".", .. parts.Skip(1), "--"];
        await printer.RunAsync(Qpdf, [parts[0], .. pages, "--object-streams=generate", "--deterministic-id", joined], folder, cancellation);
        return joined;
    }

    // A change of the row that somebody else has taken meanwhile changes nothing.
    private Task<int> HeardAsync(LetterPdf row, int done, int names, CancellationToken cancellation) =>
        db.Pdfs.Where(p => p.Id == row.Id && p.State == PdfState.Making)
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.Done, done).SetProperty(p => p.Names, names).SetProperty(p => p.HeardAt, time.GetUtcNow()), cancellation);

    private async Task KeepAsync(LetterPdf row, PrintedLetter letter, (string File, int Pages) made, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = time.GetUtcNow();
        // First, so that of two who made the same one keeps it.
        if (await db.Pdfs.Where(p => p.Id == row.Id && p.State == PdfState.Making).ExecuteUpdateAsync(s => s.SetProperty(p => p.HeardAt, now), cancellation) == 0)
            return;
        await db.PdfPieces.Where(p => p.LetterPdfId == row.Id).ExecuteDeleteAsync(cancellation);
        await using var file = File.OpenRead(made.File);
        var (buffer, ordinal, length) = (new byte[PdfPiece.Longest], 0, 0L);
        for (int read; (read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation)) > 0; length += read)
        {
            hash.AppendData(buffer, 0, read);
            db.PdfPieces.Add(new PdfPiece { LetterPdfId = row.Id, Ordinal = ordinal++, Bytes = buffer[..read] });
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
        var sha256 = hash.GetHashAndReset();
        await db.Pdfs.Where(p => p.Id == row.Id).ExecuteUpdateAsync(s => s.SetProperty(p => p.State, PdfState.Made).SetProperty(p => p.MadeAt, now).SetProperty(p => p.AsOf, letter.AsOf).SetProperty(p => p.Mark, letter.Mark)
            .SetProperty(p => p.Pages, made.Pages).SetProperty(p => p.Length, length).SetProperty(p => p.Sha256, sha256), cancellation);
        await db.OutdateAsync(p => p.LetterId == row.LetterId && p.Edition == row.Edition && p.EmbargoCopyId == row.EmbargoCopyId && p.Id < row.Id, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
