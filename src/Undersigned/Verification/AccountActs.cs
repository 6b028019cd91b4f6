using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>What a signer takes along to the service, and back, in the `state` parameter: sealed, so that no cookie is needed.</summary>
public sealed record AccountRequest(long SignatureId, string Issuer, AccountRound Round, DateTimeOffset Until, string Language);

/// <summary>An account that came back, until the signer says that it is theirs.</summary>
public sealed record AccountOffer(long SignatureId, string Issuer, AccountFound Account, DateTimeOffset Until);

public enum AttachResult
{
    Done,
    /// <summary>It speaks for another line of this letter.</summary>
    Taken,
    TooMany,
    /// <summary>The signature counts no more.</summary>
    Gone,
}

/// <summary>A signer's accounts elsewhere: sealed on the way there and back, attached, taken off.</summary>
public sealed class AccountActs(GroupCommit commits, InstanceKeys keys, Instance instance, IDataProtectionProvider protection, WorkSignal signal, TimeProvider time)
{
    public const int MostAccounts = 5;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly IDataProtector requests = protection.CreateProtector("undersigned/account-request/v1");
    private readonly IDataProtector offers = protection.CreateProtector("undersigned/account-offer/v1");

    public IReadOnlyList<AccountIssuer> Issuers => instance.Issuers;

    public AccountIssuer? Find(string? key) => instance.Issuers.FirstOrDefault(i => i.Key == key);

    /// <summary>Each service comes back to an address of its own, so that none can answer in the name of another.</summary>
    public string ReturnTo(AccountIssuer issuer) => instance.UrlOf("/attach/" + issuer.Key);

    public string SealRequest(long signatureId, AccountIssuer issuer, AccountRound round) =>
        requests.Protect(JsonSerializer.Serialize(new AccountRequest(signatureId, issuer.Key, round, time.GetUtcNow() + Lifetime, Tongue.Current)));

    public string SealOffer(AccountRequest request, AccountFound account) =>
        offers.Protect(JsonSerializer.Serialize(new AccountOffer(request.SignatureId, request.Issuer, account, time.GetUtcNow() + Lifetime)));

    /// <summary>Null where it is not ours, another service's, or too old.</summary>
    public AccountRequest? OpenRequest(string? sealedText, AccountIssuer issuer) =>
        Open(requests, sealedText) is { } text && JsonSerializer.Deserialize<AccountRequest>(text) is { } request
            && request.Issuer == issuer.Key && request.Until > time.GetUtcNow() ? request : null;

    public AccountOffer? OpenOffer(string? sealedText, AccountIssuer issuer) =>
        Open(offers, sealedText) is { } text && JsonSerializer.Deserialize<AccountOffer>(text) is { } offer
            && offer.Issuer == issuer.Key && offer.Until > time.GetUtcNow() ? offer : null;

    private static string? Open(IDataProtector protector, string? text)
    {
        try
        {
            return protector.Unprotect(text ?? "");
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>One account speaks for one line of a letter; attached twice to the same, it is attached once.</summary>
    public async Task<AttachResult> AttachAsync(AccountIssuer issuer, AccountOffer offer, CancellationToken cancellation)
    {
        var result = await commits.RunAsync((db, c) => AttachAsync(db, issuer, offer, c), cancellation);
        signal.Poke();
        return result;
    }

    private async Task<AttachResult> AttachAsync(UndersignedDb db, AccountIssuer issuer, AccountOffer offer, CancellationToken cancellation)
    {
        var signature = await db.Signatures.SingleOrDefaultAsync(s => s.Id == offer.SignatureId, cancellation);
        if (signature is null || !MayAdd(signature))
            return AttachResult.Gone;
        var tag = keys.AccountTag(signature.LetterId, issuer.Identity, offer.Account.Subject);
        var holder = await db.Evidence.Where(e => e.LetterId == signature.LetterId && e.AccountTag == tag && e.EndedAt == null).Select(e => (long?)e.SignatureId).FirstOrDefaultAsync(cancellation);
        if (holder is not null)
            return holder == signature.Id ? AttachResult.Done : AttachResult.Taken;
        if (await db.Evidence.CountAsync(e => e.SignatureId == signature.Id && e.Kind == EvidenceKind.Account && e.EndedAt == null, cancellation) >= MostAccounts)
            return AttachResult.TooMany;
        var now = time.GetUtcNow();
        var evidence = Evidence.Of(EvidenceKind.Account, signature, now, $"{issuer.Name} · {Known(offer.Account)}");
        (evidence.AccountTag, evidence.Account) = (tag, $"{issuer.Identity}\n{offer.Account.Subject}");
        db.Evidence.Add(evidence);
        await db.EvidenceChangedAsync(await db.Letters.SingleAsync(l => l.Id == signature.LetterId, cancellation), signature, now, cancellation);
        await db.SaveChangesAsync(cancellation);
        return AttachResult.Done;
    }

    public static string Known(AccountFound account) => account.Label == account.Subject ? account.Subject : $"{account.Label} ({account.Subject})";

    /// <summary>A confirmed address that counts: whoever has not said that a line is theirs adds nothing to it.</summary>
    public static bool MayAdd(Signature signature) => signature.ConfirmedAt is not null
        && signature.State is SignatureState.Confirmed or SignatureState.InReview or SignatureState.Admitted or SignatureState.Listed;

    public async Task TakeOffAsync(long signatureId, long evidenceId, CancellationToken cancellation)
    {
        await commits.RunAsync(async (db, c) =>
        {
            var evidence = await db.Evidence.SingleOrDefaultAsync(
                e => e.Id == evidenceId && e.SignatureId == signatureId && e.Kind == EvidenceKind.Account && e.EndedAt == null, c);
            if (evidence is null)
                return false;
            var (now, signature) = (time.GetUtcNow(), await db.Signatures.SingleAsync(s => s.Id == signatureId, c));
            evidence.Forget(now);
            await db.EvidenceChangedAsync(await db.Letters.SingleAsync(l => l.Id == signature.LetterId, c), signature, now, c);
            await db.SaveChangesAsync(c);
            return true;
        }, cancellation);
        signal.Poke();
    }
}
