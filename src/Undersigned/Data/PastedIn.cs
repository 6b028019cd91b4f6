using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>Nobody lets in what they pasted in themselves, nor says that they know it, except where there is nobody else on the letter who could.</summary>
public static class PastedIn
{
    /// <summary>Nobody else of the letter's staff decides. An auditor changes nothing and does not count.</summary>
    public static async Task<bool> IsAloneAsync(this UndersignedDb db, long letterId, long accountId, CancellationToken cancellation) =>
        !await db.Staff.AnyAsync(s => s.LetterId == letterId && s.AccountId != accountId && s.Role != StaffRole.Auditor, cancellation);

    /// <summary>It is for somebody else to say what this one is worth.</summary>
    public static async Task<bool> IsOwnPasteAsync(this UndersignedDb db, Signature signature, long accountId, CancellationToken cancellation) =>
        signature.ImportedBy == accountId && IsOwnPaste(signature, accountId, await db.IsAloneAsync(signature.LetterId, accountId, cancellation));

    /// <param name="signature">One of many.</param>
    /// <param name="accountId">Who acts.</param>
    /// <param name="isAlone">Asked once for all of them.</param>
    public static bool IsOwnPaste(Signature signature, long accountId, bool isAlone) => signature.ImportedBy == accountId && !isAlone;

    /// <summary>Of these signatures of one letter those that this person may let in.</summary>
    public static IQueryable<Signature> MayBeLetInBy(this UndersignedDb db, IQueryable<Signature> signatures, long accountId) =>
        signatures.Where(s => s.ImportedBy != accountId || s.ImportedBy == null
            || !db.Staff.Any(other => other.LetterId == s.LetterId && other.AccountId != accountId && other.Role != StaffRole.Auditor));
}
