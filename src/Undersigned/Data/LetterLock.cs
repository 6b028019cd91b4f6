using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

public static class LetterLock
{
    /// <summary>
    /// Takes the letter's row lock for the rest of the transaction, and reads the row afresh: of two members of staff who act on one
    /// letter at once, the second sees what the first did.
    /// </summary>
    public static async Task LockAsync(this UndersignedDb db, Letter letter, CancellationToken cancellation)
    {
        // An update that changes nothing is the one lock that both engines know.
        await db.Letters.Where(l => l.Id == letter.Id).ExecuteUpdateAsync(s => s.SetProperty(l => l.HoldMail, l => l.HoldMail), cancellation);
        await db.Entry(letter).ReloadAsync(cancellation);
    }
}
