using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>What the desk and a signer's own page do with a quotation. Compare-and-swap on its state; the caller saves.</summary>
public static class Quotations
{
    /// <summary>Of signers who stand at the size that this letter is read at, in the order of their numbers.</summary>
    public static IQueryable<QuotedLine> QuotedAt(this UndersignedDb db, PublishedLetter letter) =>
        from q in db.Quotations.AsNoTracking()
        join l in db.Lines.AsNoTracking().StandingAt(letter) on q.SignatureId equals l.SignatureId
        where q.LetterId == letter.Letter.Id && q.State == QuotationState.Agreed
        orderby l.Number, q.Id
        select new QuotedLine(q, l.Number, l.Record);

    /// <summary>Asks the signer, by a mail that leads to their own page.</summary>
    public static void AskForQuotation(this UndersignedDb db, Signature signature, string text, long accountId, DateTimeOffset now)
    {
        db.Quotations.Add(Made(signature, text, QuotationState.Asked, accountId, now));
        db.Queue(signature, MailKind.QuotationAsked, now);
    }

    /// <summary>Writes down that the signer has agreed.</summary>
    public static void RecordQuotation(this UndersignedDb db, Signature signature, string text, string note, DateTimeOffset agreedAt, long accountId, DateTimeOffset now)
    {
        var quotation = Made(signature, text, QuotationState.Agreed, accountId, now);
        (quotation.AgreedHow, quotation.AgreedAt, quotation.Note) = (AgreementHow.Recorded, agreedAt, note);
        db.Quotations.Add(quotation);
    }

    private static Quotation Made(Signature signature, string text, QuotationState state, long accountId, DateTimeOffset now) => new()
    {
        LetterId = signature.LetterId,
        SignatureId = signature.Id,
        State = state,
        StateAt = now,
        AskedBy = accountId,
        AskedAt = now,
        Text = text,
    };

    /// <summary>The desk's: no longer asked, or no longer shown. A mail that waits is not sent.</summary>
    public static async Task<bool> TakeBackAsync(this UndersignedDb db, Quotation quotation, DateTimeOffset now, CancellationToken cancellation)
    {
        if (quotation.State is not (QuotationState.Asked or QuotationState.Agreed))
            return false;
        (quotation.State, quotation.StateAt) = (QuotationState.TakenBack, now);
        var about = quotation.SignatureId;
        if (!await db.Quotations.AnyAsync(q => q.SignatureId == about && q.Id != quotation.Id && q.State == QuotationState.Asked, cancellation))
            foreach (var mail in await db.Outbox.Where(m => m.SignatureId == about && m.Kind == MailKind.QuotationAsked && m.State == MailState.Waiting).ToListAsync(cancellation))
                mail.State = MailState.Suppressed;
        return true;
    }
}

/// <summary>A quotation and the line of whoever is quoted.</summary>
public sealed record QuotedLine(Quotation Quotation, int Number, string Record);
