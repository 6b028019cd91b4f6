using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Mail;

/// <summary>
/// What may still be sent: the instance's budget of mails in an hour and a day (a setting), and each letter's (on its desk). Counted from
/// what was sent, so that it holds over restarts and over several outboxes. Mail beyond it waits and is not lost. Updates may use half of
/// it, so that whoever signs meanwhile still gets their digits.
/// </summary>
public sealed class MailBudget
{
    private readonly HashSet<long> spent;
    private readonly Dictionary<long, int> ofLetters;

    private MailBudget(int left, int leftForUpdates, HashSet<long> spent, Dictionary<long, int> ofLetters) =>
        (Left, LeftForUpdates, this.spent, this.ofLetters) = (left, leftForUpdates, spent, ofLetters);

    /// <summary>Of the instance, now.</summary>
    public int Left { get; }

    /// <summary>How many of them may be updates.</summary>
    public int LeftForUpdates { get; }

    /// <summary>Letters that have none left.</summary>
    public IReadOnlyCollection<long> Spent => spent;

    public bool IsSpent(long letterId) => Left == 0 || spent.Contains(letterId);

    /// <summary>How many updates this letter may send now.</summary>
    public int UpdatesOf(long letterId) => Math.Min(LeftForUpdates, ofLetters.GetValueOrDefault(letterId));

    /// <summary>Letters that may send updates now.</summary>
    public IReadOnlyCollection<long> MaySendUpdates => [.. ofLetters.Keys.Where(l => UpdatesOf(l) > 0)];

    public static async Task<MailBudget> ReadAsync(UndersignedDb db, Instance instance, DateTimeOffset now, CancellationToken cancellation)
    {
        var (hour, day) = (now - TimeSpan.FromHours(1), now - TimeSpan.FromDays(1));
        var sent = await db.Outbox.Where(m => m.SentAt > day).GroupBy(m => m.LetterId)
            .Select(g => new { Letter = g.Key, Day = g.Count(), Hour = g.Count(m => m.SentAt > hour) }).ToDictionaryAsync(g => g.Letter, g => (g.Hour, g.Day), cancellation);
        var limits = await db.Letters.AsNoTracking().Select(l => new { l.Id, l.Limits }).ToDictionaryAsync(l => l.Id, l => l.Limits, cancellation);
        int LeftOf(long letter, int part)
        {
            var (inHour, inDay) = sent.GetValueOrDefault(letter);
            return Math.Min(limits[letter].MailsAnHour / part - inHour, limits[letter].MailsADay / part - inDay);
        }
        int LeftOfAll(int part) => Math.Max(0, Math.Min(instance.MailsAnHour / part - sent.Values.Sum(s => s.Hour), instance.MailsADay / part - sent.Values.Sum(s => s.Day)));
        return new MailBudget(LeftOfAll(1), LeftOfAll(2), [.. limits.Keys.Where(l => LeftOf(l, 1) <= 0)], limits.Keys.ToDictionary(l => l, l => LeftOf(l, 2)));
    }
}
