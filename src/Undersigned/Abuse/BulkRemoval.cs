using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Abuse;

/// <summary>Which signatures are meant. All that is given must hold.</summary>
public sealed record Condition
{
    public string? Domain { get; init; }
    /// <summary>Six hex digits, as the page of networks names it today.</summary>
    public string? Network { get; init; }
    /// <summary>A name, with * for anything.</summary>
    public string? Name { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? Until { get; init; }
    public SignatureLevel? Level { get; init; }
    public SignatureState? State { get; init; }

    /// <summary>Level and state alone would mean everybody, and so would a name of nothing but stars.</summary>
    public bool SaysEnough => Domain is not null || Network is not null || NameFolding.Fold(Name ?? "").Length > 0 || From is not null || Until is not null;
}

/// <summary>Removes, or declines, all signatures that a condition describes: counted first, then one act, which can be undone.</summary>
public sealed class BulkRemoval(UndersignedDb db, TimeProvider time)
{
    public const string What = "bulk-remove";
    /// <summary>More are done in several acts.</summary>
    public const int MostAtOnce = 5_000;
    private const int Attempts = 5;

    public static IReadOnlyList<SignatureState> States { get; } = [SignatureState.Listed, SignatureState.Admitted, SignatureState.Confirmed, SignatureState.InReview];

    public async Task<(int Count, IReadOnlyList<Signature> Sample)> TryAsync(Letter letter, Condition condition, int sample, CancellationToken cancellation)
    {
        var found = await FindAsync(letter, condition, cancellation);
        return (await found.CountAsync(cancellation), await found.AsNoTracking().OrderByDescending(s => s.Id).Take(sample).ToListAsync(cancellation));
    }

    /// <summary>Null where another number of signatures fits by now than was counted; nothing is changed then.</summary>
    public async Task<BulkAct?> RemoveAsync(Letter letter, long accountId, Condition condition, string reason, int counted, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RemoveOnceAsync(letter, accountId, condition, reason, counted, cancellation);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // One of them was listed meanwhile, or decided by somebody.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<BulkAct?> RemoveOnceAsync(Letter letter, long accountId, Condition condition, string reason, int counted, CancellationToken cancellation)
    {
        var found = await (await FindAsync(letter, condition, cancellation)).OrderBy(s => s.Id).Take(MostAtOnce).ToListAsync(cancellation);
        if (found.Count != Math.Min(counted, MostAtOnce))
            return null;
        var now = time.GetUtcNow();
        var bulk = db.BeginBulk(letter, accountId, What, now);
        foreach (var signature in found)
        {
            bulk.About(signature);
            await db.LeaveAsync(signature, signature.State == SignatureState.Listed ? SignatureState.Removed : SignatureState.Declined, reason, now, cancellation);
            (signature.DecidedBy, signature.DecidedAt) = (accountId, now);
        }
        return await bulk.SaveAsync(reason, cancellation);
    }

    private async Task<IQueryable<Signature>> FindAsync(Letter letter, Condition condition, CancellationToken cancellation)
    {
        var (domain, level, from, until) = (condition.Domain?.ToLowerInvariant(), condition.Level, condition.From, condition.Until);
        var states = condition.State is { } state ? [state] : States.ToList();
        var found = db.Signatures.Where(s => s.LetterId == letter.Id && states.Contains(s.State));
        if (domain is not null)
            found = found.Where(s => s.EmailDomain == domain);
        if (level is not null)
            found = found.Where(s => s.Level == level);
        if (from is not null)
            found = found.Where(s => s.SubmittedAt >= from);
        if (until is not null)
            found = found.Where(s => s.SubmittedAt < until);
        if (condition.Name is { } name)
        {
            var pattern = string.Join('%', name.Split('*').Select(NameFolding.Fold));
            found = found.Where(s => EF.Functions.Like(s.FoldedName, pattern));
        }
        if (condition.Network is { } network)
        {
            var networks = (await db.TrendsAsync(letter, time.GetUtcNow(), cancellation)).Networks;
            var tags = networks.Where(n => n.Name.Equals(network.Trim(), StringComparison.OrdinalIgnoreCase)).Select(n => n.Tag).ToList();
            found = found.Where(s => tags.Contains(s.NetworkTag!));
        }
        return found;
    }
}
