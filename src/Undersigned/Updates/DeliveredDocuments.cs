using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Updates;

/// <summary>What was handed over: a file of an edition, or, without one, the list as it stood.</summary>
/// <param name="At">Of which moment it is.</param>
/// <param name="IsGiven">Everybody can have the file; otherwise somebody who is named in it has left.</param>
public sealed record DeliveredDocument(DateTimeOffset At, int Standing, long TreeSize, int? Edition = null, string? Sha256 = null, long? Bytes = null, bool IsGiven = false);

/// <summary>Finds what an editor says was handed over.</summary>
public sealed class DeliveredDocuments(UndersignedDb db, PublishedLetters letters, PastLists past)
{
    /// <summary>The files of all editions, newest first.</summary>
    public async Task<IReadOnlyList<DeliveredDocument>> AllAsync(Letter letter, CancellationToken cancellation)
    {
        if (letters.Find(letter.Slug) is not { } today)
            return [];
        var editions = await db.EditionsAt(letter.Id, today.Size).AsNoTracking().ToDictionaryAsync(e => e.Number, cancellation);
        var documents = new List<DeliveredDocument>();
        foreach (var file in await db.FilesEverGivenAsync(letter.Id, cancellation))
            if (editions.TryGetValue(file.Edition!.Value, out var edition) && await past.AtSizeAsync(today, edition.Size, cancellation) is { } then)
                documents.Add(new DeliveredDocument(edition.At, then.Counts.Standing, then.Size, edition.Number, Convert.ToHexStringLower(file.Sha256!), file.Length, file.State == PdfState.Made));
        return [.. documents.DistinctBy(p => p.Sha256)];
    }

    /// <summary>Null where there is no such file, or no list yet on that day.</summary>
    public async Task<DeliveredDocument?> FindAsync(Letter letter, PostForm form, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(form.Document))
            return (await AllAsync(letter, cancellation)).FirstOrDefault(p => p.Sha256 == form.Document);
        return form.Latest is { } at && letters.Find(letter.Slug) is { } today && await past.AtAsync(today, at, cancellation) is { } then
            ? new DeliveredDocument(then.At.EntryAt, then.Counts.Standing, then.Size) : null;
    }
}
