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
        Queue = await queue.ReadAsync(Letter.Id, cancellation);
        Parts = Comparison.Of(Signature.ToShown(), Wished);
        Before = await history.ReadAsync(Signature, cancellation);
        DecidedByName = await history.NameOfAsync(Correction.DecidedBy, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAdmissionAsync(string? seen, string? why, CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
            return NotFound();
        if (seen != Wished.Mark() || !StillCounts)
            return Here("?refused=changed");
        return await DecideAsync(CorrectionState.Admitted, async () =>
        {
            var reason = why == "typo" ? "typo" : "update";
            (Signature.Name, Signature.Posts, Signature.Location) = (Correction.Name, Correction.Posts, Correction.Location);
            Signature.FoldedName = NameFolding.Fold(Signature.Name);
            await Db.AmendAnywhereAsync(Signature, reason, Now, cancellation);
            Record("admit-correction", Signature, Signature.State, Signature.State, reason);
        }, "corrected", cancellation);
    }

    public async Task<IActionResult> OnPostDeclineAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
            return NotFound();
        return await DecideAsync(CorrectionState.Declined, () =>
        {
            Record("decline-correction", Signature, Signature.State, Signature.State);
            return Task.CompletedTask;
        }, "correction-declined", cancellation);
    }

    /// <summary>The wish is taken by compare-and-swap first, so that of two decisions one is refused before it changes the line.</summary>
    private async Task<IActionResult> DecideAsync(CorrectionState to, Func<Task> decide, string did, CancellationToken cancellation)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellation);
        var taken = await Db.Corrections.Where(c => c.Id == CorrectionId && c.State == CorrectionState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, to).SetProperty(c => c.DecidedBy, AccountId).SetProperty(c => c.DecidedAt, Now), cancellation);
        if (taken == 0)
            return Here("?refused=decided");
        await decide();
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

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var correction = await Db.Corrections.AsNoTracking().SingleOrDefaultAsync(c => c.Id == CorrectionId && c.LetterId == Letter.Id, cancellation);
        if (correction is null)
            return false;
        Correction = correction;
        Signature = await Db.Signatures.SingleAsync(s => s.Id == correction.SignatureId, cancellation);
        return true;
    }

    private LocalRedirectResult Here(string query) => LocalRedirect($"~/desk/letters/{Letter.Id}/review/corrections/{CorrectionId}{query}");
}
