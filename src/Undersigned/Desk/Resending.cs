using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Desk;

/// <summary>Sends the confirmation mail again: a new code each time, the one before dies. The mail budgets hold as for any other mail.</summary>
public sealed class Resending(UndersignedDb db, InstanceKeys keys, TimeProvider time)
{
    /// <summary>
    /// Queues a mail for each unconfirmed signature, or for the one named, whose last mail has left; one that still waits brings the new
    /// code anyway. <paramref name="record"/> is told of each and the caller saves. Who confirms meanwhile fails the save; it is then done again.
    /// </summary>
    public async Task<int> QueueAsync(long letterId, long? signatureId, Action<Signature> record, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var unconfirmed = await db.Signatures
            .Where(s => s.LetterId == letterId && s.State == SignatureState.Submitted && s.EmailDomain != null && (signatureId == null || s.Id == signatureId))
            .Where(s => !db.Outbox.Any(m => m.SignatureId == s.Id && m.Kind == MailKind.Confirmation && m.State == MailState.Waiting))
            .ToListAsync(cancellation);
        foreach (var signature in unconfirmed)
        {
            signature.CodeRound++;
            signature.CodeTries = 0;
            signature.CodeExpiresAt = now + Signature.CodeLifetime;
            db.Queue(keys, signature, MailKind.Confirmation, now);
            record(signature);
        }
        return unconfirmed.Count;
    }
}
