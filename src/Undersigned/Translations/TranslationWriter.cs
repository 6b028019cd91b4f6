using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Translations;

public enum TranslationOutcome
{
    Published,
    /// <summary>The same words stand there already: a button pressed twice.</summary>
    AlreadyThere,
    /// <summary>There is one in this language, which can be corrected.</summary>
    LanguageTaken,
    /// <summary>What was to be corrected is not there, or somebody corrected it first.</summary>
    Overtaken,
}

/// <summary>Publishes a translation of the words that are signed now: its text and the change by which it enters the record, under the letter's lock.</summary>
public sealed class TranslationWriter(UndersignedDb db, WorkSignal work, TimeProvider time)
{
    /// <param name="letter">A letter that is public.</param>
    /// <param name="form">Without problems.</param>
    /// <param name="alongside">What else happens in the transaction, such as the record of the act.</param>
    /// <param name="cancellation">Before the commit, nothing has happened.</param>
    public async Task<TranslationOutcome> PublishAsync(Letter letter, TranslationForm form, Action<LetterPost> alongside, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(letter, cancellation);
        var revision = await RevisionAsync(db, letter.Id, cancellation);
        var current = (await CurrentAsync(db, letter.Id, cancellation)).SingleOrDefault(p => PostWords.Parse(p.Text).Language == form.Language);
        var replaces = form.Replaces is null || current?.Id != form.Replaces ? null : current;
        var now = time.GetUtcNow();
        var words = form.ToWords(LetterWords.Of(revision), revision.Number, now, replaces);
        if (current is not null && PostWords.Parse(current.Text).SaysTheSame(words))
            return TranslationOutcome.AlreadyThere;
        if (form.Replaces is not null && replaces is null)
            return TranslationOutcome.Overtaken;
        if (form.Replaces is null && current is not null)
            return TranslationOutcome.LanguageTaken;
        alongside(await db.PostAsync(letter.Id, PostKind.Translation, words, replaces, now, cancellation));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return TranslationOutcome.Published;
    }

    /// <summary>The words that are signed now.</summary>
    public static Task<Revision> RevisionAsync(UndersignedDb db, long letterId, CancellationToken cancellation) =>
        db.Revisions.AsNoTracking().Where(r => r.LetterId == letterId).OrderByDescending(r => r.Number).FirstAsync(cancellation);

    /// <summary>The latest of each language, published or on its way.</summary>
    public static Task<List<LetterPost>> CurrentAsync(UndersignedDb db, long letterId, CancellationToken cancellation) =>
        db.Posts.AsNoTracking().Where(p => p.LetterId == letterId && p.Kind == PostKind.Translation && !db.Posts.Any(q => q.ReplacesId == p.Id)).OrderBy(p => p.Id).ToListAsync(cancellation);
}
