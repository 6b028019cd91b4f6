using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// Whoever runs a mail server can press every button in its mail. So of withdrawals and objections from one domain only the first few
/// within an hour are done at once; those after them are recorded as requests, and a person does them within the promised time.
/// </summary>
public static class OwnActHolds
{
    /// <summary>
    /// True: recorded, and not to be done now. Either way the act is counted. To be called inside the transaction that would do it; the
    /// caller saves.
    /// </summary>
    public static async Task<bool> IsHeldAsync(this UndersignedDb db, Signature signature, InquiryKind act, DateTimeOffset now, CancellationToken cancellation)
    {
        if (signature.EmailDomain is not { Length: > 0 } domain)
            return false;
        if (await db.Inquiries.AnyAsync(i => i.SignatureId == signature.Id && i.Kind == act && i.State == InquiryState.Waiting, cancellation))
            return true;
        var letter = await db.Letters.SingleAsync(l => l.Id == signature.LetterId, cancellation);
        // Six presses at the same moment are counted one after the other.
        await db.LockAsync(letter, cancellation);
        var since = now - Inquiry.AtOnceWithin;
        var many = await db.Inquiries.CountAsync(i => i.LetterId == letter.Id && i.EmailDomain == domain && i.ConfirmedAt > since
            && i.Kind != InquiryKind.Wrong && i.Kind != InquiryKind.Reply, cancellation) >= Inquiry.MostAtOnce;
        db.Inquiries.Add(new Inquiry
        {
            LetterId = letter.Id,
            // What was done at once leaves a count and no person.
            SignatureId = many ? signature.Id : null,
            Kind = act,
            State = many ? InquiryState.Waiting : InquiryState.Answered,
            Outcome = many ? null : InquiryOutcome.Withdrawn,
            EmailDomain = domain,
            SubmittedAt = now,
            ConfirmedAt = now,
            DueAt = many ? now + TimeSpan.FromHours(letter.PromiseHours) : null,
            AnsweredAt = many ? null : now,
        });
        return many;
    }

    /// <summary>"This was not me" of a signature that is not confirmed: no more mail about this letter to the address, and its forms are forgotten.</summary>
    public static async Task ObjectAsync(this UndersignedDb db, Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        if (signature.AddressTag is not { } tag)
            return;
        if (!await db.BlockedAddresses.AnyAsync(b => b.LetterId == signature.LetterId && b.AddressTag == tag, cancellation))
            db.BlockedAddresses.Add(new BlockedAddress { LetterId = signature.LetterId, AddressTag = tag, At = now });
        var all = await db.Signatures.Where(s => s.LetterId == signature.LetterId && s.AddressTag == tag && s.State == SignatureState.Submitted).ToListAsync(cancellation);
        foreach (var one in all)
            one.Forget(SignatureState.Expired, now);
    }
}
