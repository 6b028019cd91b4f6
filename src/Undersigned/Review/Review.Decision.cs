using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Review;

/// <summary>Admit, decline, ask for more, hold; and for an hour all of it undone.</summary>
public sealed partial class ReviewModel
{
    public static readonly TimeSpan UndoFor = TimeSpan.FromHours(1);
    private const int Attempts = 5;

    public Task<IActionResult> OnPostAdmissionAsync(string? seen, CancellationToken cancellation) =>
        ActAsync(seen, claim => DecideAsync(claim, LookVerdict.Admit, null, cancellation), cancellation);

    public Task<IActionResult> OnPostDeclineAsync(string? seen, string? why, CancellationToken cancellation) =>
        ActAsync(seen, claim => DecideAsync(claim, LookVerdict.Decline, why, cancellation), cancellation);

    /// <summary>Writes to the signer, who finds on their own page how to say more. The claim waits behind the others.</summary>
    public Task<IActionResult> OnPostMoreAsync(string? seen, CancellationToken cancellation) => ActAsync(seen, claim =>
    {
        if (claim.Email is null)
            return Task.FromResult((false, "nowhere"));
        PutOff(claim, Oddity.Asked);
        Db.Queue(claim, MailKind.MoreAsked, Now);
        Record("ask-for-more", claim, claim.State, claim.State);
        return Task.FromResult((true, "asked"));
    }, cancellation);

    public Task<IActionResult> OnPostHoldAsync(string? seen, CancellationToken cancellation) => ActAsync(seen, claim =>
    {
        PutOff(claim, Oddity.Held);
        Record("hold", claim, claim.State, claim.State);
        return Task.FromResult((true, "held"));
    }, cancellation);

    private static void PutOff(Signature claim, string how) =>
        claim.ReviewReasons = [.. claim.ReviewReasons.Where(r => r is not (Oddity.Asked or Oddity.Held)), how];

    private async Task<(bool Done, string What)> DecideAsync(Signature claim, LookVerdict verdict, string? why, CancellationToken cancellation)
    {
        if (verdict == LookVerdict.Decline && !StaffWords.IsReason(why))
            return (false, "reason");
        // A letter that is closed for good takes back what stood before, and nothing new.
        if (verdict == LookVerdict.Admit && Letter.State == LetterState.Closed && claim.Number is null)
            return (false, "closed");
        var outcome = await Db.DecideAsync(Letter, claim, (AccountId, Role), verdict, why, Now, cancellation);
        var (act, done, what) = outcome switch
        {
            LookOutcome.Admitted => ("admit", true, "admitted"),
            LookOutcome.Declined => ("decline", true, "declined"),
            // What the first said stands in the look alone until the second has decided.
            LookOutcome.WaitsForSecond => ("first-look", true, "first"),
            LookOutcome.WaitsForOwner => ("second-look", true, "disagreed"),
            LookOutcome.OwnImport => ("", false, "own"),
            LookOutcome.OwnersOnly => ("", false, "owners"),
            _ => ("", false, "before"),
        };
        if (done)
            Record(act, claim, SignatureState.InReview, claim.State, outcome == LookOutcome.Declined ? why : null);
        return (done, what);
    }

    /// <summary>Of two decisions at once the state lets one through; the other is told who was first.</summary>
    private async Task<IActionResult> ActAsync(string? seen, Func<Signature, Task<(bool Done, string What)>> act, CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        // Before the claim is read: of two who press at the same moment the second reads what the first did.
        await Db.LockAsync(Letter, cancellation);
        var claim = await Db.Signatures.SingleOrDefaultAsync(s => s.Id == SignatureId && s.LetterId == Letter.Id, cancellation);
        if (claim is null)
            return NotFound();
        var (done, what) = claim.State != SignatureState.InReview ? (false, "decided")
            : seen != claim.ToShown().Mark() ? (false, "changed")
            : await act(claim);
        if (!done)
            return To($"/review/{claim.Id}?refused={what}");
        try
        {
            await Db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return To($"/review/{claim.Id}?refused=decided");
        }
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return To($"/review?did={what}&last={claim.Id}");
    }

    /// <summary>One's own last decision about this signature; a name already on the page leaves it again.</summary>
    public async Task<IActionResult> OnPostUndoAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var undone = await UndoAsync(cancellation);
                work.Poke();
                return To(undone ? $"/review/{SignatureId}?did=undone" : $"/review?refused=undo&last={SignatureId}");
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // It was put on the page at that moment, or its signer withdrew: look again.
                Db.ChangeTracker.Clear();
            }
            catch (DbUpdateException)
            {
                // Its mailbox signed again.
                return To($"/review?refused=undo&last={SignatureId}");
            }
        }
    }

    private async Task<bool> UndoAsync(CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        var claim = await Db.Signatures.SingleOrDefaultAsync(s => s.Id == SignatureId && s.LetterId == Letter.Id, cancellation);
        var earliest = Now - UndoFor;
        // That somebody looked at an address meanwhile decides nothing.
        var act = await Db.Acts.AsNoTracking().Where(a => a.LetterId == Letter.Id && a.SignatureId == SignatureId && a.ToState != null).OrderByDescending(a => a.Id).FirstOrDefaultAsync(cancellation);
        if (claim is null || act is null || act.AccountId != AccountId || act.At < earliest || !await UndoAsync(claim, act, cancellation))
            return false;
        Record("undo-review", claim, Enum.Parse<SignatureState>(act.ToState!), claim.State);
        await Db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task<bool> UndoAsync(Signature claim, StaffAct act, CancellationToken cancellation)
    {
        switch (act.What)
        {
            case "admit" or "decline" when claim.DecidedAt == act.At && claim.State is SignatureState.Admitted or SignatureState.Listed or SignatureState.Declined:
                await Db.LeaveAsync(claim, SignatureState.InReview, claim.State == SignatureState.Listed ? "error" : null, Now, cancellation);
                (claim.DecidedBy, claim.DecidedAt, claim.DecisionReason) = (null, null, null);
                break;
            case "first-look" or "second-look" when claim.State == SignatureState.InReview:
                claim.ReviewReasons = [.. claim.ReviewReasons.Where(r => r != Oddity.Disagreement)];
                break;
            case "ask-for-more" or "hold" when claim.State == SignatureState.InReview:
                claim.ReviewReasons = [.. claim.ReviewReasons.Where(r => r is not (Oddity.Asked or Oddity.Held))];
                foreach (var mail in await Db.Outbox.Where(m => m.SignatureId == claim.Id && m.Kind == MailKind.MoreAsked && m.State == MailState.Waiting).ToListAsync(cancellation))
                    mail.State = MailState.Suppressed;
                break;
            default:
                return false;
        }
        Db.Looks.RemoveRange(await Db.Looks.Where(l => l.SignatureId == claim.Id && l.AccountId == AccountId && l.At == act.At).ToListAsync(cancellation));
        return true;
    }
}
