using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Mail;

/// <summary>
/// What may still be sent: the instance's budget of mails in an hour and a day (a setting), and each letter's (on its desk). Counted from
/// what was sent, so that it holds over restarts and over several outboxes. Mail beyond it waits and is not lost.
/// </summary>
public sealed class MailBudget
{
    private readonly HashSet<long> spent;

    private MailBudget(int left, HashSet<long> spent) => (Left, this.spent) = (left, spent);

    /// <summary>Of the instance, now.</summary>
    public int Left { get; }

    /// <summary>Letters that have none left.</summary>
    public IReadOnlyCollection<long> Spent => spent;

    public bool IsSpent(long letterId) => Left == 0 || spent.Contains(letterId);

    public static async Task<MailBudget> ReadAsync(UndersignedDb db, Instance instance, DateTimeOffset now, CancellationToken cancellation)
    {
        var (hour, day) = (now - TimeSpan.FromHours(1), now - TimeSpan.FromDays(1));
        var sent = await db.Outbox.Where(m => m.SentAt > day).GroupBy(m => m.LetterId)
            .Select(g => new { Letter = g.Key, Day = g.Count(), Hour = g.Count(m => m.SentAt > hour) }).ToListAsync(cancellation);
        var ids = sent.Select(s => s.Letter).ToList();
        var limits = await db.Letters.AsNoTracking().Where(l => ids.Contains(l.Id)).Select(l => new { l.Id, l.Limits }).ToDictionaryAsync(l => l.Id, l => l.Limits, cancellation);
        var left = Math.Min(instance.MailsAnHour - sent.Sum(s => s.Hour), instance.MailsADay - sent.Sum(s => s.Day));
        return new MailBudget(Math.Max(0, left), [.. sent.Where(s => s.Hour >= limits[s.Letter].MailsAnHour || s.Day >= limits[s.Letter].MailsADay).Select(s => s.Letter)]);
    }
}
