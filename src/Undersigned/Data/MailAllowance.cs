using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// What a mailbox may still get: five mails about a letter, and three a day on the whole instance while its signatures are unconfirmed.
/// The outbox asks when it writes a mail; whoever makes new digits asks first, since the ones before die with them.
/// </summary>
public sealed class MailAllowance
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>No stranger can cause these: their reader asked for them, or a person decided. They neither count nor are stopped.</summary>
    private static readonly MailKind[] Free = [MailKind.Update, MailKind.FollowUp, MailKind.Decided, MailKind.Confirmed];

    private readonly Dictionary<string, List<Earlier>> earlier;
    private readonly DateTimeOffset now;

    private MailAllowance(Dictionary<string, List<Earlier>> earlier, DateTimeOffset now) => (this.earlier, this.now) = (earlier, now);

    /// <summary>Whether one more mail of this kind would be sent to the mailbox.</summary>
    public static async Task<bool> AllowsAsync(UndersignedDb db, long letterId, MailKind kind, byte[] mailbox, DateTimeOffset now, CancellationToken cancellation) =>
        (await ReadAsync(db, [mailbox], now, cancellation)).TryTake(letterId, kind, mailbox);

    public static async Task<MailAllowance> ReadAsync(UndersignedDb db, List<byte[]> mailboxes, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = await db.Outbox.AsNoTracking()
            .Where(m => mailboxes.Contains(m.MailboxTag) && !Free.Contains(m.Kind) && (m.State == MailState.Waiting || m.State == MailState.Sent))
            .Select(m => new Earlier(m.Id, m.LetterId, m.MailboxTag,
                m.Kind == MailKind.InquiryCode || m.Kind == MailKind.Confirmation && db.Signatures.Any(s => s.Id == m.SignatureId && s.ConfirmedAt == null), m.CreatedAt))
            .ToListAsync(cancellation);
        return new MailAllowance(rows.GroupBy(e => Convert.ToHexString(e.MailboxTag)).ToDictionary(g => g.Key, g => g.ToList()), now);
    }

    /// <summary>
    /// Of a mail in the outbox. Counted are those queued before it, so that the answer is the same whichever loop asks and however often
    /// it is tried. An answer to a report counts and goes all the same: a person wrote it.
    /// </summary>
    public bool IsSpentFor(OutboxMail mail) => mail.Kind != MailKind.InquiryAnswer && !Free.Contains(mail.Kind) && IsSpent(mail.LetterId, mail.Kind, Of(mail.MailboxTag).Where(e => e.Id < mail.Id));

    /// <summary>Whether one more mail would be sent; where it would, it counts for the next that is asked about.</summary>
    public bool TryTake(long letterId, MailKind kind, byte[] mailbox)
    {
        var theirs = Of(mailbox);
        if (IsSpent(letterId, kind, theirs))
            return false;
        theirs.Add(new Earlier(long.MaxValue, letterId, mailbox, IsUnconfirmed(kind), now));
        return true;
    }

    private bool IsSpent(long letterId, MailKind kind, IEnumerable<Earlier> before)
    {
        var counted = before.ToList();
        return counted.Count(e => e.LetterId == letterId) >= OutboxMail.MostPerLetter
            || IsUnconfirmed(kind) && counted.Count(e => e.Unconfirmed && e.At > now - Day) >= OutboxMail.MostUnconfirmedADay;
    }

    private static bool IsUnconfirmed(MailKind kind) => kind is MailKind.Confirmation or MailKind.InquiryCode;

    private List<Earlier> Of(byte[] mailbox)
    {
        var key = Convert.ToHexString(mailbox);
        if (!earlier.TryGetValue(key, out var theirs))
            earlier.Add(key, theirs = []);
        return theirs;
    }

    private sealed record Earlier(long Id, long LetterId, byte[] MailboxTag, bool Unconfirmed, DateTimeOffset At);
}
