using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Mail;

/// <summary>
/// Holds mail to a domain that refuses too much of it, before that domain, or a list that it tells, refuses all of ours. A person lets
/// it go on.
/// </summary>
public static class MailBreakers
{
    /// <summary>Fewer refusals say nothing.</summary>
    private const int Few = 10;
    private const int PercentTooMany = 30;
    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    /// <summary>To be asked after a mail to the domain was refused for good or came back. Trips at most once; the caller's transaction carries it.</summary>
    public static async Task ConsiderBreakerAsync(this UndersignedDb db, string domain, DateTimeOffset now, CancellationToken cancellation)
    {
        var breaker = await db.MailBreakers.AsNoTracking().SingleOrDefaultAsync(b => b.Domain == domain, cancellation);
        if (breaker is { ReleasedAt: null })
            return;
        var since = breaker?.ReleasedAt is { } released && released > now - Window ? released : now - Window;
        var mails = db.Outbox.Where(m => m.Domain == domain && m.CreatedAt > since);
        var refused = await mails.CountAsync(m => m.State == MailState.Failed, cancellation);
        var tried = refused + await mails.CountAsync(m => m.State == MailState.Sent, cancellation);
        if (refused < Few || refused * 100 < tried * PercentTooMany)
            return;
        var changed = await db.MailBreakers.Where(b => b.Domain == domain).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.TrippedAt, now).SetProperty(b => b.Tried, tried).SetProperty(b => b.Refused, refused)
            .SetProperty(b => b.ReleasedAt, (DateTimeOffset?)null).SetProperty(b => b.ReleasedBy, (long?)null), cancellation);
        if (changed > 0)
            return;
        db.MailBreakers.Add(new MailBreaker { Domain = domain, TrippedAt = now, Tried = tried, Refused = refused });
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Domains to which mail waits for a person, the latest first.</summary>
    public static IQueryable<MailBreaker> OpenBreakers(this UndersignedDb db) =>
        db.MailBreakers.AsNoTracking().Where(b => b.ReleasedAt == null).OrderByDescending(b => b.TrippedAt);

    /// <summary>False where somebody was faster.</summary>
    public static async Task<bool> ReleaseBreakerAsync(this UndersignedDb db, string domain, long accountId, DateTimeOffset now, CancellationToken cancellation) =>
        await db.MailBreakers.Where(b => b.Domain == domain && b.ReleasedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.ReleasedAt, now).SetProperty(b => b.ReleasedBy, accountId), cancellation) > 0;
}
