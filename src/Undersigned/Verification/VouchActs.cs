using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

public enum VouchResult
{
    Done,
    /// <summary>Nobody stands under this number, or the link is none of this letter's.</summary>
    Nobody,
    Self,
    /// <summary>The line is theirs by a maintainers' list alone.</summary>
    Unconfirmed,
    Already,
    /// <summary>Five are enough.</summary>
    TooMany,
    /// <summary>Who would vouch is not checked.</summary>
    MayNot,
    /// <summary>The line is another than the one that was shown.</summary>
    LineChanged,
}

/// <summary>Signatories who know each other: given by the voucher's own act, and taken back by it.</summary>
public sealed class VouchActs(GroupCommit commits, InstanceKeys keys, WorkSignal signal, TimeProvider time)
{
    /// <summary>Whom the voucher means: a number of the list, or the link that somebody gave them; null for nobody of this letter.</summary>
    public async Task<Signature?> FindAsync(UndersignedDb db, long letterId, string? typed, CancellationToken cancellation)
    {
        var text = (typed ?? "").Trim();
        var counting = db.Signatures.Where(s => s.LetterId == letterId
            && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted || s.State == SignatureState.Listed));
        var digits = string.Concat(text.TrimStart('№', '#', ' ').Where(c => c is not (',' or '.' or ' ' or '\u00a0' or '\u202f')));
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return await counting.SingleOrDefaultAsync(s => s.Number == number && s.State == SignatureState.Listed, cancellation);
        var token = text[(text.LastIndexOf('/') + 1)..];
        return InstanceKeys.TryReadId(token, out var id) && keys.IsToken(token, TokenPurpose.Vouch, id)
            ? await counting.SingleOrDefaultAsync(s => s.Id == id, cancellation)
            : null;
    }

    /// <param name="mark">Of the line that the voucher saw.</param>
    public async Task<VouchResult> VouchAsync(long voucherId, long signatureId, string? mark, CancellationToken cancellation)
    {
        var result = await commits.RunAsync((db, c) => VouchAsync(db, voucherId, signatureId, mark, c), cancellation);
        signal.Poke();
        return result;
    }

    private async Task<VouchResult> VouchAsync(UndersignedDb db, long voucherId, long signatureId, string? mark, CancellationToken cancellation)
    {
        // Locks the voucher's row to the end of the transaction, so that a sixth at the same moment waits and is refused.
        await db.Signatures.Where(s => s.Id == voucherId).ExecuteUpdateAsync(set => set.SetProperty(s => s.Risk, s => s.Risk), cancellation);
        var (voucher, signature) = (await db.Signatures.SingleAsync(s => s.Id == voucherId, cancellation), await db.Signatures.SingleAsync(s => s.Id == signatureId, cancellation));
        if (await RefusalAsync(db, voucher, signature, cancellation) is { } refused)
            return refused;
        if (signature.ToShown().Mark() != mark)
            return VouchResult.LineChanged;
        var now = time.GetUtcNow();
        var evidence = Evidence.Of(EvidenceKind.Vouched, signature, now, claim: ClaimOf(signature));
        evidence.VoucherId = voucherId;
        db.Evidence.Add(evidence);
        await db.EvidenceChangedAsync(await db.Letters.SingleAsync(l => l.Id == signature.LetterId, cancellation), signature, now, cancellation);
        await db.SaveChangesAsync(cancellation);
        return VouchResult.Done;
    }

    /// <summary>Why this voucher may not vouch for this signature; null where they may.</summary>
    public static async Task<VouchResult?> RefusalAsync(UndersignedDb db, Signature voucher, Signature signature, CancellationToken cancellation)
    {
        if (!voucher.MayVouch(await db.Evidence.AsNoTracking().Where(e => e.SignatureId == voucher.Id).ToListAsync(cancellation)))
            return VouchResult.MayNot;
        if (signature.Id == voucher.Id)
            return VouchResult.Self;
        if (signature.LetterId != voucher.LetterId)
            return VouchResult.Nobody;
        if (!AccountActs.MayAdd(signature))
            return VouchResult.Unconfirmed;
        var given = await db.Evidence.Where(e => e.VoucherId == voucher.Id && e.EndedAt == null).Select(e => e.SignatureId).ToListAsync(cancellation);
        return given.Contains(signature.Id) ? VouchResult.Already : given.Count >= Signature.MostVouches ? VouchResult.TooMany : null;
    }

    private static string? ClaimOf(Signature signature) => string.Join("; ", signature.ToShown().Posts) is { Length: > 0 } offices ? offices : null;

    public async Task TakeBackAsync(long voucherId, long evidenceId, CancellationToken cancellation)
    {
        await commits.RunAsync(async (db, c) =>
        {
            var vouch = await db.Evidence.SingleOrDefaultAsync(e => e.Id == evidenceId && e.VoucherId == voucherId && e.EndedAt == null, c);
            if (vouch is null)
                return false;
            await db.EndVouchAsync(vouch, wasRemoved: false, time.GetUtcNow(), c);
            await db.SaveChangesAsync(c);
            return true;
        }, cancellation);
        signal.Poke();
    }
}
