using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Desk;

/// <summary>What became of one piece; the last signature that was looked at, null where none is left.</summary>
public sealed record Resent(int Queued, int Full, long? Last);

/// <summary>
/// Sends the confirmation mail again: a new code each time, the one before dies. A mailbox that had as many mails as it may keeps its code,
/// since no mail would bring another.
/// </summary>
public sealed class Resending(UndersignedDb db, InstanceKeys keys, TimeProvider time)
{
    private const int AtOnce = 200;

    /// <summary>
    /// Queues a mail for each unconfirmed signature, or for the one named, whose last mail has left; one that still waits brings the new
    /// code anyway. Some at a time, from the one after <paramref name="after"/>. <paramref name="record"/> is told of each and the caller
    /// saves. Who confirms meanwhile fails the save; it is then done again.
    /// </summary>
    public async Task<Resent> QueueAsync(long letterId, long? signatureId, long after, Action<Signature> record, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var unconfirmed = await db.Signatures
            .Where(s => s.LetterId == letterId && s.Id > after && s.State == SignatureState.Submitted && s.EmailDomain != null && (signatureId == null || s.Id == signatureId))
            .Where(s => !db.Outbox.Any(m => m.SignatureId == s.Id && m.Kind == MailKind.Confirmation && m.State == MailState.Waiting))
            .OrderBy(s => s.Id).Take(AtOnce).ToListAsync(cancellation);
        var mailboxes = unconfirmed.Select(s => (Signature: s, Mailbox: EmailAddress.TryParse(s.Email, out var address, out _) ? keys.MailboxTag(address) : null)).Where(s => s.Mailbox is not null).ToList();
        var allowance = await MailAllowance.ReadAsync(db, [.. mailboxes.Select(m => m.Mailbox!)], now, cancellation);
        var queued = 0;
        foreach (var (signature, mailbox) in mailboxes)
        {
            if (!allowance.TryTake(letterId, MailKind.Confirmation, mailbox!))
                continue;
            (signature.CodeRound, signature.CodeTries, signature.CodeExpiresAt) = (signature.CodeRound + 1, 0, now + Signature.CodeLifetime);
            db.Queue(signature, MailKind.Confirmation, now);
            record(signature);
            queued++;
        }
        return new Resent(queued, mailboxes.Count - queued, unconfirmed.Count < AtOnce ? null : unconfirmed[^1].Id);
    }
}
