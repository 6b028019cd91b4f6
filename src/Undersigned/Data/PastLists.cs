using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>A published letter as it stood at an earlier size. What stood at a size never changes, so it is kept.</summary>
public sealed class PastLists(IDbContextFactory<UndersignedDb> databases)
{
    private const int Kept = 500;

    private readonly ConcurrentDictionary<(long LetterId, long Size), PublishedLetter> known = new();

    /// <summary>At the latest size that was published by then; null for a time before there was a list.</summary>
    public async Task<PublishedLetter?> AtAsync(PublishedLetter letter, DateTimeOffset time, CancellationToken cancellation)
    {
        if (time >= letter.At.EntryAt)
            return letter;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = letter.Letter.Id;
        var size = await db.Checkpoints.Where(c => c.LetterId == id && c.EntryAt <= time && c.Size < letter.Size)
            .OrderByDescending(c => c.Size).Select(c => (long?)c.Size).FirstOrDefaultAsync(cancellation);
        return size is { } found ? await AtSizeAsync(letter, found, cancellation) : null;
    }

    /// <summary>At a published size; null for a size at which nothing was published.</summary>
    public async Task<PublishedLetter?> AtSizeAsync(PublishedLetter letter, long size, CancellationToken cancellation)
    {
        if (size == letter.Size)
            return letter;
        if (!known.TryGetValue((letter.Letter.Id, size), out var past))
        {
            if (await ReadAsync(letter, size, cancellation) is not { } read)
                return null;
            if (known.Count >= Kept)
                known.Clear();
            known[(letter.Letter.Id, size)] = past = read;
        }
        return past with { Letter = letter.Letter, Latest = letter.Latest };
    }

    private async Task<PublishedLetter?> ReadAsync(PublishedLetter letter, long size, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = letter.Letter.Id;
        var at = size > letter.Size ? null : await db.Checkpoints.AsNoTracking().SingleOrDefaultAsync(c => c.LetterId == id && c.Size == size, cancellation);
        if (at is null)
            return null;
        var revision = at.Revision == letter.Revision.Number
            ? letter.Revision
            : await db.Revisions.AsNoTracking().SingleAsync(r => r.LetterId == id && r.Number == at.Revision, cancellation);
        return new PublishedLetter(letter.Letter, revision, at, letter.Origin, letter.OpenedAt) { Edition = await db.EditionAtAsync(id, size, cancellation) };
    }
}

public static class EditionsAtSize
{
    /// <summary>An edition is told of from the entry of its post on, so that pages of one size agree.</summary>
    public static IQueryable<Edition> EditionsAt(this UndersignedDb db, long letterId, long size) =>
        db.Editions.Where(e => e.LetterId == letterId && db.Posts.Any(p => p.Id == e.PostId && p.LeafIndex < size));

    public static Task<Edition?> EditionAtAsync(this UndersignedDb db, long letterId, long size, CancellationToken cancellation) =>
        db.EditionsAt(letterId, size).AsNoTracking().OrderByDescending(e => e.Number).FirstOrDefaultAsync(cancellation);
}
