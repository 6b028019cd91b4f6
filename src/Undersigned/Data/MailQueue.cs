using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Puts a mail into the outbox, in the transaction of the act that causes it.</summary>
public static class MailQueue
{
    /// <summary>Nothing where the signature has no address.</summary>
    public static void Queue(this UndersignedDb db, InstanceKeys keys, Signature signature, MailKind kind, DateTimeOffset now)
    {
        if (!EmailAddress.TryParse(signature.Email, out var address, out _))
            return;
        db.Outbox.Add(new OutboxMail
        {
            LetterId = signature.LetterId,
            SignatureId = signature.Id,
            Kind = kind,
            MailboxTag = keys.MailboxTag(address),
            Domain = address.Domain,
            CreatedAt = now,
            DueAt = now,
        });
    }

    /// <summary>A mail to whoever sent the inquiry, about the line that it is about; nothing where there is no address or no line.</summary>
    public static void Queue(this UndersignedDb db, InstanceKeys keys, Inquiry inquiry, MailKind kind, DateTimeOffset now, DateTimeOffset due)
    {
        if (inquiry.SignatureId is not { } line || !EmailAddress.TryParse(inquiry.Email, out var address, out _))
            return;
        db.Outbox.Add(new OutboxMail
        {
            LetterId = inquiry.LetterId,
            SignatureId = line,
            InquiryId = inquiry.Id,
            Kind = kind,
            MailboxTag = keys.MailboxTag(address),
            Domain = address.Domain,
            CreatedAt = now,
            DueAt = due,
        });
    }
}
