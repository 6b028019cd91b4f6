using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Webhooks;

/// <summary>
/// Finds what became public since each webhook was told, and queues it. It is read off the letter, its record and its posts, which is what
/// every public answer is read from; what a webhook was told of moves in the same transaction. So a crash anywhere loses nothing and
/// queues nothing twice, and no feature that publishes needs to know of webhooks.
/// </summary>
internal sealed class WebhookQueue(IDbContextFactory<UndersignedDb> databases, Instance instance, TimeProvider time)
{
    /// <summary>A list that grows every second is told once a minute, always as it is then.</summary>
    public static readonly TimeSpan RecordPause = TimeSpan.FromMinutes(1);

    public async Task QueueAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        // A record that has to wait is left alone: every look at a webhook is a write.
        var (before, code) = (time.GetUtcNow() - RecordPause, Webhook.CodeOf(WebhookEvents.Record));
        var behind = await db.Webhooks.Where(h => h.State == WebhookState.On && db.Logs.Any(g => g.LetterId == h.LetterId && g.PublishedSize > 0
                && (h.RecordSeen < g.PublishedSize && (h.RecordAt == null || h.RecordAt <= before)
                    && !db.WebhookDeliveries.Any(d => d.WebhookId == h.Id && d.Event == code && d.State == WebhookDeliveryState.Waiting)
                || h.PostsSeen < g.PublishedSize || db.Letters.Any(l => l.Id == h.LetterId && l.State != h.StateSeen))))
            .Select(h => h.Id).ToListAsync(cancellation);
        foreach (var id in behind)
            await QueueAsync(id, cancellation);
    }

    private async Task QueueAsync(long id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The row's lock: of two servers, the second finds that it is done. An update that changes nothing is the one lock that both engines know.
        await db.Webhooks.Where(h => h.Id == id).ExecuteUpdateAsync(s => s.SetProperty(h => h.StateAt, h => h.StateAt), cancellation);
        var hook = await db.Webhooks.SingleAsync(h => h.Id == id, cancellation);
        if (hook.State != WebhookState.On)
            return;
        var letter = await db.Letters.AsNoTracking().SingleAsync(l => l.Id == hook.LetterId, cancellation);
        var at = await PublishedAsync(db, hook.LetterId, cancellation);
        if (at is null)
            return;
        var news = new News(hook, letter, at, time.GetUtcNow());
        QueueState(db, news);
        await QueuePostsAsync(db, news, cancellation);
        await QueueRecordAsync(db, news, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    internal static Task<LogCheckpoint?> PublishedAsync(UndersignedDb db, long letterId, CancellationToken cancellation) =>
        db.Checkpoints.AsNoTracking().SingleOrDefaultAsync(c => c.LetterId == letterId && db.Logs.Any(l => l.LetterId == letterId && l.PublishedSize == c.Size), cancellation);

    private void QueueState(UndersignedDb db, News news)
    {
        if (news.Hook.StateSeen == news.Letter.State)
            return;
        news.Hook.StateSeen = news.Letter.State;
        Add(db, news, WebhookEvents.State);
    }

    private async Task QueuePostsAsync(UndersignedDb db, News news, CancellationToken cancellation)
    {
        var (hook, size) = (news.Hook, news.At.Size);
        var posts = await db.Posts.AsNoTracking().Where(p => p.LetterId == hook.LetterId && p.LeafIndex >= hook.PostsSeen && p.LeafIndex < size).OrderBy(p => p.LeafIndex).ToListAsync(cancellation);
        foreach (var post in posts)
            if (post.Kind == PostKind.Edition)
                Add(db, news, WebhookEvents.Edition, await db.Editions.AsNoTracking().SingleAsync(e => e.PostId == post.Id, cancellation));
            else
                Add(db, news, WebhookEvents.Post, post: post);
        hook.PostsSeen = size;
    }

    private async Task QueueRecordAsync(UndersignedDb db, News news, CancellationToken cancellation)
    {
        var (hook, now) = (news.Hook, news.Now);
        if (hook.RecordSeen >= news.At.Size)
            return;
        var code = Webhook.CodeOf(WebhookEvents.Record);
        // While one waits, the next would be out of date before it is read.
        var waits = hook.Wants(WebhookEvents.Record) && (hook.RecordAt > now - RecordPause
            || await db.WebhookDeliveries.AnyAsync(d => d.WebhookId == hook.Id && d.Event == code && d.State == WebhookDeliveryState.Waiting, cancellation));
        if (waits)
            return;
        (hook.RecordSeen, hook.RecordAt) = (news.At.Size, now);
        Add(db, news, WebhookEvents.Record);
    }

    private void Add(UndersignedDb db, News news, WebhookEvents what, Edition? edition = null, LetterPost? post = null)
    {
        if (news.Hook.Wants(what))
            db.WebhookDeliveries.Add(Delivery(news.Hook, Webhook.CodeOf(what), WebhookBody.Of(Webhook.CodeOf(what), news.Now, news.Letter, news.At, instance, edition, post), news.Now));
    }

    /// <summary>What the desk sends by hand.</summary>
    internal static WebhookDelivery Delivery(Webhook hook, string code, byte[] body, DateTimeOffset now) => new()
    {
        LetterId = hook.LetterId,
        WebhookId = hook.Id,
        MessageId = WebhookSecret.NewMessageId(),
        Event = code,
        Body = body,
        MadeAt = now,
        DueAt = now,
    };

    private sealed record News(Webhook Hook, Letter Letter, LogCheckpoint At, DateTimeOffset Now);
}
