using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Undersigned.Access;
using Undersigned.Data;
using Undersigned.Model;

namespace Undersigned.Review;

/// <summary>A signer's wish beside the line as it stands; admitted, it takes its place.</summary>
[StaffOnly(StaffRole.Reviewer)]
public sealed class CorrectionModel(UndersignedDb db, TimeProvider time, ReviewQueue queue, SignatureHistory history, WorkSignal work) : StaffPage(db, time)
{
    public Queue Queue { get; private set; } = null!;
    public Correction Correction { get; private set; } = null!;
    public Signature Signature { get; private set; } = null!;
    public IReadOnlyList<ComparedPart> Parts { get; private set; } = [];
    public IReadOnlyList<HistoryLine> Before { get; private set; } = [];
    public string? DecidedByName { get; private set; }
    public DateTimeOffset ShownAt => Now;

    [FromRoute(Name = "correctionId")]
    public long CorrectionId { get; set; }

    [BindProperty(SupportsGet = true, Name = "did")]
    public string? Did { get; set; }

    [BindProperty(SupportsGet = true, Name = "refused")]
    public string? Refused { get; set; }

    public bool Waits => Correction.State == CorrectionState.Waiting;

    /// <summary>A line that left the list meanwhile is not changed any more.</summary>
    public bool StillCounts => Signature.State is SignatureState.Listed or SignatureState.Admitted or SignatureState.InReview or SignatureState.Confirmed;

    public ShownLine Wished => ShownLine.Of(Correction.Name, Correction.Posts, Correction.Location);

    /// <summary>A slip of the name alone looks like a typing mistake; anything else like news.</summary>
    public string LikelyReason => Parts.Where(p => p.Differs).All(p => p.What == "Name") ? "typo" : "update";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (RouteData.Values["handler"] is not null || !await FindAsync(cancellation))
            return NotFound();
        Queue = await queue.ReadAsync(Letter.Id, AccountId, cancellation);
        Parts = Comparison.Of(Signature.ToShown(), Wished);
        Before = await history.ReadAsync(Signature, cancellation);
        DecidedByName = await history.NameOfAsync(Correction.DecidedBy, cancellation);
        return Page();
    }

    public Task<IActionResult> OnPostAdmissionAsync(string? seen, string? why, CancellationToken cancellation) =>
        DecideAsync(seen, LookVerdict.Admit, why == "typo" ? "typo" : "update", cancellation);

    public Task<IActionResult> OnPostDeclineAsync(CancellationToken cancellation) => DecideAsync(null, LookVerdict.Decline, null, cancellation);

    /// <summary>One decision, or one of two where the words as wished need two people and those that stand do not.</summary>
    private async Task<IActionResult> DecideAsync(string? seen, LookVerdict verdict, string? reason, CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        await Db.LockAsync(Letter, cancellation);
        if (!await FindAsync(cancellation))
            return NotFound();
        if (!Waits)
            return Here("?refused=decided");
        if (verdict == LookVerdict.Admit && (seen != Wished.Mark() || !StillCounts))
            return Here("?refused=changed");
        var needed = await LooksNeededAsync(cancellation);
        var outcome = await Db.LookAsync(Letter, Signature, Wished.Mark(), needed, (AccountId, Role), verdict, null, Now, cancellation);
        if (outcome is LookOutcome.LookedBefore or LookOutcome.OwnersOnly)
            return Here(outcome == LookOutcome.LookedBefore ? "?refused=before" : "?refused=owners");
        var did = await SettleAsync(outcome, reason, cancellation);
        try
        {
            await Db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The line was just listed or left the list; the transaction ends undone and the page shows what is.
            return Here("?refused=changed");
        }
        await transaction.CommitAsync(cancellation);
        work.Poke();
        return LocalRedirect($"~/desk/letters/{Letter.Id}/review?did={did}");
    }

    private async Task<string> SettleAsync(LookOutcome outcome, string? reason, CancellationToken cancellation)
    {
        if (outcome is LookOutcome.WaitsForSecond or LookOutcome.WaitsForOwner)
        {
            Record(outcome == LookOutcome.WaitsForSecond ? "first-look" : "second-look", Signature, Signature.State, Signature.State, "correction");
            return outcome == LookOutcome.WaitsForSecond ? "correction-first" : "correction-disagreed";
        }
        var isIn = outcome == LookOutcome.Admitted;
        (Correction.State, Correction.DecidedBy, Correction.DecidedAt) = (isIn ? CorrectionState.Admitted : CorrectionState.Declined, AccountId, Now);
        if (isIn)
        {
            (Signature.Name, Signature.Posts, Signature.Location) = (Correction.Name, Correction.Posts, Correction.Location);
            Signature.FoldedName = NameFolding.Fold(Signature.Name);
            await Db.AmendAnywhereAsync(Signature, reason!, Now, cancellation, isLookedAt: true);
        }
        // Of a line that has left the list its signer was told when it did.
        if (!isIn && StillCounts)
            Db.QueueDecision(Signature, Correction.DecidedAt.Value);
        Record(isIn ? "admit-correction" : "decline-correction", Signature, Signature.State, Signature.State, isIn ? reason : null);
        return isIn ? "corrected" : "correction-declined";
    }

    private async Task<int> LooksNeededAsync(CancellationToken cancellation)
    {
        var watch = await Watching.OfAsync(Db, Letter, cancellation);
        var wished = new Signature { LetterId = Letter.Id, Name = Correction.Name, Posts = Correction.Posts, Location = Correction.Location };
        return watch.Check(wished) is { Hold: true } hit && hit != watch.Check(Signature) ? 2 : 1;
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var correction = await Db.Corrections.SingleOrDefaultAsync(c => c.Id == CorrectionId && c.LetterId == Letter.Id, cancellation);
        if (correction is null)
            return false;
        Correction = correction;
        Signature = await Db.Signatures.SingleAsync(s => s.Id == correction.SignatureId, cancellation);
        return true;
    }

    private LocalRedirectResult Here(string query) => LocalRedirect($"~/desk/letters/{Letter.Id}/review/corrections/{CorrectionId}{query}");
}
