using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

internal static class ConfirmedSignatures
{
    /// <summary>Those that count and whose address somebody read: by the code, or on the page that was mailed to them.</summary>
    public static IQueryable<Signature> ConfirmedByMail(this UndersignedDb db, long letterId) =>
        db.Signatures.Where(s => s.LetterId == letterId && s.ConfirmedAt != null && s.ConfirmedHow != ConfirmationHow.Telephone
            && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed))
            .OrderBy(s => s.Id);
}
