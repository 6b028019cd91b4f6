using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Signing;

/// <summary>Forgets what was never confirmed: 72 hours after the form or its last mail, the person's data is destroyed.</summary>
public sealed class Expiry(GroupCommit commits, TimeProvider time)
{
    private const int AtOnce = 100;

    /// <summary>How many were forgotten.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (all, some) = (0, 0);
        do
            all += some = await commits.RunAsync(ForgetSomeAsync, cancellation);
        while (some == AtOnce);
        await commits.RunAsync(ForgetNetworksAsync, cancellation);
        return all;
    }

    /// <summary>Where a form came from is of use for a day, and gone after two.</summary>
    private Task<int> ForgetNetworksAsync(UndersignedDb db, CancellationToken cancellation)
    {
        var old = time.GetUtcNow() - TimeSpan.FromDays(2);
        return db.Signatures.Where(s => s.NetworkTag != null && s.SubmittedAt < old).ExecuteUpdateAsync(set => set.SetProperty(s => s.NetworkTag, (byte[]?)null), cancellation);
    }

    private async Task<int> ForgetSomeAsync(UndersignedDb db, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var old = await db.Signatures.Where(s => s.State == SignatureState.Submitted && s.CodeExpiresAt <= now).OrderBy(s => s.Id).Take(AtOnce).ToListAsync(cancellation);
        var ids = old.Select(s => s.Id).ToList();
        foreach (var mail in await db.Outbox.Where(m => ids.Contains(m.SignatureId!.Value) && m.InquiryId == null && m.State == MailState.Waiting).ToListAsync(cancellation))
            mail.State = MailState.Suppressed;
        await db.ForgetInBulkActsAsync(ids, cancellation);
        foreach (var signature in old)
            signature.Forget(SignatureState.Expired, now);
        await db.SaveChangesAsync(cancellation);
        return old.Count;
    }
}
