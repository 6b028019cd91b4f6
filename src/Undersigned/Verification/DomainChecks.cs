using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>
/// The domains that a letter lists. A change is one of the letter's rules, and the evidence of everybody who confirmed an address there
/// follows in the same transaction. The way back is to list the domain again, or no more.
/// </summary>
public sealed class DomainChecks(UndersignedDb db, TimeProvider time)
{
    private const int Attempts = 5;

    /// <summary>Adds the domain, or puts another in its place where it is listed.</summary>
    public Task<int> ListAsync(long letterId, long accountId, ListedDomain domain, CancellationToken cancellation) =>
        ChangeAsync(letterId, accountId, "list-domain", domain.Domain, rest => [.. rest.Append(domain).OrderBy(d => d.Domain, StringComparer.Ordinal)], cancellation);

    public Task<int> UnlistAsync(long letterId, long accountId, string domain, CancellationToken cancellation) =>
        ChangeAsync(letterId, accountId, "unlist-domain", domain, rest => [.. rest], cancellation);

    /// <summary>How many signatures now say something else.</summary>
    private async Task<int> ChangeAsync(
        long letterId, long accountId, string what, string domain, Func<IEnumerable<ListedDomain>, List<ListedDomain>> change, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await ChangeOnceAsync(letterId, accountId, what, domain, change, cancellation);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // One of the signatures moved while we read.
            }
        }
    }

    private async Task<int> ChangeOnceAsync(
        long letterId, long accountId, string what, string domain, Func<IEnumerable<ListedDomain>, List<ListedDomain>> change, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
        await db.LockAsync(letter, cancellation);
        letter.Domains = change(letter.Domains.Where(d => d.Domain != domain));
        await db.ReviseRulesAsync(letter, now, cancellation);
        db.Acts.Add(new StaffAct { LetterId = letterId, AccountId = accountId, At = now, What = what, Detail = domain });
        var below = "." + domain;
        var changed = 0;
        foreach (var signature in await db.ConfirmedByMail(letterId).Where(s => s.EmailDomain == domain || s.EmailDomain!.EndsWith(below)).ToListAsync(cancellation))
        {
            if (!await FollowAsync(letter, signature, domain, accountId, now, cancellation))
                continue;
            db.Acts.Add(new StaffAct { LetterId = letterId, AccountId = accountId, At = now, What = what, SignatureId = signature.Id, Detail = domain });
            changed++;
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
        return changed;
    }

    private async Task<bool> FollowAsync(Letter letter, Signature signature, string domain, long accountId, DateTimeOffset now, CancellationToken cancellation)
    {
        var fits = letter.DomainOf(signature.EmailDomain);
        var standing = await db.Evidence.Where(e => e.SignatureId == signature.Id && e.Kind == EvidenceKind.Domain && e.EndedAt == null).ToListAsync(cancellation);
        // What was carried over from another letter stays, unless it is this very domain, or the addressee's.
        var wrong = standing.Where(e => e.What != fits?.Domain && (e.FromLetterId is null || e.What == domain || letter.IsAddressees(e.What ?? ""))).ToList();
        foreach (var one in wrong)
            (one.EndedAt, one.EndedBy) = (now, accountId);
        var isNew = fits is not null && standing.All(e => e.What != fits.Domain);
        if (isNew)
            db.Evidence.Add(Evidence.Of(EvidenceKind.Domain, signature, now, fits!.Domain, fits.ClaimOf(signature)));
        if (wrong.Count == 0 && !isNew)
            return false;
        await db.EvidenceChangedAsync(letter, signature, now, cancellation);
        return true;
    }
}
