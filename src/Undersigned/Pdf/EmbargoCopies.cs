using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Pdf;

/// <summary>What a private link leads to.</summary>
public sealed record FoundCopy(EmbargoCopy Copy, Letter Letter)
{
    /// <summary>Switched on, and the letter is not public: else nothing of it is given.</summary>
    public bool IsOpen => !Copy.IsOff && !Letter.IsPublic;
}

/// <summary>Outlets' private links, and the newest PDF behind each.</summary>
public sealed class EmbargoCopies(UndersignedDb db, InstanceKeys keys, PrintedLetters letters, Instance instance, WorkSignal work, TimeProvider time)
{
    public string LinkOf(EmbargoCopy copy) => instance.UrlOf("/embargo/" + keys.Token(TokenPurpose.EmbargoCopy, copy.Id));

    /// <summary>Null for a token that was never given.</summary>
    public async Task<FoundCopy?> FindAsync(string token, CancellationToken cancellation)
    {
        if (!InstanceKeys.TryReadId(token, out var id) || !keys.IsToken(token, TokenPurpose.EmbargoCopy, id))
            return null;
        var row = await db.EmbargoCopies.AsNoTracking().Where(c => c.Id == id).Join(db.Letters.AsNoTracking(), c => c.LetterId, l => l.Id, (c, l) => new { Copy = c, Letter = l }).SingleOrDefaultAsync(cancellation);
        return row is null ? null : new FoundCopy(row.Copy, row.Letter);
    }

    public Task<string> MarkAsync(FoundCopy found, CancellationToken cancellation) => letters.EmbargoMarkAsync(found.Letter, cancellation);

    public Task<LetterPdf?> NewestAsync(FoundCopy found, CancellationToken cancellation) =>
        db.Pdfs.AsNoTracking().Where(p => p.EmbargoCopyId == found.Copy.Id && p.State == PdfState.Made).OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancellation);

    /// <summary>The PDF of the names as they are now, made or under way.</summary>
    public async Task<LetterPdf> WantAsync(FoundCopy found, CancellationToken cancellation)
    {
        var wanted = await db.WantAsync(found.Letter.Id, null, found.Copy.Id, await MarkAsync(found, cancellation), time.GetUtcNow(), cancellation);
        if (wanted.State == PdfState.Waiting)
            work.Poke();
        return wanted;
    }

    public Task CountOpeningAsync(FoundCopy found, CancellationToken cancellation) =>
        db.EmbargoCopies.Where(c => c.Id == found.Copy.Id).ExecuteUpdateAsync(s => s.SetProperty(c => c.Openings, c => c.Openings + 1).SetProperty(c => c.OpenedAt, time.GetUtcNow()), cancellation);
}
