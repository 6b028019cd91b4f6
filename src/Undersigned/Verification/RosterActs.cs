using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Verification;

/// <summary>What came of a roster: entries that are new, those there before, and lines that now say something else.</summary>
public sealed record RosterTaken(int New, int Before, int Matched);

/// <summary>
/// The roster of a letter, kept as keyed hashes alone: it can be asked whether an address is on it, and tells nothing by itself. What it
/// says of those who confirmed already follows in the same transaction; clearing it is the way back.
/// </summary>
public sealed class RosterActs(UndersignedDb db, InstanceKeys keys, TimeProvider time)
{
    private const int Attempts = 5;

    public Task<RosterTaken> TakeAsync(long letterId, long accountId, IReadOnlyList<RosterRow> rows, CancellationToken cancellation) => RunAsync(letterId, async (letter, now) =>
    {
        var there = (await db.Roster.Where(r => r.LetterId == letterId).ToListAsync(cancellation)).ToDictionary(r => Convert.ToHexString(r.AddressTag));
        var added = 0;
        foreach (var row in rows)
        {
            var name = row.Name.Length == 0 ? null : keys.NameTag(letterId, RosterEntry.NameKey(row.Name));
            var tag = keys.AddressTag(letterId, row.Address!);
            if (there.TryGetValue(Convert.ToHexString(tag), out var entry))
            {
                entry.NameTag = name ?? entry.NameTag;
                continue;
            }
            db.Roster.Add(new RosterEntry { LetterId = letterId, AddressTag = tag, NameTag = name, AddedBy = accountId, At = now });
            added++;
        }
        await db.SaveChangesAsync(cancellation);
        var matched = await MatchAsync(letter, accountId, now, cancellation);
        db.Acts.Add(new StaffAct { LetterId = letterId, AccountId = accountId, At = now, What = "take-roster", Detail = $"{added} new, {matched} matched" });
        return new RosterTaken(added, rows.Count - added, matched);
    }, cancellation);

    private async Task<int> MatchAsync(Letter letter, long accountId, DateTimeOffset now, CancellationToken cancellation)
    {
        var matching = await db.ConfirmedByMail(letter.Id)
            .Where(s => db.Roster.Any(r => r.LetterId == letter.Id && r.AddressTag == s.AddressTag)
                && !db.Evidence.Any(e => e.SignatureId == s.Id && e.Kind == EvidenceKind.Roster && e.FromLetterId == null && e.EndedAt == null))
            .ToListAsync(cancellation);
        foreach (var signature in matching)
        {
            var evidence = Evidence.Of(EvidenceKind.Roster, signature, now);
            evidence.AccountId = accountId;
            db.Evidence.Add(evidence);
            await db.EvidenceChangedAsync(letter, signature, now, cancellation);
            db.Acts.Add(new StaffAct { LetterId = letter.Id, AccountId = accountId, At = now, What = "take-roster", SignatureId = signature.Id });
        }
        return matching.Count;
    }

    /// <summary>Empties the roster; what it said of lines ends. What was carried over from an earlier letter stays. How many lines it was.</summary>
    public Task<int> ClearAsync(long letterId, long accountId, CancellationToken cancellation) => RunAsync(letterId, async (letter, now) =>
    {
        db.Roster.RemoveRange(await db.Roster.Where(r => r.LetterId == letterId).ToListAsync(cancellation));
        var standing = await db.Evidence.Where(e => e.LetterId == letterId && e.Kind == EvidenceKind.Roster && e.FromLetterId == null && e.EndedAt == null).ToListAsync(cancellation);
        foreach (var one in standing)
        {
            (one.EndedAt, one.EndedBy) = (now, accountId);
            await db.EvidenceChangedAsync(letter, await db.Signatures.SingleAsync(s => s.Id == one.SignatureId, cancellation), now, cancellation);
            db.Acts.Add(new StaffAct { LetterId = letterId, AccountId = accountId, At = now, What = "clear-roster", SignatureId = one.SignatureId });
        }
        db.Acts.Add(new StaffAct { LetterId = letterId, AccountId = accountId, At = now, What = "clear-roster", Detail = $"{standing.Count} ended" });
        return standing.Count;
    }, cancellation);

    private async Task<TResult> RunAsync<TResult>(long letterId, Func<Letter, DateTimeOffset, Task<TResult>> act, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                var letter = await db.Letters.SingleAsync(l => l.Id == letterId, cancellation);
                await db.LockAsync(letter, cancellation);
                var result = await act(letter, time.GetUtcNow());
                await db.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
                return result;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // One of the signatures moved while we read.
            }
        }
    }
}
