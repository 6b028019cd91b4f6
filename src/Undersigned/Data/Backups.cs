using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>When the instance was last backed up, as the record of acts has it.</summary>
public static class Backups
{
    public const string Act = "backup";

    /// <summary>Null where `undersigned backup` never made one.</summary>
    public static Task<DateTimeOffset?> LastBackupAsync(this UndersignedDb db, CancellationToken cancellation) =>
        db.Acts.Where(a => a.LetterId == null && a.What == Act).OrderByDescending(a => a.Id).Select(a => (DateTimeOffset?)a.At).FirstOrDefaultAsync(cancellation);
}
