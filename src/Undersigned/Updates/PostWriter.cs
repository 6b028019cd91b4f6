using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Updates;

public enum PostOutcome
{
    Published,
    /// <summary>The same words stand there already: a button pressed twice.</summary>
    AlreadyThere,
    /// <summary>What was to be corrected is not there, or somebody corrected it first.</summary>
    Overtaken,
}

/// <summary>
/// Publishes what an editor wrote: the document of its post, the change by which the sequencer enters it in the record, and what goes with it, in one
/// transaction under the letter's lock, so that of two presses at once one does it.
/// </summary>
public sealed class PostWriter(UndersignedDb db, WorkSignal work, TimeProvider time)
{
    /// <param name="letter">A letter that is public.</param>
    /// <param name="form">Without problems.</param>
    /// <param name="alongside">What else happens in the transaction, such as the record of the act.</param>
    /// <param name="cancellation">Before the commit, nothing has happened.</param>
    public async Task<PostOutcome> PublishAsync(Letter letter, PostForm form, Func<LetterPost, Task> alongside, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(letter, cancellation);
        var current = await CurrentAsync(db, letter.Id, cancellation);
        var replaces = form.Replaces is { } id ? current.SingleOrDefault(p => p.Id == id && p.Kind == form.Kind) : null;
        var (now, words) = (time.GetUtcNow(), form.ToWords(letter, time.GetUtcNow(), replaces));
        if (current.Any(p => p.Kind == form.Kind && PostWords.Parse(p.Text).SaysTheSame(words)))
            return PostOutcome.AlreadyThere;
        if (form.Replaces is not null && replaces is null)
            return PostOutcome.Overtaken;
        await alongside(await db.PostAsync(letter.Id, form.Kind, words, replaces, now, cancellation));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return PostOutcome.Published;
    }

    /// <summary>The latest wording of all updates, responses, events and deliveries, published or on its way; newest first.</summary>
    public static Task<List<LetterPost>> CurrentAsync(UndersignedDb db, long letterId, CancellationToken cancellation) =>
        db.Posts.AsNoTracking().Where(p => p.LetterId == letterId && (p.Kind == PostKind.Update || p.Kind == PostKind.Response || p.Kind == PostKind.Event || p.Kind == PostKind.Delivery) && !db.Posts.Any(q => q.ReplacesId == p.Id))
            .OrderByDescending(p => p.Id).ToListAsync(cancellation);
}
