using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

public static class PrivateLinks
{
    /// <summary>
    /// How many have signed through the private link. Only confirmed ones count, or whoever has the link could fill it with addresses
    /// that they do not read.
    /// </summary>
    public static Task<int> SignedThroughLinkAsync(this UndersignedDb db, long letterId, CancellationToken cancellation) =>
        db.Signatures.CountAsync(s => s.LetterId == letterId && s.Source == SignatureSource.PrivateLink
            && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed), cancellation);
}
