using Microsoft.EntityFrameworkCore;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Accounts;

public enum RollChange
{
    Done,
    /// <summary>They are not, or no longer, on this letter.</summary>
    NotThere,
    /// <summary>A letter keeps at least one owner.</summary>
    LastOwner,
}

/// <summary>Changes and ends the roles of a letter's people.</summary>
internal static class StaffRoll
{
    public const string KeepsAnOwner = "A letter keeps at least one owner. Make somebody else an owner first.";

    /// <summary>Sets the role, or with null ends it, in a transaction of its own and with its line in the record.</summary>
    public static async Task<RollChange> ChangeRoleAsync(this UndersignedDb db, Letter letter, long accountId, StaffRole? to, long by, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Two owners who remove each other at once come one after the other.
        await db.LockAsync(letter, cancellation);
        var rows = await db.Staff.Where(s => s.LetterId == letter.Id).ToListAsync(cancellation);
        foreach (var tracked in rows)
            await db.Entry(tracked).ReloadAsync(cancellation);
        if (rows.SingleOrDefault(r => r.AccountId == accountId) is not { } row)
            return RollChange.NotThere;
        if (row.Role == to)
            return RollChange.Done;
        if (row.Role == StaffRole.Owner && rows.Count(r => r.Role == StaffRole.Owner) == 1)
            return RollChange.LastOwner;
        db.Acts.Add(Act(letter, row, to, by, now));
        if (to is { } role)
            row.Role = role;
        else
            db.Staff.Remove(row);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return RollChange.Done;
    }

    private static StaffAct Act(Letter letter, LetterStaff row, StaffRole? to, long by, DateTimeOffset now) => new()
    {
        LetterId = letter.Id,
        AccountId = by,
        At = now,
        What = to is not null ? "role-changed" : by == row.AccountId ? "staff-left" : "staff-removed",
        FromState = row.Role.ToString(),
        ToState = to?.ToString(),
        Detail = row.AccountId.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
