using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Puts a mail into the outbox, in the transaction of the act that causes it.</summary>
public static class MailQueue
{
    /// <summary>Nothing where the signature has no address.</summary>
    public static void Queue(this UndersignedDb db, Signature signature, MailKind kind, DateTimeOffset now)
    {
        if (!EmailAddress.TryParse(signature.Email, out var address, out _))
            return;
        db.Outbox.Add(db.Mail(address, signature.LetterId, signature.Id, kind, now));
    }

    /// <summary>An update, to somebody who asked to be kept informed.</summary>
    public static void Queue(this UndersignedDb db, Signature signature, Mailing mailing, DateTimeOffset now)
    {
        if (!EmailAddress.TryParse(signature.Email, out var address, out _))
            return;
        var mail = db.Mail(address, signature.LetterId, signature.Id, MailKind.Update, now);
        mail.PostId = mailing.PostId;
        db.Outbox.Add(mail);
    }

    /// <summary>To a signatory of the earlier letter, about the one that follows it.</summary>
    public static void Queue(this UndersignedDb db, Signature earlier, FollowUpMailing mailing, DateTimeOffset now)
    {
        if (EmailAddress.TryParse(earlier.Email, out var address, out _))
            db.Outbox.Add(db.Mail(address, mailing.LetterId, earlier.Id, MailKind.FollowUp, now));
    }

    /// <summary>A mail to whoever sent the inquiry, about the line that it is about, if that is known; nothing where there is no address.</summary>
    public static void Queue(this UndersignedDb db, Inquiry inquiry, MailKind kind, DateTimeOffset now, DateTimeOffset due)
    {
        if (!EmailAddress.TryParse(inquiry.Email, out var address, out _))
            return;
        var mail = db.Mail(address, inquiry.LetterId, inquiry.SignatureId, kind, now);
        (mail.InquiryId, mail.DueAt) = (inquiry.Id, due);
        db.Outbox.Add(mail);
    }

    /// <summary>
    /// What was decided about a name, to whoever confirmed it, whoever decided and wherever. It waits until nobody may take the decision back;
    /// what it says is read from the signature then, so that what was undone is not told.
    /// </summary>
    public static void QueueDecision(this UndersignedDb db, Signature signature, DateTimeOffset now)
    {
        if (signature.ConfirmedAt is null || !EmailAddress.TryParse(signature.Email, out var address, out _))
            return;
        var mail = db.Mail(address, signature.LetterId, signature.Id, MailKind.Decided, now);
        mail.DueAt = now + OutboxMail.UntilDecided;
        db.Outbox.Add(mail);
    }

    private static OutboxMail Mail(this UndersignedDb db, EmailAddress address, long letterId, long? signatureId, MailKind kind, DateTimeOffset now) => new()
    {
        LetterId = letterId,
        SignatureId = signatureId,
        Kind = kind,
        MailboxTag = db.Keys.MailboxTag(address),
        Domain = address.Domain,
        CreatedAt = now,
        DueAt = now,
    };
}
