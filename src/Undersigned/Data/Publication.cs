using Microsoft.EntityFrameworkCore;
using Undersigned.Model;

namespace Undersigned.Data;

/// <summary>
/// Makes a letter public: at once by its owner, or by the sequencer when its time has come. Both come through here, so that the words are
/// fixed and the log is opened in the same transaction as the state. The caller saves, and pokes <see cref="WorkSignal"/>.
/// </summary>
public static class Publication
{
    /// <summary>
    /// The letter's pages answer as soon as the sequencer has written the first batch of its log: `open`, then every signature gathered
    /// so far. False, and nothing is changed, where it is public already.
    /// </summary>
    public static bool Publish(this UndersignedDb db, Letter letter, DateTimeOffset now)
    {
        if (letter.State is not (LetterState.Draft or LetterState.Private))
            return false;
        RevisionWriter.Fix(db, letter, now);
        letter.State = LetterState.Published;
        letter.PublishedAt = now;
        letter.PublishAt = null;
        db.Changes.Add(Change.Of(ChangeKind.Open, letter, now));
        return true;
    }

    /// <summary>
    /// The letter is closed for good: who confirmed and is not on its list is told. By the sequencer, in the transaction that closes the log,
    /// so that whoever came onto the list just before is not among them.
    /// </summary>
    public static async Task TellTheLeftOverAsync(this UndersignedDb db, long letterId, DateTimeOffset now, CancellationToken cancellation)
    {
        var waiting = await db.Signatures.Where(s => s.LetterId == letterId && s.Number == null && s.ConfirmedAt != null
            && (s.State == SignatureState.Confirmed || s.State == SignatureState.InReview || s.State == SignatureState.Admitted)).ToListAsync(cancellation);
        foreach (var signature in waiting.Where(s => s.Number is null))
            db.QueueDecision(signature, now);
    }

    /// <summary>Ends signing; those that wait are still decided. By its owner, or by the sequencer at the announced time. The caller saves.</summary>
    public static bool CloseSigning(this Letter letter)
    {
        if (letter.State != LetterState.Published)
            return false;
        letter.State = LetterState.Closing;
        letter.CloseAt = null;
        return true;
    }
}
