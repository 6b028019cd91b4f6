using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Who of an earlier letter may be asked to sign the one that follows it.</summary>
public static class FollowUps
{
    /// <summary>
    /// Who stands there by name, has confirmed the address in the mailbox itself, and has not said that they want no mail. Once the
    /// earlier letter's time of keeping is over, only those who asked to be kept informed.
    /// </summary>
    public static IQueryable<Signature> MayBeAsked(this UndersignedDb db, Letter earlier, DateTimeOffset now)
    {
        var id = earlier.Id;
        var asked = db.Signatures.Where(s => s.LetterId == id && s.State == SignatureState.Listed && s.AddressTag != null
            && s.ConfirmedAt != null && s.ConfirmedHow != ConfirmationHow.Telephone
            && !db.BlockedAddresses.Any(b => b.LetterId == id && b.AddressTag == s.AddressTag) && !db.MailRefusals.Any(r => r.SignatureId == s.Id));
        return earlier.KeepingEndsAt <= now ? asked.Where(s => s.KeepInformed) : asked;
    }

    /// <summary>The signature by which somebody of this address counts on a letter already.</summary>
    public static IQueryable<Signature> CountingOf(this UndersignedDb db, long letterId, byte[] addressTag) =>
        db.Signatures.Where(s => s.LetterId == letterId && s.AddressTag == addressTag
            && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed));
}
