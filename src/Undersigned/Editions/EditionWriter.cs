using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Undersigned.Data;
using Undersigned.Model;
using Undersigned.Shared;

namespace Undersigned.Editions;

/// <summary>The next edition as it would be published now.</summary>
public sealed record NextEdition(int Number, LogCheckpoint At, Difference Difference)
{
    /// <summary>Nothing is published where nothing has changed.</summary>
    public bool IsDue => !Difference.IsNone;
}

/// <summary>
/// Fixes the list at the size that is published now as an edition: its row, the document of its post, and the change by which the
/// sequencer enters that in the record, in one transaction. Under the letter's lock, so that of two presses at once one makes it.
/// </summary>
public sealed class EditionWriter(IDbContextFactory<UndersignedDb> databases, IStringLocalizer<SharedTexts> shared, IStringLocalizer<EditionsTexts> texts, WorkSignal work, TimeProvider time)
{
    /// <summary>Null while nothing of the letter is published.</summary>
    public static async Task<NextEdition?> NextAsync(UndersignedDb db, long letterId, CancellationToken cancellation)
    {
        var at = await db.Checkpoints.AsNoTracking().Where(c => c.LetterId == letterId && db.Logs.Any(l => l.LetterId == letterId && l.PublishedSize == c.Size)).SingleOrDefaultAsync(cancellation);
        if (at is null)
            return null;
        var last = await db.Editions.AsNoTracking().Where(e => e.LetterId == letterId).OrderByDescending(e => e.Number).FirstOrDefaultAsync(cancellation);
        return new NextEdition((last?.Number ?? 0) + 1, at, await Difference.ReadAsync(db, letterId, last?.Size ?? 0, at.Size, cancellation));
    }

    /// <summary>Publishes the edition of this number; null where it is there already, or nothing has changed.</summary>
    /// <param name="letterId">The letter.</param>
    /// <param name="number">The number that whoever presses has seen; null publishes the next, whatever its number.</param>
    /// <param name="alongside">What else happens in the transaction, such as the record of the act.</param>
    /// <param name="cancellation">Before the commit, nothing has happened.</param>
    public async Task<Edition?> PublishAsync(long letterId, int? number, Action<UndersignedDb, Letter, Edition>? alongside, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
        await db.LockAsync(letter, cancellation);
        if (!letter.IsPublic || await NextAsync(db, letterId, cancellation) is not { IsDue: true } next || number is not null && number != next.Number)
            return null;
        var edition = await AddAsync(db, letter, next, cancellation);
        alongside?.Invoke(db, letter, edition);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return edition;
    }

    private async Task<Edition> AddAsync(UndersignedDb db, Letter letter, NextEdition next, CancellationToken cancellation)
    {
        var (now, difference) = (time.GetUtcNow(), next.Difference);
        var edition = new Edition
        {
            LetterId = letter.Id,
            Number = next.Number,
            Size = next.At.Size,
            At = now,
            Standing = next.At.Counts.Standing,
            Added = difference.Added.Count,
            Withdrawn = difference.Withdrawn.Count,
            Removed = difference.Removed.Count,
            Corrected = difference.Corrected.Count,
        };
        var text = Tongue.In(letter.Language, () => Document(letter, next, edition));
        var post = new LetterPost { LetterId = letter.Id, Kind = PostKind.Edition, Text = text, TextHash = SHA256.HashData(text), At = now };
        db.Posts.Add(post);
        await db.SaveChangesAsync(cancellation);
        edition.PostId = post.Id;
        db.Editions.Add(edition);
        db.Changes.Add(new Change { LetterId = letter.Id, Kind = ChangeKind.Post, PostId = post.Id, At = now });
        return edition;
    }

    // {"kind":"edition","title":"Edition 4","body":"+412, 3 withdrawn","time":"…Z","language":"en","number":4,"treeSize":1202,"root":"…=","standing":1143,"added":412,…}
    private byte[] Document(Letter letter, NextEdition next, Edition edition) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        Kind = "edition",
        Title = texts["edition", edition.Number].Value,
        Body = shared.Changes(edition),
        Time = Printed.Machine(edition.At),
        letter.Language,
        edition.Number,
        TreeSize = edition.Size,
        Root = Convert.ToBase64String(next.At.Root),
        edition.Standing,
        edition.Added,
        edition.Withdrawn,
        edition.Removed,
        edition.Corrected,
    }, LetterPost.Format);
}
